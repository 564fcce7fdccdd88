//! Notifications: who is told of what happens to tickets, and what people do with what they are told.

mod deliver;
mod notice;
mod reading;
mod recipients;
mod title;

pub use deliver::on_event;
pub use notice::tell_admins;
pub use reading::{mark_all_read, mark_read, unread_count};
pub use title::title;

// Beside the other tests, but inside the library: only it can make the scope that the hook takes.
#[cfg(test)]
#[path = "../../../tests/unit/notifications/mod.rs"]
mod tests;
