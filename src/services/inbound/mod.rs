//! Incoming mail: kept first, then acknowledged, then turned into tickets and messages by a job.

mod act;
mod admin;
mod answer;
mod bounced;
mod file;
mod imap;
mod join;
mod note;
mod people;
mod places;
mod raw;
mod receive;
mod recipients;
mod stamp;
mod store;
mod thread;
mod webhook;

pub(crate) use admin::forget;
pub use admin::{Part, part, raw_mail, release, reprocess};
pub use imap::{PollMailbox, PollMailboxes, sweep};
pub use places::DeliveryPlaces;
pub use receive::ReceiveEmail;
pub(crate) use recipients::{Admitted, admit};
pub use store::{Incoming, Stored, store};
pub use webhook::{Delivery, Rotated, deliver, end, expect, rotate};
