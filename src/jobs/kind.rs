//! What a kind of job must say of itself, and what its work is given.

use crate::app::App;
use crate::db::{Db, Expr, Filter, Patch, Tx};
use crate::errors::{AppError, Result};
use crate::models::{Job, JobState};
use crate::permissions::{TenantScope, system};
use bson::{Bson, doc};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Priorities of jobs that wait for servers which companies name. The index of claims begins with the priority, so those jobs
/// can be passed over without reading them.
pub const OUTWARD: [i64; 2] = [6, 7];

/// How often a job is tried, and with which pauses.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Attempts before it is given up.
    pub max_attempts: i64,
    /// Bound of the first pause; each further one is twice as long. The pause itself is random (full jitter).
    pub first_pause: Duration,
    /// Bound of the longest pause.
    pub longest_pause: Duration,
}

/// Why an attempt failed. The text is shown to administrators of the company: no secrets, no internals.
#[derive(Debug)]
pub enum Failure {
    /// Try again, after a pause of the policy or this one.
    Retry(String, Option<Duration>),
    /// No further attempt can succeed.
    Final(String),
}

/// Whether a job is one that waits for a server which a company names.
pub(super) fn is_outward(job: &Job) -> bool {
    OUTWARD.contains(&job.priority)
}

/// The payload of kinds that need to know nothing.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
pub struct Nothing {}

/// A kind of job.
pub trait Kind: Send + Sync + 'static {
    /// Name, such as `emails.send`.
    const NAME: &'static str;
    /// Retries.
    const POLICY: Policy;
    /// Whether its jobs wait for servers that companies name. A process does fewer of them at a time than of others, so that
    /// such servers cannot keep it from everything else. Decided by the priority that the jobs get (see [`OUTWARD`]).
    const OUTWARD: bool = false;
    /// What a job of this kind needs to know: ids, not contents.
    type Payload: Serialize + DeserializeOwned + Send + 'static;

    /// Does the work. It may be run again after a crash: write effects in a transaction in which
    /// [`Lease::finish`] is called, or make them repeatable.
    fn run(
        app: &App,
        lease: &Lease,
        payload: Self::Payload,
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Says what becomes of the job's subject when the job ends without having done its work: it was cancelled, given up
    /// after a crash too many, or its work said that no further attempt can succeed. In the transaction that ends it.
    fn unfinished(
        _tx: &mut Tx,
        _scope: &TenantScope,
        _payload: Self::Payload,
        _end: Unfinished,
    ) -> impl Future<Output = Result<()>> + Send {
        std::future::ready(Ok(()))
    }
}

/// How a job ended without having done its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// By a person.
    Cancelled,
    /// By its last attempt, or the loss of the worker that made it.
    GivenUp,
}

/// A job in the hands of a worker.
#[derive(Clone)]
pub struct Lease {
    /// The job as it was taken.
    pub job: Job,
    /// Scope of its company; for jobs of the platform, one that spans companies.
    pub scope: TenantScope,
    db: Db,
    /// Leases change beside transactions, by a scope of the workers.
    all: TenantScope,
    over: CancellationToken,
}

impl Lease {
    pub(super) fn new(job: Job, all: TenantScope, db: Db) -> Self {
        let scope = system::company_of(&job, all.request_id()).unwrap_or_else(|| all.clone());
        Self { job, scope, db, all, over: CancellationToken::new() }
    }

    /// Cancelled when the job is no longer this worker's business: the lease was lost, someone cancelled the job, or the
    /// program ends. The work is broken off at its next await in any case; what runs elsewhere can watch this.
    pub fn over(&self) -> &CancellationToken {
        &self.over
    }

    /// Tells how much of the work is done, in percent, and what it does at the moment (200 characters).
    ///
    /// # Errors
    /// The lease was lost: stop.
    pub async fn progress(&self, percent: u8, note: &str) -> Result<()> {
        let note: String = note.chars().take(200).collect();
        let change = doc! { "progress": i64::from(percent.min(100)), "progress_note": { "$literal": note } };
        let held = Expr::eq("_id", self.job.id).and(self.ours());
        let leases = self.db.leases::<Job>(&self.all);
        let told = leases.take(held.into(), doc! {}, vec![doc! { "$set": change }]).await?;
        told.map(drop).ok_or_else(lost)
    }

