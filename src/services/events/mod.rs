//! Live events: one change stream a process, handed out to the people who are connected.

mod feed;
mod hub;
mod login;
mod place;

pub use feed::{Message, open};
pub use hub::Hub;
