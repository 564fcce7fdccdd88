//! Companies: opening, changing, suspending and closing them.

mod rules;
mod status;

pub use status::{delete, resume, suspend};
