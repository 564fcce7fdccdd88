//! Tests of `stoa worker` as a process: killed at any moment, poisoned, told to end.

use super::process::{Process, Setup};
use crate::jobs::{Fields, add, effects, job, stored, until};
use bson::{Document, doc, oid::ObjectId};

fn setup() -> Setup {
    Setup::new()
        .with("STOA_JOBS__LEASE_S", "1")
        .with("STOA_JOBS__POLL_MAX_MS", "250")
        .with("STOA_JOBS__PER_COMPANY", "100")
        .with("STOA_JOBS__CONCURRENCY", "4")
}

#[tokio::test]
async fn probes_are_done_exactly_once_while_workers_are_killed() {
    let setup = setup();
    let (_steady, _) = setup.work().await;
    let (mut victim, mut id) = setup.work().await;
    let db = setup.raw().await;
    let probing = async { setup.run(&["probe-jobs", "--jobs", "300", "--hold-ms", "10"]).await };
    let killing = async {
        for _ in 0..3 {
            // It has jobs when it is killed.
            let jobs = db.collection::<Document>("jobs");
            while jobs.find_one(doc! { "lease_owner": &id }).await.unwrap().is_none() {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            victim.signal("KILL");
            (victim, id) = setup.work().await;
        }
        victim
    };
    let ((success, text), _victim) = tokio::join!(probing, killing);
    assert!(success && text.contains("effects 300, twice 0, lost 0"), "{text}");
    setup.end().await;
}

#[tokio::test]
async fn a_job_that_kills_its_workers_is_given_up() {
    let setup = setup();
    let (mut process, _) = setup.work().await;
    let db = setup.raw().await;
    let poison = add(&db, job(None, 3_600_000, doc! { "max_attempts": 2_i64 })).await;
    for attempt in 1..=2 {
        // What it does to its worker, this does for it.
        held(&db, poison, attempt).await;
        process.signal("KILL");
        process = setup.work().await.0;
    }
    let dead = until(&db, poison, "dead").await;
    assert_eq!((dead.number("attempt"), effects(&db, poison).await), (2, 0), "{dead}");
    drop::<Process>(process);
    setup.end().await;
}

async fn held(db: &mongodb::Database, id: ObjectId, attempt: i64) {
    let deadline = std::time::Instant::now() + super::process::LONG;
    loop {
        let job = stored(db, id).await;
        if job.text("state") == "leased" && job.number("attempt") == attempt {
            return;
        }
        assert!(std::time::Instant::now() < deadline, "{job}");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_worker_that_is_told_to_end_hands_its_jobs_back_and_takes_its_record_away() {
    let setup = setup().with("STOA_JOBS__LEASE_S", "600").with("STOA_JOBS__DRAIN_S", "0");
    let (mut process, id) = setup.work().await;
    let db = setup.raw().await;
    let job = add(&db, job(None, 3_600_000, doc! {})).await;
    let taken = until(&db, job, "leased").await;
    assert_eq!(taken.text("lease_owner"), id.as_str());
    let workers = db.collection::<Document>("workers");
    let own = doc! { "_id": ObjectId::parse_str(&id).unwrap() };
    let record = workers.find_one(own.clone()).await.unwrap().unwrap();
    assert_eq!(record.number("pid"), i64::from(process.pid()));
    assert_eq!(record.text("command"), "worker");
    process.signal("TERM");
    assert_eq!(process.line().await, "1 jobs were handed back");
    let (status, log) = process.ended().await;
    assert!(status.success(), "{log}");
    assert_eq!(stored(&db, job).await.text("state"), "ready");
    assert!(workers.find_one(own).await.unwrap().is_none());
    setup.end().await;
}

#[tokio::test]
async fn a_server_works_too_unless_it_is_told_not_to() {
    let setup = setup();
    let process = setup.serve().await;
    let db = setup.raw().await;
    let first = add(&db, job(None, 0, doc! {})).await;
    until(&db, first, "done").await;
    process.signal("TERM");
    assert!(process.ended().await.0.success());
    let setup = setup.with("STOA_JOBS__ENABLED", "false");
    let process = setup.serve().await;
    let second = add(&db, job(None, 0, doc! {})).await;
    let (worker, _) = setup.work().await;
    let done = until(&db, second, "done").await;
    assert_eq!(done.number("fence"), 1);
    let workers =
        db.collection::<Document>("workers").count_documents(doc! { "command": "serve" }).await.unwrap();
    assert_eq!(workers, 0);
    drop::<(Process, Process)>((process, worker));
    setup.end().await;
}
