//! The dashboard: files of a folder beside the program, for addresses that belong to no route.
//!
//! It stands outside of the registry of routes because it guards nothing: it knows a folder, and neither the
//! application nor its database. Whatever a browser may fetch here, anyone may.

mod inside;
mod notice;
mod serve;
mod wanted;

pub(super) use notice::starting;
pub(super) use serve::Dashboard;
pub use wanted::NOT_OURS;
pub(super) use wanted::Wanted;
