//! Takes due jobs and does them.

use super::{Failure, Lease, handler};
use crate::app::App;
use crate::db::{Expr, Op};
use crate::errors::Result;
use crate::models::{Job, JobState};
use crate::permissions::{CrossTenant, system};
use bson::doc;

const LEASE_MS: i64 = 30_000;

/// Does all jobs that are due, one after the other, and tells how many attempts that took.
pub async fn run_due(app: &App) -> Result<usize> {
    let mut attempts = 0;
    while run_one(app).await? {
        attempts += 1;
    }
    Ok(attempts)
}

/// Takes the next due job and tries it once. `false` when none is due.
pub async fn run_one(app: &App) -> Result<bool> {
    let all = system::across(CrossTenant::Jobs, uuid::Uuid::now_v7().to_string());
    let leases = app.db().leases::<Job>(&all);
    let due = Expr::eq("state", JobState::Ready).and(Expr::cmp("run_at", Op::Lte, app.clock().now()));
    let take = vec![doc! { "$set": {
        "state": JobState::Leased, "lease_until": { "$add": ["$$NOW", LEASE_MS] },
        "fence": { "$add": ["$fence", 1_i64] }, "attempt": { "$add": ["$attempt", 1_i64] },
    } }];
    let Some(job) = leases.take(due.into(), doc! { "priority": 1, "run_at": 1 }, take).await? else {
        return Ok(false);
    };
    let scope = system::company_of(&job, all.request_id()).unwrap_or_else(|| all.clone());
    let lease = Lease { job, scope };
    let outcome = match handler(&lease.job.kind) {
        Some(handler) => (handler.run)(app, &lease).await,
        None => Err(Failure::Final("No such kind of job.".to_owned())),
    };
    let ours = Expr::eq("_id", lease.job.id)
        .and(Expr::eq("state", JobState::Leased))
        .and(Expr::eq("fence", lease.job.fence));
    let change = match outcome {
        Ok(()) => doc! { "state": JobState::Done, "finished_at": "$$NOW" },
        Err(Failure::Retry(error, pause)) if lease.job.attempt < lease.job.max_attempts => {
            let pause = pause.map_or(1000, |pause| i64::try_from(pause.as_millis()).unwrap_or(i64::MAX));
            doc! { "state": JobState::Ready, "run_at": { "$add": ["$$NOW", pause] }, "last_error": { "$literal": error } }
        }
        Err(Failure::Retry(error, _) | Failure::Final(error)) => {
            doc! { "state": JobState::Dead, "finished_at": "$$NOW", "last_error": { "$literal": error } }
        }
    };
    leases.take(ours.into(), doc! {}, vec![doc! { "$set": change }]).await?;
    Ok(true)
}
