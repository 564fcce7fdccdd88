//! Fetches mail over IMAP: a job a minute for each mailbox that has a server.

mod connect;
mod poll;
mod sweep;

pub use poll::PollMailbox;
pub use sweep::{PollMailboxes, sweep};
