//! Tests of the job queue with real workers on a real database.

mod fairness;
mod leases;
mod plans;
mod schedules;
mod work;

use crate::support::TestApp;
use bson::{DateTime, Document, doc, oid::ObjectId};
use futures::TryStreamExt;
use std::time::{Duration, Instant};
use stoa::config::JobsSettings;
use stoa::jobs::Workers;
use tokio_util::sync::CancellationToken;

/// Longer than anything may take on a busy machine.
const LONG: Duration = Duration::from_secs(60);

/// A ready probe of a company, or of the platform, as the database holds it; `set` overrides fields.
pub fn job(company: Option<ObjectId>, hold_ms: i64, set: Document) -> Document {
    let now = DateTime::now();
    let mut job = doc! {
        "_id": ObjectId::new(), "company_id": company, "kind": "jobs.probe",
        "payload": { "run_id": ObjectId::new(), "hold_ms": hold_ms }, "state": "ready", "priority": 5_i64,
        "run_at": now, "attempt": 0_i64, "max_attempts": 20_i64, "lease_owner": null, "lease_until": null,
        "fence": 0_i64, "started_at": null, "progress": null, "progress_note": null, "cancel_requested": false,
        "unique_key": null, "last_error": null, "finished_at": null, "created_at": now, "created_by": null,
        "updated_at": now, "updated_by": null, "version": 1_i64, "deleted_at": null,
    };
    job.extend(set);
    job
}

/// Fields of stored records; what is not there, or of another type, is nothing.
pub trait Fields {
    fn text(&self, name: &str) -> &str;
    fn number(&self, name: &str) -> i64;
}

impl Fields for Document {
    fn text(&self, name: &str) -> &str {
        self.get_str(name).unwrap_or_default()
    }

    fn number(&self, name: &str) -> i64 {
        self.get_i64(name).unwrap_or(-1)
    }
}

pub async fn add(db: &mongodb::Database, job: Document) -> ObjectId {
    let id = job.get_object_id("_id").unwrap();
    db.collection("jobs").insert_one(job).await.unwrap();
    id
}

pub async fn stored(db: &mongodb::Database, id: ObjectId) -> Document {
    db.collection::<Document>("jobs").find_one(doc! { "_id": id }).await.unwrap().unwrap()
}

/// Waits until a job is in a state.
pub async fn until(db: &mongodb::Database, id: ObjectId, state: &str) -> Document {
    let deadline = Instant::now() + LONG;
    loop {
        let job = stored(db, id).await;
        if job.get_str("state").unwrap() == state {
            return job;
        }
        assert!(Instant::now() < deadline, "it never is {state}: {job}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

pub async fn jobs(db: &mongodb::Database, filter: Document) -> Vec<Document> {
    db.collection("jobs").find(filter).await.unwrap().try_collect().await.unwrap()
}

/// How many effects a job has.
pub async fn effects(db: &mongodb::Database, id: ObjectId) -> u64 {
    db.collection::<Document>("job_probes").count_documents(doc! { "job_id": id }).await.unwrap()
}

/// Settings with short leases, so that nothing takes long.
pub fn settings() -> JobsSettings {
    JobsSettings { lease_s: 1, concurrency: 4, poll_min_ms: 20, poll_max_ms: 200, ..JobsSettings::default() }
}

/// Begins to work.
pub fn workers(app: &TestApp, settings: &JobsSettings) -> Workers {
    Workers::start(&app.app, settings, "test")
}

/// Ends the work: tells how many jobs were handed back.
pub async fn end(workers: Workers) -> usize {
    workers.end(CancellationToken::new()).await
}
