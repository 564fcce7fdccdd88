//! The rules of each resource, one file or folder a resource; HTTP is unknown here.

pub mod api_keys;
pub mod audit_log;
pub mod categories;
pub mod companies;
pub mod departments;
pub mod events;
pub mod notification_preferences;
pub mod notifications;
pub mod outbound_emails;
pub mod reports;
pub mod saved_views;
pub mod sessions;
pub mod settings;
pub mod tags;
pub mod tickets;
mod tree;
mod usage;
pub mod users;
