//! Mailboxes of companies: their addresses, their servers, and what may be changed together.

mod claim;
mod imap;
mod meter;
mod reach;
mod rules;
mod signing;
mod talk;
mod test;

pub(crate) use imap::{connect, folder};
pub(crate) use meter::Metered;
pub(crate) use reach::{MailServer, words};
pub use signing::{SELECTOR, is_selector, make_key};
pub(crate) use talk::{Fault, Folder, Imap, ask, open, search, timed};
pub use test::test;
