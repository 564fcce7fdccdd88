//! Tickets: their life from filing to closing, their conversation and their history.

mod assignee;
pub mod body;
mod change;
pub mod core;
pub mod events;
pub mod features;
mod find;
pub mod messages;
mod number;
mod rules;
mod search;
mod settings;
mod strategy;
mod sweep;

pub(crate) use assignee::{fits, is_in_use};
pub(crate) use change::Change;
pub(crate) use find::Found;
pub use search::search;
pub(crate) use settings::settings;
pub use sweep::{Sweep, Swept, sweep};
