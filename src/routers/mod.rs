//! The routes of the program, one file or folder a resource; this file only lists them.

mod api_keys;
mod audit_log;
mod auth;
mod companies;
mod docs;
mod email_templates;
mod events;
mod health;
mod inbound_emails;
mod jobs;
mod mailboxes;
mod notifications;
mod outbound_emails;
mod reports;
mod settings;
mod teams_connections;
mod tickets;
mod uploads;
mod users;
mod webhooks;

use crate::models::{Category, Department, SavedView, Tag};
use crate::web::{Routes, crud};

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
        .merge(api_keys::routes())
        .merge(webhooks::routes())
        .merge(teams_connections::routes())
        .merge(mailboxes::routes())
        .merge(email_templates::routes())
        .merge(outbound_emails::routes())
        .merge(inbound_emails::routes())
        .merge(jobs::routes())
        .merge(audit_log::routes())
        .merge(docs::routes())
        .merge(health::routes())
}
