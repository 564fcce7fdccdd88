//! Throttling of log-ins: exact under parallel guesses, and of no use to lock others out.

use crate::support::{PASSWORD, TestApp};
use bson::doc;
use futures::future::join_all;
use serde_json::json;
use std::time::{Duration, Instant};
use stoa::db::{Attempts, Author};

/// Guesses that are judged at most: after the fifth one more two seconds later, the next four seconds after that, and
/// so on.
fn admitted(started: Instant) -> usize {
    let elapsed = started.elapsed().as_secs();
    5 + (1..16).take_while(|pauses| elapsed >= (2 << pauses) - 2).count()
}

#[tokio::test]
async fn of_a_hundred_parallel_guesses_five_are_judged() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let started = Instant::now();
    let at = [&app, &other];
    let guess = |i: usize| {
        let body = json!({ "username": a.writer.email, "password": format!("guess number {i}") });
        at[i % 2].anonymous().coming_from(&format!("203.0.113.{i}")).post("/auth/token", body)
    };
    let answers = join_all((0..100).map(guess)).await;
    let admitted = admitted(started);
    let judged = answers.iter().filter(|answer| answer.status == 401).count();
    assert!((5..=admitted).contains(&judged), "{judged} of at most {admitted}");
    for answer in answers.iter().filter(|answer| answer.status != 401) {
        answer.refused(429, "rate_limited");
        assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
    }
    app.app.aside().settled().await;
    other.app.aside().settled().await;
    assert_eq!(app.count("audit_log", doc! { "action": "auth.login_failed" }).await, judged as u64);
    // The guesser's network has to wait; the owner, elsewhere, has not.
    hold(&app).await;
    let body = json!({ "username": a.writer.email, "password": PASSWORD });
    app.anonymous()
        .coming_from("203.0.113.200")
        .post("/auth/token", body.clone())
        .await
        .refused(429, "rate_limited");
    app.anonymous().coming_from("198.51.100.7").post("/auth/token", body).await.expect(200);
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn every_failed_log_in_takes_the_floor() {
    let floor = Duration::from_millis(400);
    let app = TestApp::start_with(|limits| limits.login_floor = floor).await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    app.give_password(&a.client).await;
    app.alter("users", doc! { "_id": a.client.id }, doc! { "$set": { "status": "disabled" } }).await;
    for email in ["nobody@a.example", "no address", &a.writer.email, &a.client.email] {
        let password = if email == a.writer.email { "wrong" } else { PASSWORD };
        let started = Instant::now();
        app.try_log_in(email, password).await.refused(401, "invalid_grant");
        assert!(started.elapsed() >= floor, "{email} after {:?}", started.elapsed());
    }
    app.finish().await;
}

#[tokio::test]
async fn a_failed_log_in_does_not_wait_for_the_companys_writes() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let author = Author { user: None, company: Some(a.id) };
    let writing = Attempts::start(app.app.db(), author).await.unwrap();
    let told = tokio::time::timeout(Duration::from_secs(10), app.try_log_in(&a.writer.email, "wrong")).await;
    told.expect("an answer while the company writes").refused(401, "invalid_grant");
    let failed = doc! { "action": "auth.login_failed", "resource_id": a.writer.id };
    assert_eq!(app.count("audit_log", failed.clone()).await, 0, "it stands in line");
    drop(writing);
    app.app.aside().settled().await;
    assert_eq!(app.count("audit_log", failed).await, 1, "and is written though the answer is out");
    app.finish().await;
}

#[tokio::test]
async fn a_success_gives_the_places_back() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    for _ in 0..3 {
        for _ in 0..4 {
            app.try_log_in(&a.writer.email, "wrong").await.refused(401, "invalid_grant");
        }
        app.try_log_in(&a.writer.email, PASSWORD).await.expect(200);
    }
    let left = app.raw.collection::<bson::Document>("throttle_buckets");
    let failures = left.find_one(doc! { "failures": { "$gt": 0_i64 } }).await.unwrap();
    assert!(failures.is_none(), "{failures:?}");
    app.finish().await;
}

/// Makes the pauses that began last for ten minutes more: however slow the machine is, they are not over.
async fn hold(app: &TestApp) {
    let later = bson::DateTime::from_millis(bson::DateTime::now().timestamp_millis() + 600_000);
    let paused = doc! { "_id": { "$not": { "$regex": "^login:failures:" } }, "failures": { "$gte": 5_i64 } };
    app.alter("throttle_buckets", paused, doc! { "$set": { "next_at": later, "expires_at": later } }).await;
}

