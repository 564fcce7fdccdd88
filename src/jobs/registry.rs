//! The list of all kinds of jobs.

use super::Handler;

/// Every kind, in no particular order.
pub const ALL: &[Handler] =
    &[Handler::of::<crate::services::webhooks::Deliver>(), Handler::of::<crate::services::teams::Post>()];
pub const ALL: &[Handler] = &[Handler::of::<crate::services::accounts::Deliver>()];

/// The handler of a kind of job, by name.
pub fn handler(name: &str) -> Option<&'static Handler> {
    ALL.iter().find(|handler| handler.name == name)
}
