//! Mailboxes of companies: their addresses, their servers, and what may be changed together.

mod claim;
mod rules;
