//! The list of all kinds of jobs.

use super::Handler;
use crate::services::inbound;

/// Every kind, in no particular order.
pub const ALL: &[Handler] = &[Handler::of::<inbound::ReceiveEmail>(), Handler::of::<inbound::PollMailbox>()];

/// The handler of a kind of job, by name.
pub fn handler(name: &str) -> Option<&'static Handler> {
    ALL.iter().find(|handler| handler.name == name)
}
