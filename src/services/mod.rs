//! The rules of each resource, one file or folder a resource; HTTP is unknown here.

pub mod accounts;
pub mod api_keys;
pub mod audit_log;
pub mod categories;
pub mod companies;
pub mod departments;
pub mod events;
pub mod mfa;
pub mod notification_preferences;
pub mod notifications;
pub mod outbound_emails;
pub mod reports;
pub mod saved_views;
pub mod sessions;
pub mod settings;
pub mod tags;
pub mod teams;
pub mod tickets;
mod tree;
pub mod uploads;
mod usage;
pub mod users;
pub mod webhooks;
