//! The routes of the program, one file or folder a resource; this file only lists them.

mod api_keys;
mod audit_log;
mod auth;
mod companies;
mod docs;
mod events;
mod health;
mod notifications;
mod reports;
mod settings;
mod teams_connections;
mod tickets;
mod uploads;
mod users;
mod webhooks;

use crate::models::{Category, Department, Job, OutboundEmail, SavedView, Tag};
use crate::web::{Routes, crud, reads};

/// All routes.
pub fn all() -> Routes {
    // In the order in which the API's description tells of them.
    Routes::of("all")
        .merge(auth::routes())
        .merge(companies::routes())
        .merge(users::routes())
        .merge(crud::<Department>())
        .merge(crud::<Category>())
        .merge(crud::<Tag>())
        .merge(tickets::routes())
        .merge(uploads::routes())
        .merge(reports::routes())
        .merge(notifications::routes())
        .merge(events::routes())
        .merge(crud::<SavedView>())
        .merge(settings::routes())
        .merge(reads::<Job>())
        .merge(reads::<OutboundEmail>())
        .merge(api_keys::routes())
        .merge(webhooks::routes())
        .merge(teams_connections::routes())
        .merge(audit_log::routes())
        .merge(docs::routes())
        .merge(health::routes())
}
