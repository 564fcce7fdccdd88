//! Tries the queue out: adds jobs that leave one record each, waits for them, and counts.

use super::{Failure, Kind, Lease, Policy, When, enqueue};
use crate::app::App;
use crate::db::{Author, Db, Draft, Filter};
use crate::errors::{AppError, Result};
use crate::models::{Job, JobProbe, JobState};
use crate::permissions::{CrossTenant, TenantScope, system};
use crate::transaction;
use bson::oid::ObjectId;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Jobs that one transaction adds, and that one query asks for.
const BATCH: usize = 200;
/// Pause between two looks at how far it is.
const LOOK: Duration = Duration::from_millis(250);

/// What a probe does.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub struct ProbePayload {
    run_id: ObjectId,
    hold_ms: i64,
}

/// A job that leaves one record, in the transaction that ends it.
pub struct Probe;

impl Kind for Probe {
    const NAME: &'static str = "jobs.probe";
    const POLICY: Policy = Policy {
        max_attempts: 20,
        first_pause: Duration::from_millis(100),
        longest_pause: Duration::from_secs(5),
    };
    type Payload = ProbePayload;

    async fn run(app: &App, lease: &Lease, payload: ProbePayload) -> Result<(), Failure> {
        let hold = Duration::from_millis(payload.hold_ms.unsigned_abs());
        if !hold.is_zero() {
            lease.progress(0, "holding").await?;
            tokio::time::sleep(hold).await;
        }
        leave(app, lease, payload.run_id).await?;
        Ok(())
    }
}

async fn leave(app: &App, lease: &Lease, run_id: ObjectId) -> Result<()> {
    transaction!(app.db(), Author::default(), |tx| {
        let draft = Draft::new()
            .set(JobProbe::run_id(), run_id)
            .set(JobProbe::job_id(), lease.job.id)
            .set(JobProbe::created_at(), tx.now());
        tx.global::<JobProbe>().insert(draft).await?;
        lease.finish(&mut tx).await
    })
}

/// How much to try.
#[derive(Clone, Copy, Debug)]
pub struct ProbeOptions {
    /// Jobs.
    pub jobs: usize,
    /// How long each of them takes besides its transaction.
    pub hold: Duration,
    /// How long to wait for all of them.
    pub patience: Duration,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Jobs that were added.
    pub added: usize,
    /// Jobs that are done.
    pub done: usize,
    /// Jobs that were given up or cancelled.
    pub given_up: usize,
    /// Effects: as many as jobs that are done, or the queue is broken.
    pub effects: usize,
    /// Jobs with more than one effect.
    pub twice: usize,
    /// Jobs that are done and left no effect.
    pub lost: usize,
    /// Jobs that took more than one attempt.
    pub retried: usize,
    /// Seconds from the first begin to the last end.
    pub seconds: f64,
    /// Milliseconds from the insertion of a job to its begin, of jobs with one attempt: half of them, 95 % and 99 %
    /// waited no longer.
    pub wait_ms: [i64; 3],
}

impl Figures {
    /// Whether each job is done and left one effect.
    pub fn exactly_once(&self) -> bool {
        self.done == self.added && self.effects == self.added && self.twice == 0 && self.lost == 0
    }
}

/// Adds probes, waits until workers did them, and counts. `told` hears every second how many are left.
pub async fn probe(app: &App, options: &ProbeOptions, mut told: impl FnMut(usize)) -> Result<Figures> {
    let scope = system::across(CrossTenant::Jobs, uuid::Uuid::now_v7().to_string());
    let payload = ProbePayload {
        run_id: ObjectId::new(),
        hold_ms: i64::try_from(options.hold.as_millis()).unwrap_or(i64::MAX),
    };
    let mut ids = Vec::with_capacity(options.jobs);
    while ids.len() < options.jobs {
        let more = BATCH.min(options.jobs - ids.len());
        ids.extend(patient(async || add(app.db(), &scope, payload, more).await).await?);
    }
    let (begin, mut open) = (Instant::now(), ids.clone());
    let mut jobs: HashMap<ObjectId, Job> = HashMap::new();
    while !open.is_empty() && begin.elapsed() < options.patience {
        // The first ones are done first: a batch that is not ends the look.
        let found = patient(async || find(app.db(), &scope, &open).await).await?;
        let ended = found.into_iter().filter(|job| !matches!(job.state, JobState::Ready | JobState::Leased));
        jobs.extend(ended.map(|job| (job.id, job)));
        open.retain(|id| !jobs.contains_key(id));
        told(open.len());
        if !open.is_empty() {
            tokio::time::sleep(LOOK).await;
        }
    }
    let effects = patient(async || effects(app.db(), payload.run_id, &ids).await).await?;
    Ok(figures(&ids, &jobs, &effects))
}

