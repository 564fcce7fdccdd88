//! Whether there is an account cannot be told from answers, work, writes or time.

use crate::support::TestApp;
use bson::{Document, doc};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Samples of each kind.
const SAMPLES: usize = 40;

#[tokio::test]
async fn asking_for_a_password_is_the_same_for_everyone() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.alter("users", doc! { "_id": a.client.id }, doc! { "$set": { "status": "disabled" } }).await;
    let mut seen = Vec::new();
    for email in
        [a.writer.email.as_str(), "nobody@a.example", a.client.email.as_str(), "NOBODY@elsewhere.example"]
    {
        let (commands, tokens, jobs) = (app.app.db().tripwire().seen(), "account_tokens", "jobs");
        let before = (app.count(tokens, doc! {}).await, app.count(jobs, doc! {}).await);
        let mut told = app.anonymous().post("/auth/password/forgot", json!({ "email": email })).await;
        told.headers.remove("x-request-id");
        let mut body = told.expect(202);
        assert_eq!(body["request_id"].take().as_str().unwrap().len(), 43);
        let after = (app.count(tokens, doc! {}).await, app.count(jobs, doc! {}).await);
        assert_eq!((after.0 - before.0, after.1 - before.1), (1, 1));
        let commands = app.app.db().tripwire().seen() - commands;
        let shape = shape_of(&app, tokens).await;
        seen.push((body, format!("{:?}", told.headers), commands, shape));
    }
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:#?}");
    assert_eq!(app.templates_to(&a.writer.email).await, ["password_reset"]);
    for email in [a.client.email.as_str(), "nobody@a.example", "nobody@elsewhere.example"] {
        assert!(app.mails_to(email).await.is_empty(), "{email}");
    }
    app.anonymous()
        .post("/auth/password/forgot", json!({ "email": "x" }))
        .await
        .refused(422, "validation_failed");
    app.finish().await;
}

/// Fields of the latest record, and which of them are empty.
async fn shape_of(app: &TestApp, collection: &str) -> Vec<(String, bool)> {
    let latest =
        app.raw.collection::<Document>(collection).find_one(doc! {}).sort(doc! { "expires_at": -1 }).await;
    let latest = latest.unwrap().unwrap();
    latest.iter().map(|(name, value)| (name.clone(), value.as_null().is_some())).collect()
}

#[tokio::test]
async fn requests_are_counted_for_everyone_alike() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    for email in [a.writer.email.as_str(), "nobody@a.example"] {
        let ask = || {
            app.anonymous()
                .coming_from("203.0.113.1")
                .post("/auth/password/forgot", json!({ "email": email }))
        };
        for _ in 0..5 {
            ask().await.expect(202);
        }
        let told = ask().await;
        told.refused(429, "rate_limited");
        assert!(told.header("retry-after").parse::<u64>().unwrap() > 60, "{email}");
        // From elsewhere the owner still gets a mail.
        let elsewhere = app.anonymous().coming_from("198.51.100.1");
        elsewhere.post("/auth/password/forgot", json!({ "email": email })).await.expect(202);
    }
    let mut told = Vec::new();
    for i in 0..25 {
        let body = json!({ "email": "nobody2@a.example" });
        told.push(
            app.anonymous()
                .coming_from(&format!("203.0.{i}.1"))
                .post("/auth/password/forgot", body)
                .await
                .status,
        );
    }
    assert_eq!(told.iter().filter(|status| **status == 202).count(), 20, "what a mailbox can bear");
    app.finish().await;
}

#[tokio::test]
async fn the_time_tells_nothing() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let known: Vec<String> = (0..SAMPLES).map(|i| format!("known{i}@a.example")).collect();
    for email in &known {
        let person = a.person(&app, stoa::permissions::Role::Client).await;
        app.alter("users", doc! { "_id": person.id }, doc! { "$set": { "email": email } }).await;
        app.raw
            .collection("user_emails")
            .insert_one(doc! { "_id": email, "user_id": person.id })
            .await
            .unwrap();
    }
    let (mut asked, mut tried) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
    let mut requests: Vec<(Value, Value)> = Vec::new();
    // In turn, so that what else the machine does falls on both alike.
    for (i, known) in known.iter().enumerate() {
        let ip = format!("203.0.{i}.1");
        let (time, one) = ask(&app, &ip, known).await;
        asked.0.push(time);
        let (time, other) = ask(&app, &ip, &format!("nobody{i}@a.example")).await;
        asked.1.push(time);
        requests.push((one, other));
    }
    stoa::jobs::run_due(&app.app).await.unwrap();
    for (i, (known, unknown)) in requests.iter().enumerate() {
        let ip = format!("203.0.{i}.1");
        tried.0.push(guess(&app, &ip, known).await);
        tried.1.push(guess(&app, &ip, unknown).await);
    }
    for (what, (known, unknown)) in [("asked", asked), ("tried", tried)] {
        let (known, unknown) = (median(known), median(unknown));
        let apart = known.abs_diff(unknown);
        eprintln!("{what}: known {known:?}, unknown {unknown:?}");
        // Hashing the code alone takes more than what is left open here for the noise of a busy machine.
        assert!(
            apart < Duration::from_millis(5) + known.max(unknown) / 5,
            "{what}: {known:?} and {unknown:?}"
        );
    }
    app.finish().await;
}

async fn ask(app: &TestApp, ip: &str, email: &str) -> (Duration, Value) {
    let ask = app.anonymous().coming_from(ip);
    let started = Instant::now();
    let told = ask.post("/auth/password/forgot", json!({ "email": email })).await;
    (started.elapsed(), told.expect(202)["request_id"].clone())
}

async fn guess(app: &TestApp, ip: &str, request: &Value) -> Duration {
    let body = json!({ "request_id": request, "code": "wrong", "new_password": "another 7Good&Pass%phrase" });
    let ask = app.anonymous().coming_from(ip);
    let started = Instant::now();
    ask.post("/auth/password/reset", body).await.refused(422, "invalid_token");
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
