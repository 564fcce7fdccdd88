//! The lists of all kinds of jobs and of what comes periodically.

use super::{Handler, Schedule, probe};
use crate::services::tickets;

/// Every kind, in no particular order.
pub const ALL: &[Handler] = &[Handler::of::<probe::Probe>(), Handler::of::<tickets::Sweep>()];

/// Everything that comes periodically.
pub const SCHEDULES: &[Schedule] =
    &[Schedule::of::<tickets::Sweep>("tickets.sweep", "*/30 * * * * *", "UTC")];

/// The handler of a kind of job, by name.
pub fn handler(name: &str) -> Option<&'static Handler> {
    ALL.iter().find(|handler| handler.name == name)
}