    fn ours(&self) -> Expr {
        Expr::eq("state", JobState::Leased).and(Expr::eq("fence", self.job.fence))
    }

    /// Marks the job as done within the transaction that writes its effect, so that both happen or neither.
    ///
    /// # Errors
    /// The lease was lost: the transaction must end without effect.
    pub async fn finish(&self, tx: &mut Tx) -> Result<()> {
        let patch = Patch::new()
            .set(Job::state(), JobState::Done)
            .set(Job::finished_at(), tx.now())
            .set(Job::lease_owner(), Bson::Null)
            .set(Job::lease_until(), Bson::Null)
            .set(Job::last_error(), Bson::Null)
            .set(Job::cancel_requested(), false);
        let done =
            tx.within::<Job>(&self.scope).update(self.job.id, Filter::from(self.ours()), patch).await?;
        done.map(drop).ok_or_else(lost)
    }
}

fn lost() -> AppError {
    AppError::bug("the lease of the job was lost")
}

impl Policy {
    /// The pause after a failed attempt: any time up to a bound that doubles with each attempt (full jitter), so that
    /// jobs which failed together do not come back together.
    pub(super) fn pause(&self, attempt: i64) -> Duration {
        let doublings = u32::try_from(attempt.saturating_sub(1).clamp(0, 30)).unwrap_or_default();
        let bound = self.first_pause.saturating_mul(1 << doublings).min(self.longest_pause);
        let most = u64::try_from(bound.as_millis()).unwrap_or(u64::MAX).max(1);
        Duration::from_millis(rand::random_range(1..=most))
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self::Retry(error.code().as_str().to_owned(), None)
    }
}

/// A kind of job behind one face.
#[derive(Clone, Copy)]
pub struct Handler {
    /// Name of the kind.
    pub name: &'static str,
    /// Retries.
    pub policy: Policy,
    /// Does the work.
    pub run: for<'a> fn(&'a App, &'a Lease) -> BoxFuture<'a, Result<(), Failure>>,
    /// Says what becomes of the job's subject when it ends without having done its work.
    pub unfinished: for<'a> fn(&'a mut Tx, &'a TenantScope, &'a Job, Unfinished) -> BoxFuture<'a, Result<()>>,
}

impl Handler {
    /// The handler of a kind.
    pub const fn of<K: Kind>() -> Self {
        Self { name: K::NAME, policy: K::POLICY, run: run::<K>, unfinished: unfinished::<K> }
    }
}

fn run<'a, K: Kind>(app: &'a App, lease: &'a Lease) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        let payload = crate::db::from_document(&lease.job.payload)
            .map_err(|_| Failure::Final("The payload cannot be read.".to_owned()))?;
        K::run(app, lease, payload).await
    })
}

fn unfinished<'a, K: Kind>(
    tx: &'a mut Tx,
    scope: &'a TenantScope,
    job: &'a Job,
    end: Unfinished,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        // What cannot be read was never begun.
        let Ok(payload) = crate::db::from_document(&job.payload) else { return Ok(()) };
        K::unfinished(tx, scope, payload, end).await
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_are_random_and_their_bound_doubles_up_to_the_longest() {
        let (first_pause, longest_pause) = (Duration::from_millis(100), Duration::from_millis(700));
        let policy = Policy { max_attempts: 10, first_pause, longest_pause };
        for (attempt, bound) in [(1, 100), (2, 200), (3, 400), (4, 700), (9, 700), (i64::MAX, 700)] {
            let pauses: Vec<_> = (0..200).map(|_| policy.pause(attempt)).collect();
            let bound = Duration::from_millis(bound);
            assert!(pauses.iter().all(|pause| *pause <= bound), "{attempt}");
            assert!(
                pauses.iter().any(|pause| *pause > bound / 2)
                    && pauses.iter().any(|pause| *pause < bound / 2)
            );
        }
    }
}
