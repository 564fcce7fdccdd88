//! One attempt at a job: the work in a task of its own, the lease kept by another, and the result under its fence.

use super::queue::{End, Queue, Renewed};
use super::{Failure, Handler, Lease, handler};
use crate::app::App;
use crate::errors::Result;
use crate::models::Job;
use metrics::{counter, histogram};
use std::time::{Duration, Instant};
use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;

/// A kind that this program does not know may be known to a newer one that serves beside it: such a job loses no attempt.
const UNKNOWN: &str = "This program does not know the kind.";
const UNKNOWN_PAUSE: Duration = Duration::from_secs(60);
/// After so many turns, which is a day later, none will come.
const UNKNOWN_TURNS: i64 = 1440;

/// What came of an attempt, as metrics name it.
type Outcome = &'static str;

/// Tries a job once and writes down what came of it. When `let_go` is cancelled the job is handed back unfinished.
pub(super) async fn attempt(queue: &Queue, lease: Lease, let_go: &CancellationToken) -> Outcome {
    let (kind, begun) = (known(&lease.job.kind), Instant::now());
    let waited = lease.job.started_at.map(|start| {
        let ready = lease.job.run_at.max(lease.job.created_at);
        start.timestamp_millis().saturating_sub(ready.timestamp_millis())
    });
    counter!("stoa_job_claims_total", "kind" => kind).increment(1);
    if let Some(ms) = waited.filter(|_| lease.job.attempt == 1).and_then(|ms| u32::try_from(ms.max(0)).ok()) {
        histogram!("stoa_job_wait_seconds", "kind" => kind).record(f64::from(ms) / 1000.0);
    }
    let Some(handler) = handler(&lease.job.kind) else {
        tracing::warn!(job = %lease.job.id, kind = lease.job.kind, "a job of a kind that this program does not know");
        return defer(queue, &lease).await;
    };
    let mut work = tokio::spawn(work(handler, queue.app().clone(), lease.clone()));
    let end = tokio::select! {
        done = &mut work => after(&lease.job, done),
        renewed = keep(queue, &lease) => match renewed {
            Renewed::CancelAsked => Some(End::Cancelled),
            Renewed::Kept | Renewed::Lost => None,
        },
        () = let_go.cancelled() => Some(End::Released),
    };
    lease.over().cancel();
    work.abort();
    histogram!("stoa_job_seconds", "kind" => kind).record(begun.elapsed());
    let outcome = match &end {
        Some(End::Done) => "done",
        Some(End::Retry(..)) => "retry",
        Some(End::Dead(_)) => "dead",
        Some(End::Cancelled) => "cancelled",
        Some(End::Deferred(..)) => "deferred",
        Some(End::Released) => "released",
        None => "lost",
    };
    counter!("stoa_job_attempts_total", "kind" => kind, "outcome" => outcome).increment(1);
    match &end {
        Some(End::Dead(why)) => tracing::error!(job = %lease.job.id, kind, why, "a job was given up"),
        Some(End::Retry(why, pause)) => {
            tracing::warn!(job = %lease.job.id, kind, attempt = lease.job.attempt, why, ?pause, "a job failed");
        }
        None => tracing::warn!(job = %lease.job.id, kind, "the lease of a job was lost"),
        Some(_) => {}
    }
    if let Some(end) = end {
        settle(queue, &lease, &end).await;
    }
    outcome
}

/// Leaves a job to a program that knows its kind, unless none has come for long.
async fn defer(queue: &Queue, lease: &Lease) -> Outcome {
    let why = UNKNOWN.to_owned();
    let (end, outcome) = if lease.job.fence < UNKNOWN_TURNS {
        (End::Deferred(why, UNKNOWN_PAUSE), "deferred")
    } else {
        (End::Dead(why), "dead")
    };
    settle(queue, lease, &end).await;
    outcome
}

/// The work itself; a panic ends this task and nothing else.
async fn work(handler: &'static Handler, app: App, lease: Lease) -> Result<(), Failure> {
    (handler.run)(&app, &lease).await
}

