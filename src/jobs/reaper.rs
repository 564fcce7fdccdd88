//! Jobs whose worker was not heard of in time: tried again by another, or given up when they were tried often enough.

use super::handler;
use super::queue::{End, Queue};
use crate::errors::Result;
use std::time::Duration;

/// Jobs that are looked at in one go.
const BATCH: i64 = 100;
/// Longest pause before a job of a lost worker is tried again. Of all the jobs that a worker had when it was lost, at
/// most one may be to blame: the others should not wait long, nor all come back at the same moment.
const PAUSE: Duration = Duration::from_secs(2);
const WHY: &str = "Its worker was not heard of in time.";

/// Looks at leases that ran out, and tells how many it ended. A job that kills whoever does it is given up like any
/// other: its attempts count from their begin. Any number of processes may do this at once.
pub(super) async fn reap(queue: &Queue) -> Result<usize> {
    let mut ended = 0;
    let jobs = queue.expired(BATCH).await?;
    for job in &jobs {
        let end = if job.cancel_requested {
            End::Cancelled
        } else if job.attempt >= job.max_attempts {
            End::Dead(WHY.to_owned())
        } else {
            let pause =
                handler(&job.kind).map_or(PAUSE, |handler| handler.policy.pause(job.attempt).min(PAUSE));
            End::Retry(WHY.to_owned(), pause)
        };
        if queue.reap(job, &end).await? {
            ended += 1;
            let outcome = if matches!(end, End::Dead(_)) { "dead" } else { "expired" };
            let kind = handler(&job.kind).map_or("unknown", |handler| handler.name);
            metrics::counter!("stoa_job_attempts_total", "kind" => kind, "outcome" => outcome).increment(1);
            tracing::warn!(job = %job.id, kind, attempt = job.attempt, outcome, "a worker was lost with its job");
        }
    }
    Ok(ended)
}
