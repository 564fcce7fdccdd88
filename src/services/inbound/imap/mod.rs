//! Fetches mail over IMAP: a job a minute for each mailbox that has a server.

mod fetch;
mod place;
mod poll;
mod sweep;
mod take;

pub use poll::PollMailbox;
pub use sweep::{PollMailboxes, sweep};