/// Adds jobs in one transaction.
async fn add(db: &Db, scope: &TenantScope, payload: ProbePayload, jobs: usize) -> Result<Vec<ObjectId>> {
    transaction!(db, Author::default(), |tx| {
        let mut ids = Vec::with_capacity(jobs);
        for _ in 0..jobs {
            ids.extend(enqueue::<Probe>(&mut tx, scope, &payload, When::default()).await?);
        }
        Ok(ids)
    })
}

async fn find(db: &Db, scope: &TenantScope, ids: &[ObjectId]) -> Result<Vec<Job>> {
    let mut found = Vec::new();
    for some in ids.chunks(BATCH) {
        let jobs = db.within::<Job>(scope).find(Filter::ids(some.iter().copied()), BATCH as i64).await?;
        let all_open = jobs.iter().all(|job| matches!(job.state, JobState::Ready | JobState::Leased));
        found.extend(jobs);
        if all_open {
            break;
        }
    }
    Ok(found)
}

/// Numbers of effects by job.
async fn effects(db: &Db, run_id: ObjectId, ids: &[ObjectId]) -> Result<HashMap<ObjectId, usize>> {
    let mut counts = HashMap::new();
    for some in ids.chunks(BATCH) {
        let of = Filter::eq(JobProbe::run_id(), run_id)
            .and(Filter::is_in(JobProbe::job_id(), some.iter().copied()));
        for effect in db.global::<JobProbe>().find(of, i64::MAX).await? {
            *counts.entry(effect.job_id).or_default() += 1;
        }
    }
    Ok(counts)
}

fn figures(ids: &[ObjectId], jobs: &HashMap<ObjectId, Job>, effects: &HashMap<ObjectId, usize>) -> Figures {
    let done: Vec<&Job> = jobs.values().filter(|job| job.state == JobState::Done).collect();
    let ms = |time: Option<bson::DateTime>| time.map(bson::DateTime::timestamp_millis);
    let mut waits: Vec<i64> = done
        .iter()
        .filter(|job| job.attempt == 1)
        .filter_map(|job| Some((ms(job.started_at)? - job.created_at.timestamp_millis()).max(0)))
        .collect();
    waits.sort_unstable();
    let share = |percent: usize| {
        waits.get(waits.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default()
    };
    let first = done.iter().filter_map(|job| ms(job.started_at)).min();
    let last = done.iter().filter_map(|job| ms(job.finished_at)).max();
    let span = first.zip(last).and_then(|(first, last)| u32::try_from(last - first).ok()).unwrap_or_default();
    Figures {
        added: ids.len(),
        done: done.len(),
        given_up: jobs.len() - done.len(),
        effects: effects.values().sum(),
        twice: effects.values().filter(|count| **count > 1).count(),
        lost: done.iter().filter(|job| !effects.contains_key(&job.id)).count(),
        retried: done.iter().filter(|job| job.attempt > 1).count(),
        seconds: f64::from(span) / 1000.0,
        wait_ms: [share(50), share(95), share(99)],
    }
}

/// Tries again while the database is without a primary, as workers do; half a minute.
async fn patient<R>(mut act: impl AsyncFnMut() -> Result<R>) -> Result<R> {
    let begin = Instant::now();
    loop {
        match act().await {
            Err(AppError::Database(_)) if begin.elapsed() < Duration::from_secs(30) => {
                tokio::time::sleep(LOOK).await;
            }
            done => return done,
        }
    }
}