/// What the work's end means for the job; nothing when it was broken off.
fn after(job: &Job, done: std::result::Result<Result<(), Failure>, JoinError>) -> Option<End> {
    let failure = match done {
        Ok(Ok(())) => return Some(End::Done),
        Ok(Err(failure)) => failure,
        Err(broken) if broken.is_panic() => {
            counter!("stoa_job_panics_total").increment(1);
            Failure::Retry("The work broke off by a defect.".to_owned(), None)
        }
        Err(_) => return None,
    };
    Some(match failure {
        Failure::Final(why) => End::Dead(why),
        Failure::Retry(why, _) if job.attempt >= job.max_attempts => End::Dead(why),
        Failure::Retry(why, Some(pause)) => End::Retry(why, pause),
        Failure::Retry(why, None) => End::Retry(why, pause(job)),
    })
}

/// The pause before the next attempt.
fn pause(job: &Job) -> Duration {
    handler(&job.kind).map_or(UNKNOWN_PAUSE, |handler| handler.policy.pause(job.attempt))
}

/// Renews the lease for as long as it is ours. Two renewals in a row that fail count as its loss: by the time of a third
/// one another worker may have the job.
async fn keep(queue: &Queue, lease: &Lease) -> Renewed {
    let every = queue.lease_time() / 3;
    let mut failed = false;
    loop {
        // Sooner after a failure, so that the second try is over well before the lease is.
        tokio::time::sleep(if failed { every / 2 } else { every }).await;
        match tokio::time::timeout(every / 2, queue.renew(lease)).await {
            Ok(Ok(Renewed::Kept)) => failed = false,
            Ok(Ok(other)) => return other,
            Ok(Err(_)) | Err(_) if failed => return Renewed::Lost,
            Ok(Err(_)) | Err(_) => {
                counter!("stoa_job_renewal_failures_total").increment(1);
                failed = true;
            }
        }
    }
}

/// Writes the end down, again while the database is without a primary, for as long as the lease may hold. After that
/// the reaper decides.
async fn settle(queue: &Queue, lease: &Lease, end: &End) {
    let deadline = Instant::now() + queue.lease_time();
    let mut bound = 50;
    loop {
        match queue.end(&lease.job, end).await {
            Ok(_) => return,
            Err(error) if Instant::now() >= deadline => {
                tracing::error!(job = %lease.job.id, code = error.code().as_str(), "the end of a job was not kept");
                return;
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(rand::random_range(1..=bound))).await,
        }
        bound = (bound * 2).min(1000);
    }
}

/// The name of a kind for metrics: those that are known, so that there are not too many.
fn known(kind: &str) -> &'static str {
    handler(kind).map_or("unknown", |handler| handler.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::{doc, oid::ObjectId};

    fn job(attempt: i64) -> Job {
        let now = crate::support::Clock::default().now();
        crate::db::from_document(&doc! {
            "_id": ObjectId::new(), "company_id": null, "kind": "jobs.probe", "payload": {}, "state": "leased",
            "priority": 5_i64, "run_at": now, "attempt": attempt, "max_attempts": 3_i64, "lease_owner": null,
            "lease_until": now, "fence": attempt, "started_at": now, "progress": null, "progress_note": null,
            "cancel_requested": false, "unique_key": null, "last_error": null, "finished_at": null,
            "created_at": now, "created_by": null, "updated_at": now, "updated_by": null, "version": 1_i64,
            "deleted_at": null,
        })
        .unwrap()
    }

    #[tokio::test]
    async fn a_panic_is_a_failure_like_any_other_and_its_words_stay_inside() {
        let broken = || tokio::spawn(async { panic!("secret of the company") });
        let Some(End::Retry(why, _)) = after(&job(2), broken().await) else { panic!("tried again") };
        assert!(!why.contains("secret"));
        assert!(matches!(after(&job(3), broken().await), Some(End::Dead(_))));
    }

    #[tokio::test]
    async fn the_last_attempt_ends_the_job_and_what_is_final_ends_it_at_once() {
        let fails = |failure| tokio::spawn(async { Err(failure) });
        let again = || Failure::Retry("x".to_owned(), Some(Duration::from_secs(7)));
        let pause = Duration::from_secs(7);
        assert_eq!(after(&job(2), fails(again()).await), Some(End::Retry("x".to_owned(), pause)));
        assert_eq!(after(&job(3), fails(again()).await), Some(End::Dead("x".to_owned())));
        let last = Failure::Final("y".to_owned());
        assert_eq!(after(&job(1), fails(last).await), Some(End::Dead("y".to_owned())));
        // Broken off by us: what becomes of the job is decided by who broke it off.
        let aborted = tokio::spawn(std::future::pending());
        aborted.abort();
        assert_eq!(after(&job(1), aborted.await), None);
    }
}
