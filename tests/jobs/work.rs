//! Tests of what becomes of jobs: once each, in order, not before their time, broken off, handed back.

use super::{Fields, add, effects, end, job, jobs, settings, stored, until, workers};
use crate::support::TestApp;
use bson::{DateTime, Document, doc};
use futures::TryStreamExt;
use std::time::Duration;
use stoa::config::JobsSettings;
use stoa::jobs::{ProbeOptions, probe, run_due};

#[tokio::test]
async fn three_workers_that_take_jobs_at_once_never_share_one() {
    let app = TestApp::start().await;
    let (second, third) = (app.sibling().await, app.sibling().await);
    let many = JobsSettings { concurrency: 8, per_company: 100, lease_s: 30, ..settings() };
    let all = [&app, &second, &third].map(|app| workers(app, &many));
    let options = ProbeOptions { jobs: 300, hold: Duration::ZERO, patience: super::LONG };
    let figures = probe(&app.app, &options, |_| ()).await.unwrap();
    assert!(figures.exactly_once(), "{figures:?}");
    // Each lease was an attempt of its own. Of those some may fail on a busy machine: they leave nothing.
    let done = jobs(&app.raw, doc! { "kind": "jobs.probe" }).await;
    assert!(done.iter().all(|job| job.number("fence") == job.number("attempt")));
    for workers in all {
        assert_eq!(end(workers).await, 0);
    }
    second.finish_keeping().await;
    third.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn urgent_jobs_come_first_and_none_before_its_time() {
    let app = TestApp::start().await;
    let company = Some(app.tenant("a").await.id);
    let mut added = Vec::new();
    for priority in [9_i64, 0, 5] {
        added.push(add(&app.raw, job(company, 0, doc! { "priority": priority })).await);
    }
    let tomorrow = DateTime::from_millis(DateTime::now().timestamp_millis() + 86_400_000);
    let later = add(&app.raw, job(company, 0, doc! { "run_at": tomorrow, "priority": 0_i64 })).await;
    assert_eq!(run_due(&app.app).await.unwrap(), 3);
    let probes = app.raw.collection::<Document>("job_probes");
    let ends = probes.find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap();
    let ends: Vec<Document> = ends.try_collect().await.unwrap();
    let order: Vec<_> = ends.iter().map(|effect| effect.get_object_id("job_id").unwrap()).collect();
    assert_eq!(order, [added[1], added[2], added[0]]);
    assert_eq!(stored(&app.raw, later).await.text("state"), "ready");
    app.clock.advance(Duration::from_secs(86_401));
    assert_eq!(run_due(&app.app).await.unwrap(), 1);
    assert_eq!(effects(&app.raw, later).await, 1);
    assert_eq!(run_due(&app.app).await.unwrap(), 0);
    app.finish().await;
}

#[tokio::test]
async fn a_job_that_comes_due_is_begun_without_being_told_of() {
    let app = TestApp::start().await;
    let working = workers(&app, &settings());
    let soon = DateTime::from_millis(DateTime::now().timestamp_millis() + 1500);
    let id = add(&app.raw, job(None, 0, doc! { "run_at": soon })).await;
    let done = until(&app.raw, id, "done").await;
    assert!(*done.get_datetime("started_at").unwrap() >= soon);
    end(working).await;
    app.finish().await;
}

#[tokio::test]
async fn an_unreadable_payload_and_an_unknown_kind_are_told_and_harm_nothing() {
    let app = TestApp::start().await;
    let broken = add(&app.raw, job(None, 0, doc! { "payload": { "no": 1 } })).await;
    let unknown = add(&app.raw, job(None, 0, doc! { "kind": "no.such" })).await;
    let good = add(&app.raw, job(None, 0, doc! {})).await;
    let last = add(&app.raw, job(None, 0, doc! { "kind": "no.such", "fence": 1439_i64 })).await;
    assert_eq!(run_due(&app.app).await.unwrap(), 4);
    assert_eq!(stored(&app.raw, good).await.text("state"), "done");
    let broken = stored(&app.raw, broken).await;
    assert_eq!(broken.text("state"), "dead");
    assert_eq!(broken.text("last_error"), "The payload cannot be read.");
    // A newer program may know it: it waits for that, for a day, and loses none of its attempts.
    let unknown = stored(&app.raw, unknown).await;
    assert_eq!((unknown.text("state"), unknown.number("attempt")), ("ready", 0));
    assert!(
        unknown.get_datetime("run_at").unwrap().timestamp_millis()
            > DateTime::now().timestamp_millis() + 30_000
    );
    assert_eq!(stored(&app.raw, last).await.text("state"), "dead");
    app.finish().await;
}

#[tokio::test]
async fn a_worker_that_ends_hands_back_what_it_has_and_nobody_waits_for_the_lease() {
    let app = TestApp::start().await;
    let long = JobsSettings { lease_s: 3600, drain_s: 0, ..settings() };
    let first = workers(&app, &long);
    let id = add(&app.raw, job(None, 60_000, doc! {})).await;
    let held = until(&app.raw, id, "leased").await;
    assert_eq!(held.text("lease_owner"), first.id().to_hex().as_str());
    assert_eq!(end(first).await, 1);
    let back = stored(&app.raw, id).await;
    assert_eq!((back.text("state"), back.number("attempt")), ("ready", 0), "it does not count: {back}");
    assert!(back.get("lease_owner") == Some(&bson::Bson::Null) && effects(&app.raw, id).await == 0);
    let second = workers(&app, &long);
    let again = until(&app.raw, id, "leased").await;
    assert_eq!(again.number("fence"), 2);
    end(second).await;
    app.finish().await;
}

#[tokio::test]
async fn a_worker_that_ends_lets_running_jobs_finish_and_takes_no_more() {
    let app = TestApp::start().await;
    let mut working = workers(&app, &JobsSettings { concurrency: 1, ..settings() });
    let first = add(&app.raw, job(None, 1000, doc! {})).await;
    until(&app.raw, first, "leased").await;
    working.stop();
    let second = add(&app.raw, job(None, 0, doc! {})).await;
    assert_eq!(end(working).await, 0);
    assert_eq!(stored(&app.raw, first).await.text("state"), "done");
    assert_eq!(stored(&app.raw, second).await.text("state"), "ready");
    app.finish().await;
}