/// Locks all accounts that were tried, as a hundred wrong passwords do.
async fn lock(app: &TestApp) {
    let account = doc! { "_id": { "$regex": "^login:failures:" } };
    let later = bson::DateTime::from_millis(bson::DateTime::now().timestamp_millis() + 86_400_000);
    app.alter("throttle_buckets", account, doc! { "$set": { "failures": 100_i64, "expires_at": later } })
        .await;
}

#[tokio::test]
async fn guesses_from_elsewhere_lock_nobody_out_of_where_they_log_in() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let from = |ip: &str, password: &str| {
        let body = json!({ "username": a.writer.email, "password": password });
        app.anonymous().coming_from(ip).post("/auth/token", body)
    };
    from("203.0.113.1", PASSWORD).await.expect(200);
    lock(&app).await;
    from("198.51.100.1", PASSWORD).await.refused(401, "invalid_grant");
    from("203.0.113.77", PASSWORD).await.expect(200);
    from("198.51.100.1", PASSWORD).await.refused(401, "invalid_grant");
    // There too guesses have to wait: the pair has its own count.
    for _ in 0..5 {
        from("203.0.113.5", "wrong").await.refused(401, "invalid_grant");
    }
    hold(&app).await;
    from("203.0.113.1", PASSWORD).await.refused(429, "rate_limited");
    app.alter(
        "throttle_buckets",
        doc! { "_id": { "$regex": "^login:pair:" } },
        doc! { "$set": { "failures": 0_i64 } },
    )
    .await;
    from("203.0.113.1", PASSWORD).await.expect(200);
    app.clock.advance(Duration::from_secs(31 * 86_400));
    from("203.0.113.1", PASSWORD).await.refused(401, "invalid_grant");
    app.finish().await;
}

#[tokio::test]
async fn a_thief_of_a_session_does_not_guess_faster_by_changing_networks() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let tokens = app.log_in(&a.writer).await;
    let step_up = |at: usize, password: &str| {
        let ask = tokens.ask(&app).coming_from(&format!("203.0.{at}.1"));
        ask.post("/auth/step_up", json!({ "password": password }))
    };
    let started = Instant::now();
    let guesses = join_all((0..30).map(|at| step_up(at, "wrong"))).await;
    let judged = guesses.iter().filter(|answer| answer.status == 422).count();
    let admitted = admitted(started);
    assert!((5..=admitted).contains(&judged), "{judged} of at most {admitted}");
    hold(&app).await;
    step_up(99, PASSWORD).await.refused(429, "rate_limited");
    let failures = app.count(
        "throttle_buckets",
        doc! { "_id": { "$regex": "^login:failures:" }, "failures": { "$gt": 0 } },
    );
    assert_eq!(failures.await, 0, "log-ins are not locked by it");
    app.finish().await;
}

#[tokio::test]
async fn a_locked_account_keeps_its_sessions_and_an_admin_unlocks_it() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let tokens = app.log_in(&a.writer).await;
    lock(&app).await;
    let elsewhere = || {
        let body = json!({ "username": a.writer.email, "password": PASSWORD });
        app.anonymous().coming_from("198.51.100.1").post("/auth/token", body)
    };
    elsewhere().await.refused(401, "invalid_grant");
    tokens.ask(&app).get("/auth/me").await.expect(200);
    tokens.ask(&app).post("/auth/step_up", json!({ "password": PASSWORD })).await.expect(200);
    let change = json!({ "current_password": PASSWORD, "new_password": "another 7Good&Pass%phrase" });
    tokens.ask(&app).post("/auth/password/change", change).await.expect(200);
    app.give_password(&a.writer).await;
    elsewhere().await.refused(401, "invalid_grant");
    let path = format!("/api/users/{}/enable", a.writer.id.to_hex());
    let enable = || a.admin.ask().with("idempotency-key", "k").post(&path, json!({}));
    enable().await.expect(200);
    assert_eq!(enable().await.header("idempotency-replayed"), "true");
    a.admin.ask().post(&path, json!({})).await.expect(200);
    let acts = doc! { "action": { "$in": ["users.unlock", "users.enable"] } };
    assert_eq!(app.count("audit_log", acts).await, 1, "one act, told once");
    let unlocked = app.stored("audit_log", doc! { "action": "users.unlock" }).await.unwrap();
    assert_eq!(unlocked.get_object_id("resource_id").unwrap(), a.writer.id);
    assert_eq!(unlocked.get_object_id("actor_id").unwrap(), a.admin.id);
    elsewhere().await.expect(200);
    app.finish().await;
}
