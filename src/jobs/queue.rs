//! The queue in the database: taking a job, keeping it, giving it back. Every result names the fence of its lease.

use super::{Lease, OUTWARD, Unfinished, handler};
use crate::app::App;
use crate::db::{Author, Come, Expr, Filter, Leases, Patch};
use crate::errors::Result;
use crate::models::{Job, JobState};
use crate::permissions::{CrossTenant, TenantScope, system};
use crate::transaction;
use bson::{Bson, DateTime, Document, doc, oid::ObjectId};
use std::collections::HashMap;
use std::time::Duration;

/// Characters of a job's last error.
const LONGEST_WHY: usize = 500;

/// A company, or the platform.
pub(super) type Company = Option<ObjectId>;

/// Whose clock tells what is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// The database's, on which all workers agree.
    Server,
    /// The program's: for [`super::run_due`], whose clock can be put forward.
    Program,
}

/// What a renewal learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Renewed {
    /// The job is still ours.
    Kept,
    /// It is ours, but someone asked to cancel it.
    CancelAsked,
    /// Another worker has it, or it was ended.
    Lost,
}

/// The queue as one worker sees it.
#[derive(Clone)]
pub(super) struct Queue {
    app: App,
    all: TenantScope,
    owner: String,
    time: Time,
    lease_ms: i64,
}

impl Queue {
    pub(super) fn new(app: &App, owner: ObjectId, time: Time, lease: Duration) -> Self {
        Self {
            app: app.clone(),
            all: system::across(CrossTenant::Jobs, uuid::Uuid::now_v7().to_string()),
            owner: owner.to_hex(),
            time,
            lease_ms: i64::try_from(lease.as_millis()).unwrap_or(i64::MAX),
        }
    }

    pub(super) fn app(&self) -> &App {
        &self.app
    }

    pub(super) fn lease_time(&self) -> Duration {
        Duration::from_millis(self.lease_ms.unsigned_abs())
    }

    fn leases(&self) -> Leases<Job> {
        self.app.db().leases(&self.all)
    }

    fn now(&self) -> Bson {
        match self.time {
            Time::Server => "$$NOW".into(),
            Time::Program => self.app.clock().now().into(),
        }
    }

    /// Takes the company's next due job that is none of `except`, and without `outward` none that is outward. One key of an index for each priority is read.
    pub(super) async fn take(
        &self,
        company: Company,
        outward: bool,
        except: &[ObjectId],
    ) -> Result<Option<Lease>> {
        let mut wanted = Expr::eq("state", JobState::Ready).and(Expr::eq("company_id", company));
        if !outward {
            wanted = wanted.and(Expr::cmp("priority", crate::db::Op::Nin, OUTWARD.to_vec()));
        }
        if !except.is_empty() {
            wanted = wanted.and(Expr::cmp("_id", crate::db::Op::Nin, except.to_vec()));
        }
        let at = (self.time == Time::Program).then(|| self.app.clock().now());
        let come = Come { field: Job::run_at(), at };
        let change = vec![doc! { "$set": {
            "state": JobState::Leased, "lease_owner": &self.owner, "started_at": self.now(),
            "lease_until": { "$add": ["$$NOW", self.lease_ms] },
            "fence": { "$add": ["$fence", 1_i64] }, "attempt": { "$add": ["$attempt", 1_i64] },
            "progress": null, "progress_note": null,
        } }];
        let order = doc! { "priority": 1, "run_at": 1 };
        let job = self.leases().take_due(wanted.into(), &come, order, change).await?;
        Ok(job.map(|job| Lease::new(job, self.all.clone(), self.app.db().clone())))
    }

    /// Companies with ready jobs, each with the time until its first one is due: none when it is due.
    pub(super) async fn waiting(&self) -> Result<Vec<(Company, Option<Duration>)>> {
        let found = self.leases().earliest(JobState::Ready.as_str(), Job::run_at(), "job_next").await?;
        let program = (self.time == Time::Program).then(|| self.app.clock().now());
        let wait = |(company, first, server): (Company, DateTime, DateTime)| {
            let now = program.unwrap_or(server);
            let ms = first.timestamp_millis().saturating_sub(now.timestamp_millis());
            (company, u64::try_from(ms).ok().filter(|ms| *ms > 0).map(Duration::from_millis))
        };
        Ok(found.into_iter().map(wait).collect())
    }

    /// Numbers of jobs that workers have, by company.
    pub(super) async fn leased(&self) -> Result<HashMap<Company, usize>> {
        self.leases().by_company(JobState::Leased.as_str(), "job_due").await
    }

    /// Jobs whose worker was not heard of in time.
    pub(super) async fn expired(&self, limit: i64) -> Result<Vec<Job>> {
        let come = Come { field: Job::lease_until(), at: None };
        let leased = Expr::eq("state", JobState::Leased);
        self.leases().find_due(leased.into(), &come, doc! { "lease_until": 1 }, limit).await
    }

