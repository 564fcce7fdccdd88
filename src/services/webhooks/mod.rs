//! Webhooks: events of tickets are written down for them in the event's own transaction, and sent by jobs.

mod attempt;
mod deliver;
mod emit;
mod payload;
mod requests;
mod rules;
mod secret;
mod settle;
mod write;

pub use deliver::Deliver;
pub use emit::{on_event, told};
pub use requests::{list_of, replay, test};
pub use rules::check_events;
pub use write::{create, rotate_secret, update};

/// What a delivery is about that a person asked for to see whether the receiver listens.
pub const TEST: &str = "webhook.test";
