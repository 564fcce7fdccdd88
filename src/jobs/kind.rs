//! What a kind of job must say of itself, and what its work is given.

use crate::app::App;
use crate::db::{Expr, Filter, Patch, Tx};
use crate::errors::{AppError, Result};
use crate::models::{Job, JobState};
use crate::permissions::TenantScope;
use futures::future::BoxFuture;
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;

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

/// A kind of job.
pub trait Kind: Send + Sync + 'static {
    /// Name, such as `emails.send`.
    const NAME: &'static str;
    /// Retries.
    const POLICY: Policy;
    /// What a job of this kind needs to know: ids, not contents.
    type Payload: Serialize + DeserializeOwned + Send + 'static;

    /// Does the work. It may be run again after a crash: write effects in a transaction in which
    /// [`Lease::finish`] is called, or make them repeatable.
    fn run(
        app: &App,
        lease: &Lease,
        payload: Self::Payload,
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// A job in the hands of a worker.
#[derive(Clone, Debug)]
pub struct Lease {
    /// The job as it was taken.
    pub job: Job,
    /// Scope of its company; for jobs of the platform, one that spans companies.
    pub scope: TenantScope,
}

impl Lease {
    /// Marks the job as done within the transaction that writes its effect, so that both happen or neither.
    ///
    /// # Errors
    /// The lease was lost: the transaction must end without effect.
    pub async fn finish(&self, tx: &mut Tx) -> Result<()> {
        let ours = Expr::eq("state", JobState::Leased).and(Expr::eq("fence", self.job.fence));
        let patch = Patch::new().set(Job::state(), JobState::Done).set(Job::finished_at(), tx.now());
        let done = tx.within::<Job>(&self.scope).update(self.job.id, Filter::from(ours), patch).await?;
        done.map(drop).ok_or_else(|| AppError::bug("the lease of the job was lost"))
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
}

impl Handler {
    /// The handler of a kind.
    pub const fn of<K: Kind>() -> Self {
        Self { name: K::NAME, policy: K::POLICY, run: run::<K> }
    }
}

fn run<'a, K: Kind>(app: &'a App, lease: &'a Lease) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        let payload = crate::db::from_document(&lease.job.payload)
            .map_err(|_| Failure::Final("The payload cannot be read.".to_owned()))?;
        K::run(app, lease, payload).await
    })
}
