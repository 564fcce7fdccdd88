//! The job queue: work is written down with the change that asks for it, then done by workers, retried until it succeeds.
//!
//! How it grows: a claim reads one key of an index for each priority, whether one job is ready or a million. Looking
//! which companies have something to do, once a second in each process that is busy, reads one key for each company with
//! ready jobs. While the places for outward jobs are taken, each company that has only such jobs costs one more claim that
//! finds nothing for each look. Counting what workers have reads one key for each of those.

mod attempt;
mod claim;
mod enqueue;
mod heartbeat;
mod kind;
mod listen;
mod probe;
mod queue;
mod reaper;
mod registry;
mod round;
mod run;
mod schedule;
mod workers;

pub use enqueue::{When, enqueue};
pub use kind::{Failure, Handler, Kind, Lease, Nothing, OUTWARD, Policy, Unfinished};
pub use probe::{Figures, ProbeOptions, probe};
pub use registry::{ALL, SCHEDULES, handler};
pub use run::{run_due, run_one};
pub use schedule::{Schedule, tick};
pub use workers::Workers;
