//! The lists of all kinds of jobs and of what comes periodically.

use super::{Handler, Schedule, probe};
use crate::services::{accounts, inbound, mail, teams, tickets, uploads, webhooks};

/// Every kind, in no particular order.
pub const ALL: &[Handler] = &[
    Handler::of::<probe::Probe>(),
    Handler::of::<tickets::Sweep>(),
    Handler::of::<accounts::Deliver>(),
    Handler::of::<uploads::DeleteObject>(),
    Handler::of::<uploads::Reap>(),
    Handler::of::<uploads::ReconcileObjects>(),
    Handler::of::<uploads::ReconcileRecords>(),
    Handler::of::<webhooks::Deliver>(),
    Handler::of::<teams::Post>(),
    Handler::of::<mail::SendEmail>(),
    Handler::of::<inbound::ReceiveEmail>(),
    Handler::of::<inbound::PollMailbox>(),
    Handler::of::<inbound::PollMailboxes>(),
];

/// Everything that comes periodically.
pub const SCHEDULES: &[Schedule] = &[
    Schedule::of::<tickets::Sweep>("tickets.sweep", "*/30 * * * * *", "UTC"),
    Schedule::of::<inbound::PollMailboxes>("mailboxes.sweep", "* * * * *", "UTC"),
    Schedule::of::<uploads::Reap>("uploads.reap", "*/10 * * * *", "UTC"),
    Schedule::of::<uploads::ReconcileObjects>("uploads.reconcile_objects", "23 2 * * *", "UTC"),
    Schedule::of::<uploads::ReconcileRecords>("uploads.reconcile_records", "53 2 * * *", "UTC"),
];

/// The handler of a kind of job, by name.
pub fn handler(name: &str) -> Option<&'static Handler> {
    ALL.iter().find(|handler| handler.name == name)
}
