//! Files: sent, looked at, read, attached, counted, removed.

mod attachments;
mod carriers;
mod expiry;
mod helpers;
mod looking;
mod quota;
mod reading;
mod rights;
mod sending;
mod streams;

pub use helpers::*;
