//! The life of a ticket: filing, reading, changing, trash and status.

pub mod create;
pub mod delete;
pub mod read;
mod required;
pub mod status;
pub mod update;
