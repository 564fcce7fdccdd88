//! Routes of tickets, their messages and their history.

mod core;
mod events;
mod features;
mod messages;

use crate::web::Routes;

/// All routes of tickets.
pub fn routes() -> Routes {
    core::routes().merge(features::routes()).merge(messages::routes()).merge(events::routes())
}
