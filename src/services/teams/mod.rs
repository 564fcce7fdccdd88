//! Cards in channels of Microsoft Teams: a job for each event and connection, written in the event's own transaction.

mod address;
mod card;
mod emit;
mod health;
mod post;
mod rules;
mod write;

pub use emit::on_event;
pub use post::{Post, test};
pub use write::{create, update};
