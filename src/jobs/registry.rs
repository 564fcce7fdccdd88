//! The list of all kinds of jobs.

use super::Handler;
use crate::services::uploads::{DeleteObject, Reap, ReconcileObjects, ReconcileRecords};

/// Every kind, in no particular order.
pub const ALL: &[Handler] = &[
    Handler::of::<crate::services::webhooks::Deliver>(),
    Handler::of::<crate::services::teams::Post>(),
    Handler::of::<crate::services::accounts::Deliver>(),
    Handler::of::<DeleteObject>(),
    Handler::of::<Reap>(),
    Handler::of::<ReconcileObjects>(),
    Handler::of::<ReconcileRecords>(),
];

/// The handler of a kind of job, by name.
pub fn handler(name: &str) -> Option<&'static Handler> {
    ALL.iter().find(|handler| handler.name == name)
}
