//! The job queue: work is written down with the change that asks for it, then done by workers, retried until it succeeds.

mod enqueue;
mod kind;
mod registry;
mod run;

pub use enqueue::{When, enqueue};
pub use kind::{Failure, Handler, Kind, Lease, Policy};
pub use registry::{ALL, handler};
pub use run::{run_due, run_one};
