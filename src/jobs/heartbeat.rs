//! What a worker tells of itself every few seconds, for those who look after the platform.

use crate::app::App;
use crate::db::Leases;
use crate::errors::Result;
use crate::models::{Job, MAX_RUNNING, Worker, WorkerState};
use crate::permissions::{CrossTenant, system};
use bson::{Document, doc, oid::ObjectId};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(5);

/// Who works.
pub(super) struct Identity {
    pub(super) id: ObjectId,
    host: String,
    command: &'static str,
    concurrency: usize,
}

impl Identity {
    pub(super) fn new(command: &'static str, concurrency: usize) -> Self {
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        Self { id: ObjectId::new(), host: host.trim().chars().take(255).collect(), command, concurrency }
    }
}

struct Inner {
    app: App,
    identity: Identity,
    running: Mutex<BTreeMap<ObjectId, Document>>,
    attempts: AtomicU64,
    draining: AtomicBool,
    now: Notify,
}

/// The worker's record. Clones are the same one.
#[derive(Clone)]
pub(super) struct Heartbeat {
    inner: Arc<Inner>,
}

impl Heartbeat {
    pub(super) fn new(app: &App, identity: Identity) -> Self {
        let inner = Inner {
            app: app.clone(),
            identity,
            running: Mutex::default(),
            attempts: AtomicU64::new(0),
            draining: AtomicBool::new(false),
            now: Notify::new(),
        };
        Self { inner: Arc::new(inner) }
    }

    pub(super) fn id(&self) -> ObjectId {
        self.inner.identity.id
    }

    pub(super) fn began(&self, job: &Job) {
        let told = doc! { "job_id": job.id, "kind": &job.kind, "started_at": job.started_at };
        self.running().insert(job.id, told);
        metrics::gauge!("stoa_jobs_running").increment(1.0);
    }

    pub(super) fn ended(&self, job: ObjectId) {
        self.running().remove(&job);
        self.inner.attempts.fetch_add(1, Ordering::Relaxed);
        metrics::gauge!("stoa_jobs_running").decrement(1.0);
    }

    /// Tells a new state without waiting for the next beat.
    pub(super) fn become_now(&self, state: WorkerState) {
        self.inner.draining.store(state == WorkerState::Draining, Ordering::Relaxed);
        self.inner.now.notify_one();
    }

    fn running(&self) -> std::sync::MutexGuard<'_, BTreeMap<ObjectId, Document>> {
        self.inner.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells until the end, then takes the record away.
    pub(super) async fn beat(self, stop: CancellationToken) {
        loop {
            // Told again in a moment.
            if let Err(error) = self.tell().await {
                tracing::warn!(code = error.code().as_str(), "the worker could not tell that it lives");
            }
            tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(EVERY) => {}
                () = self.inner.now.notified() => {}
            }
        }
        if let Err(error) = self.records().remove(self.id()).await {
            tracing::warn!(code = error.code().as_str(), "the worker's record stays until it expires");
        }
    }

    fn records(&self) -> Leases<Worker> {
        let all = system::across(CrossTenant::Jobs, uuid::Uuid::now_v7().to_string());
        self.inner.app.db().leases(&all)
    }

    async fn tell(&self) -> Result<()> {
        let identity = &self.inner.identity;
        let draining = self.inner.draining.load(Ordering::Relaxed);
        let state = if draining { WorkerState::Draining } else { WorkerState::Working };
        let running: Vec<Document> = self.running().values().take(MAX_RUNNING).cloned().collect();
        let attempts = i64::try_from(self.inner.attempts.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        let record = doc! {
            "company_id": null, "host": { "$literal": &identity.host }, "pid": i64::from(std::process::id()),
            "program": env!("CARGO_PKG_VERSION"), "command": identity.command, "state": state,
            "concurrency": i64::try_from(identity.concurrency).unwrap_or(i64::MAX),
            "running": { "$literal": running }, "attempts": attempts, "seen_at": "$$NOW", "updated_at": "$$NOW",
            "created_at": { "$ifNull": ["$created_at", "$$NOW"] }, "created_by": null, "updated_by": null,
            "version": { "$add": [{ "$ifNull": ["$version", 0_i64] }, 1_i64] }, "deleted_at": null,
        };
        self.records().put(self.id(), vec![doc! { "$set": record }]).await?;
        Ok(())
    }
}
