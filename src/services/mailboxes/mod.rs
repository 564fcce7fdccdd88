//! Mailboxes of companies: their addresses, their servers, and what may be changed together.

mod claim;
mod imap;
mod rules;
mod signing;
mod test;

pub use signing::{SELECTOR, is_selector, make_key};
pub use test::test;
