//! Outgoing mail: queued in the transaction of what it tells of, sent by a job, read and sent again by administrators.

mod content;
mod queue;
mod retry;

pub use content::content;
pub use queue::{NewEmail, TicketEmail, queue, queue_about_ticket, variables};
pub(crate) use queue::{emptied, enqueue_sending};
pub use retry::retry;
