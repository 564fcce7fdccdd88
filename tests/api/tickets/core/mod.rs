//! The life of a ticket.

mod create;
mod delete;
mod read;
mod status;
mod status_roles;
mod update;
