//! Tests of `/api/jobs` and `/api/workers`: who sees and does what, and what becomes of the jobs.

use crate::jobs::{Fields, add, effects, end, job, settings, stored, until, workers};
use crate::support::{Persona, TestApp};
use bson::{Document, doc, oid::ObjectId};
use serde_json::json;
use stoa::jobs::run_due;

async fn act(person: &Persona, id: ObjectId, action: &str) -> crate::support::Answer {
    person.ask().post(&format!("/api/jobs/{}/{action}", id.to_hex()), json!({})).await
}

#[tokio::test]
async fn a_job_that_was_given_up_is_tried_again_with_all_its_attempts() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let dead = doc! {
        "state": "dead", "attempt": 20_i64, "last_error": "x", "finished_at": bson::DateTime::now(),
        "unique_key": "secret-key",
    };
    let id = add(&app.raw, job(Some(a.id), 0, dead)).await;
    let answer = act(&a.admin, id, "retry").await;
    let body = answer.expect(200);
    assert_eq!(
        (&body["state"], &body["attempt"], &body["last_error"]),
        (&json!("ready"), &json!(0), &json!(null))
    );
    assert!(body.get("payload").is_none() && !answer.text().contains("secret-key"), "{body}");
    assert_eq!(answer.header("etag"), "\"2.all\"");
    act(&a.admin, id, "retry").await.refused(409, "invalid_transition");
    assert_eq!(run_due(&app.app).await.unwrap(), 1);
    assert_eq!(effects(&app.raw, id).await, 1);
    let log = a.admin.ask().list("/api/audit_log", json!({ "resource": "jobs" })).await.expect(200);
    let entry = &log["data"][0];
    assert_eq!(
        (&entry["action"], &entry["resource_id"]),
        (&json!("jobs.retry"), &json!(id.to_hex())),
        "{log}"
    );
    assert_eq!(entry["actor_id"], a.admin.id.to_hex());
    app.finish().await;
}

#[tokio::test]
async fn a_waiting_job_is_cancelled_at_once_and_can_be_tried_again() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let id = add(&app.raw, job(Some(a.id), 0, doc! {})).await;
    let body = act(&a.admin, id, "cancel").await.expect(200);
    assert_eq!(body["state"], "cancelled");
    assert!(body["finished_at"].is_string());
    assert_eq!(run_due(&app.app).await.unwrap(), 0);
    act(&a.admin, id, "cancel").await.refused(409, "invalid_transition");
    act(&a.admin, id, "retry").await.expect(200);
    assert_eq!(run_due(&app.app).await.unwrap(), 1);
    act(&a.admin, id, "cancel").await.refused(409, "invalid_transition");
    let log = a.admin.ask().list("/api/audit_log", json!({ "resource": "jobs" })).await.expect(200);
    let actions: Vec<_> =
        log["data"].as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect();
    assert_eq!(actions, ["jobs.retry", "jobs.cancel"]);
    app.finish().await;
}

#[tokio::test]
async fn a_running_job_is_broken_off_when_its_worker_learns_that_it_is_unwanted() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let working = workers(&app, &settings());
    let id = add(&app.raw, job(Some(a.id), 3_600_000, doc! {})).await;
    until(&app.raw, id, "leased").await;
    let body = act(&a.admin, id, "cancel").await.expect(200);
    assert_eq!((&body["state"], &body["cancel_requested"]), (&json!("leased"), &json!(true)));
    let gone = until(&app.raw, id, "cancelled").await;
    assert_eq!((gone.get_bool("cancel_requested").unwrap(), effects(&app.raw, id).await), (false, 0));
    end(working).await;
    app.finish().await;
}

#[tokio::test]
async fn jobs_of_another_company_are_not_to_be_seen_nor_touched() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let root = app.superadmin().await;
    let id = add(&app.raw, job(Some(a.id), 0, doc! {})).await;
    let platform = add(&app.raw, job(None, 0, doc! {})).await;
    for action in ["retry", "cancel"] {
        for foreign in [id, platform, ObjectId::new()] {
            act(&b.admin, foreign, action).await.refused(404, "not_found");
        }
        for person in [&a.manager, &a.writer, &a.client] {
            act(person, id, action).await.refused(403, "forbidden");
        }
    }
    assert_eq!(stored(&app.raw, id).await.number("version"), 1);
    assert_eq!(b.admin.ask().list("/api/jobs", json!({})).await.expect(200)["data"], json!([]));
    // The operators see all of them, and the company reads in its log who did what.
    let all = root.ask().list("/api/jobs", json!({})).await.expect(200);
    assert_eq!(all["data"].as_array().unwrap().len(), 2);
    act(&root, id, "cancel").await.expect(200);
    act(&root, platform, "cancel").await.expect(200);
    let log = a.admin.ask().list("/api/audit_log", json!({ "resource": "jobs" })).await.expect(200);
    assert_eq!(log["data"].as_array().unwrap().len(), 1);
    assert_eq!(log["data"][0]["actor_id"], root.id.to_hex());
    app.finish().await;
}

#[tokio::test]
async fn a_repeated_call_acts_once_and_unknown_fields_are_refused() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let id = add(&app.raw, job(Some(a.id), 0, doc! {})).await;
    let path = format!("/api/jobs/{}/cancel", id.to_hex());
    a.admin.ask().post(&path, json!({ "state": "done" })).await.refused(422, "unknown_field");
    a.admin
        .ask()
        .with("if-match", "\"9.all\"")
        .post(&path, json!({}))
        .await
        .refused(412, "precondition_failed");
    let first = a.admin.ask().with("idempotency-key", "k").post(&path, json!({})).await;
    let again = a.admin.ask().with("idempotency-key", "k").post(&path, json!({})).await;
    assert_eq!(first.expect(200), again.expect(200));
    app.finish().await;
}

#[tokio::test]
async fn operators_see_the_workers_and_nobody_else_does() {
    let app = TestApp::start().await;
    let (a, root) = (app.tenant("a").await, app.superadmin().await);
    let working = workers(&app, &stoa::config::JobsSettings { drain_s: 0, ..settings() });
    let id = working.id().to_hex();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    let list = loop {
        let list = root.ask().list("/api/workers", json!({})).await.expect(200);
        if list["data"][0]["id"] == json!(id) {
            break list;
        }
        assert!(std::time::Instant::now() < deadline, "{list}");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    };
    let worker = &list["data"][0];
    assert_eq!((&worker["command"], &worker["state"]), (&json!("test"), &json!("working")));
    assert_eq!(worker["pid"], std::process::id());
    root.ask().get(&format!("/api/workers/{id}")).await.expect(200);
    for person in a.everyone() {
        person.ask().get("/api/workers").await.refused(403, "forbidden");
        person.ask().get(&format!("/api/workers/{id}")).await.refused(403, "forbidden");
    }
    end(working).await;
    let left = app.raw.collection::<Document>("workers").count_documents(doc! {}).await.unwrap();
    assert_eq!(left, 0);
    app.finish().await;
}
