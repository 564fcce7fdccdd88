//! Tests of leases: renewed while the work goes on, lost, run out, and fenced.

use super::{Fields, add, effects, end, job, settings, stored, until, workers};
use crate::support::TestApp;
use bson::{DateTime, Document, doc, oid::ObjectId};

async fn set(app: &TestApp, id: ObjectId, fields: Document) {
    let jobs = app.raw.collection::<Document>("jobs");
    assert_eq!(jobs.update_one(doc! { "_id": id }, doc! { "$set": fields }).await.unwrap().matched_count, 1);
}

fn past() -> DateTime {
    DateTime::from_millis(DateTime::now().timestamp_millis() - 1000)
}

#[tokio::test]
async fn a_job_longer_than_three_leases_is_not_stolen() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let short = stoa::config::JobsSettings { lease_s: 3, ..settings() };
    let working = [workers(&app, &short), workers(&other, &short)];
    let id = add(&app.raw, job(None, 9500, doc! {})).await;
    let done = until(&app.raw, id, "done").await;
    assert_eq!((done.number("attempt"), done.number("fence")), (1, 1), "{done}");
    assert_eq!(effects(&app.raw, id).await, 1);
    for workers in working {
        end(workers).await;
    }
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn a_stale_worker_leaves_no_effect() {
    let app = TestApp::start().await;
    // Its lease outlives the test: nothing but the fence is in the way.
    let working = workers(&app, &stoa::config::JobsSettings { lease_s: 3600, ..settings() });
    let id = add(&app.raw, job(None, 500, doc! {})).await;
    until(&app.raw, id, "leased").await;
    // As if it had run out, and another worker had taken it.
    set(&app, id, doc! { "fence": 7_i64, "lease_owner": "another" }).await;
    assert_eq!(end(working).await, 0);
    let after = stored(&app.raw, id).await;
    assert_eq!((after.text("state"), after.number("fence")), ("leased", 7), "{after}");
    assert_eq!(effects(&app.raw, id).await, 0);
    app.finish().await;
}

#[tokio::test]
async fn work_whose_lease_was_lost_is_broken_off() {
    let app = TestApp::start().await;
    let working = workers(&app, &settings());
    let id = add(&app.raw, job(None, 3_600_000, doc! {})).await;
    until(&app.raw, id, "leased").await;
    set(&app, id, doc! { "fence": 7_i64, "lease_owner": "another", "lease_until": DateTime::MAX }).await;
    let begin = std::time::Instant::now();
    // It has nothing to hand back long before the time that running jobs get is over.
    assert_eq!(end(working).await, 0);
    assert!(begin.elapsed() < settings().drain());
    assert_eq!(stored(&app.raw, id).await.number("fence"), 7);
    app.finish().await;
}

#[tokio::test]
async fn a_job_that_fails_after_someone_asked_to_cancel_it_is_not_begun_again() {
    let app = TestApp::start().await;
    // It is not renewed before it fails, so nobody has told the worker.
    let id = add(&app.raw, job(None, 0, doc! { "kind": "no.such", "cancel_requested": true })).await;
    assert_eq!(stoa::jobs::run_due(&app.app).await.unwrap(), 1);
    let after = stored(&app.raw, id).await;
    assert_eq!((after.text("state"), after.get_bool("cancel_requested").unwrap()), ("cancelled", false));
    assert!(after.get_datetime("finished_at").is_ok() && after.text("lease_owner").is_empty());
    app.finish().await;
}

#[tokio::test]
async fn jobs_of_lost_workers_are_tried_again_until_their_attempts_are_used_up() {
    let app = TestApp::start().await;
    let lost = |attempt: i64| {
        doc! { "state": "leased", "lease_owner": "gone", "lease_until": past(), "attempt": attempt, "fence": attempt }
    };
    let again = add(&app.raw, job(None, 0, lost(1))).await;
    let poison = add(&app.raw, job(None, 0, lost(20))).await;
    let mut unwanted = lost(1);
    unwanted.insert("cancel_requested", true);
    let unwanted = add(&app.raw, job(None, 0, unwanted)).await;
    let mut alive = lost(1);
    alive.insert("lease_until", DateTime::from_millis(past().timestamp_millis() + 600_000));
    let alive = add(&app.raw, job(None, 0, alive)).await;
    let working = workers(&app, &settings());
    let done = until(&app.raw, again, "done").await;
    assert_eq!((done.number("attempt"), effects(&app.raw, again).await), (2, 1));
    let dead = until(&app.raw, poison, "dead").await;
    assert_eq!(dead.text("last_error"), "Its worker was not heard of in time.");
    assert_eq!(effects(&app.raw, poison).await, 0);
    until(&app.raw, unwanted, "cancelled").await;
    assert_eq!(stored(&app.raw, alive).await.text("lease_owner"), "gone");
    end(working).await;
    app.finish().await;
}

#[tokio::test]
async fn the_work_tells_how_far_it_is() {
    let app = TestApp::start().await;
    let working = workers(&app, &stoa::config::JobsSettings { drain_s: 0, ..settings() });
    let id = add(&app.raw, job(None, 60_000, doc! {})).await;
    let deadline = std::time::Instant::now() + super::LONG;
    while stored(&app.raw, id).await.text("progress_note") != "holding" {
        assert!(std::time::Instant::now() < deadline);
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(stored(&app.raw, id).await.number("progress"), 0);
    end(working).await;
    app.finish().await;
}