    /// Says that the worker lives and has the job.
    pub(super) async fn renew(&self, lease: &Lease) -> Result<Renewed> {
        let until = doc! { "lease_until": { "$add": ["$$NOW", self.lease_ms] } };
        let kept = self.leases().take(ours(&lease.job).into(), doc! {}, vec![doc! { "$set": until }]).await?;
        Ok(match kept {
            Some(job) if job.cancel_requested => Renewed::CancelAsked,
            Some(_) => Renewed::Kept,
            None => Renewed::Lost,
        })
    }

    /// Ends a lease, if it is still the job's: `change` says how. `false` when it was lost, or ended with its effect.
    pub(super) async fn end(&self, job: &Job, end: &End) -> Result<bool> {
        self.close(job, ours(job), end).await
    }

    /// Ends a lease that ran out, unless its worker was heard of since the job was read.
    pub(super) async fn reap(&self, job: &Job, end: &End) -> Result<bool> {
        self.close(job, ours(job).and(Expr::eq("lease_until", job.lease_until)), end).await
    }

    async fn close(&self, job: &Job, held: Expr, end: &End) -> Result<bool> {
        let now = self.now();
        let because =
            |why: &str| Bson::from(doc! { "$literal": why.chars().take(LONGEST_WHY).collect::<String>() });
        let later = |pause: &Duration| {
            let ms = i64::try_from(pause.as_millis()).unwrap_or(i64::MAX);
            doc! { "$add": [now.clone(), ms] }
        };
        let uncounted = doc! { "$max": [0_i64, { "$subtract": ["$attempt", 1_i64] }] };
        let back = match end {
            End::Done => {
                let set = doc! {
                    "state": JobState::Done, "finished_at": now, "last_error": null, "cancel_requested": false,
                };
                return self.change(held, set).await;
            }
            End::Dead(why) => {
                let why: String = why.chars().take(LONGEST_WHY).collect();
                let patch = Patch::new().set(Job::state(), JobState::Dead).set(Job::last_error(), why);
                return self.leave(job, held, patch, Unfinished::GivenUp).await;
            }
            End::Cancelled => return self.cancel(job, held).await,
            End::Retry(why, pause) => doc! { "run_at": later(pause), "last_error": because(why) },
            End::Deferred(why, pause) => {
                doc! { "run_at": later(pause), "last_error": because(why), "attempt": uncounted }
            }
            End::Released => doc! { "run_at": now, "attempt": uncounted },
        };
        let mut set = doc! { "state": JobState::Ready };
        set.extend(back);
        // Whoever asked to cancel it does not want it begun once more.
        let asked = |asked: bool| held.clone().and(Expr::eq("cancel_requested", asked));
        Ok(self.change(asked(false), set).await? || self.cancel(job, asked(true)).await?)
    }

    async fn cancel(&self, job: &Job, held: Expr) -> Result<bool> {
        let patch = Patch::new().set(Job::state(), JobState::Cancelled).set(Job::cancel_requested(), false);
        self.leave(job, held, patch, Unfinished::Cancelled).await
    }

    /// Ends a job whose work is not done, together with what follows from that.
    async fn leave(&self, job: &Job, held: Expr, patch: Patch<Job>, end: Unfinished) -> Result<bool> {
        let scope = system::company_of(job, self.all.request_id()).unwrap_or_else(|| self.all.clone());
        let author = Author { user: None, company: job.company_id };
        transaction!(self.app.db(), author, |tx| {
            let patch = patch
                .clone()
                .set(Job::finished_at(), tx.now())
                .set(Job::lease_owner(), Bson::Null)
                .set(Job::lease_until(), Bson::Null);
            let held = Filter::from(held.clone());
            if tx.within::<Job>(&scope).update(job.id, held, patch).await?.is_none() {
                return Ok(false);
            }
            if let Some(handler) = handler(&job.kind) {
                (handler.unfinished)(&mut tx, &scope, job, end).await?;
            }
            Ok(true)
        })
    }

    async fn change(&self, held: Expr, set: Document) -> Result<bool> {
        let mut all = doc! { "lease_owner": null, "lease_until": null, "updated_at": self.now() };
        all.extend(set);
        let version = doc! { "$set": { "version": { "$add": ["$version", 1_i64] } } };
        Ok(self.leases().take(held.into(), doc! {}, vec![doc! { "$set": all }, version]).await?.is_some())
    }
}

/// How a lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The work is done.
    Done,
    /// Again after a pause.
    Retry(String, Duration),
    /// Given up.
    Dead(String),
    /// Cancelled by a person.
    Cancelled,
    /// Again after a pause, by a worker that can: the attempt does not count.
    Deferred(String, Duration),
    /// Handed back unfinished by a worker that ends: the attempt does not count.
    Released,
}

/// The job under the lease that `job` was read with.
fn ours(job: &Job) -> Expr {
    Expr::eq("_id", job.id).and(Expr::eq("state", JobState::Leased)).and(Expr::eq("fence", job.fence))
}
