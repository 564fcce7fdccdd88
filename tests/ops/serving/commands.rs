//! Tests of the commands and of starts that cannot be completed at once.

use super::process::{Setup, get};
use bson::{DateTime, Document, doc};
use stoa::migrations::STEPS;

#[tokio::test]
async fn five_instances_start_together_on_an_empty_database() {
    let setup = Setup::new();
    let started = futures::future::join_all((0..5).map(|_| setup.serve())).await;
    for process in &started {
        assert_eq!(get(&format!("{}/health/ready", process.url)).await.0, 200);
    }
    let records = setup.raw().await.collection::<Document>("migrations");
    let done = records.count_documents(doc! { "state": "done" }).await.unwrap();
    assert_eq!(done, STEPS.len() as u64);
    for process in started {
        process.signal("TERM");
        let (status, log) = process.ended().await;
        assert!(status.success(), "{log}");
    }
    setup.end().await;
}

#[tokio::test]
async fn who_waits_for_a_migration_lives_and_is_not_ready() {
    let setup = Setup::new();
    let raw = setup.raw().await;
    let later = DateTime::from_millis(DateTime::now().timestamp_millis() + 3_600_000);
    let held = doc! { "_id": "lock", "holder": "another", "fencing": 1_i64, "expires_at": later };
    raw.collection("migration_lock").insert_one(held).await.unwrap();
    let mut process = setup.listen().await;
    let ask = async |path: &str| get(&format!("{}{path}", process.url)).await;
    assert_eq!(ask("/health/live").await.0, 200);
    assert_eq!(ask("/health/startup").await.0, 503);
    let (status, body) = ask("/health/ready").await;
    assert_eq!((status, body["status"].as_str()), (503, Some("starting")));
    assert_eq!((&body["migrations"], &body["writes"]), (&false.into(), &true.into()));
    let (status, body) = ask("/api/tickets").await;
    assert_eq!((status, body["code"].as_str()), (503, Some("dependency_unavailable")));
    // A person reads words, and the browser asks again.
    let page = reqwest::Client::new().get(&process.url).header("accept", "text/html").send().await.unwrap();
    assert_eq!((page.status().as_u16(), &page.headers()["retry-after"]), (503, &"2".parse().unwrap()));
    assert!(page.text().await.unwrap().contains("The server is starting."));

    let free = doc! { "$set": { "expires_at": DateTime::from_millis(0) } };
    raw.collection::<Document>("migration_lock").update_one(doc! {}, free).await.unwrap();
    assert_eq!(process.line().await, "Stoa is ready");
    assert_eq!(get(&format!("{}/health/startup", process.url)).await.0, 200);
    process.signal("TERM");
    assert!(process.ended().await.0.success());
    setup.end().await;
}

#[tokio::test]
async fn a_start_that_waits_can_be_ended() {
    let setup = Setup::new();
    let later = DateTime::from_millis(DateTime::now().timestamp_millis() + 3_600_000);
    let held = doc! { "_id": "lock", "holder": "another", "fencing": 1_i64, "expires_at": later };
    setup.raw().await.collection("migration_lock").insert_one(held).await.unwrap();
    let process = setup.listen().await;
    process.signal("TERM");
    let (status, log) = process.ended().await;
    assert!(status.success(), "{log}");
    setup.end().await;
}

#[tokio::test]
async fn a_database_that_is_away_at_the_start_is_waited_for() {
    // Nothing listens there.
    let setup = Setup::new()
        .with("MONGO_URI", "mongodb://127.0.0.1:9/")
        .with("STOA_DATABASE__SELECTION_TIMEOUT_S", "1");
    let process = setup.listen().await;
    assert_eq!(get(&format!("{}/health/live", process.url)).await.0, 200);
    let (status, body) = get(&format!("{}/health/ready", process.url)).await;
    assert_eq!((status, &body["reads"], &body["writes"]), (503, &false.into(), &false.into()));
    process.signal("TERM");
    let (status, log) = process.ended().await;
    assert!(status.success(), "{log}");
    setup.end().await;
}

#[tokio::test]
async fn an_edited_step_keeps_the_server_from_starting() {
    let setup = Setup::new();
    let (good, text) = setup.run(&["migrate"]).await;
    assert!(good && text.contains(&format!("done     {}", STEPS[0].id)), "{text}");
    let records = setup.raw().await.collection::<Document>("migrations");
    let edit = doc! { "$set": { "checksum": "another" } };
    records.update_one(doc! { "_id": STEPS[0].id }, edit).await.unwrap();
    let (good, text) = setup.run(&["serve"]).await;
    assert!(!good && text.contains("--accept-checksum"), "{text}");
    let (_, text) = setup.run(&["migrate", "status"]).await;
    assert!(text.contains(&format!("changed  {}", STEPS[0].id)), "{text}");
    let (good, text) = setup.run(&["migrate", "--accept-checksum", STEPS[0].id]).await;
    assert!(good, "{text}");
    let (good, text) = setup.run(&["migrate", "--dry-run"]).await;
    assert!(good && text.contains("nothing to do"), "{text}");
    setup.end().await;
}

#[tokio::test]
async fn drift_is_told_and_fails_the_command() {
    let setup = Setup::new();
    assert!(setup.run(&["migrate"]).await.0);
    let drop = doc! { "dropIndexes": "tickets", "index": "ticket_number" };
    setup.raw().await.run_command(drop).await.unwrap();
    let (good, text) = setup.run(&["migrate", "status"]).await;
    assert!(!good && text.contains("drift    tickets: the index ticket_number is missing"), "{text}");
    setup.end().await;
}

#[tokio::test]
async fn faults_of_settings_and_secrets_are_told_and_no_secret_is() {
    let setup = Setup::new().with("STOA_SERVER__METRICS_NETWORKS", "10.0.0.0/99").with("STOA_NO__SUCH", "1");
    let (good, text) = setup.run(&["check-config"]).await;
    assert!(!good && text.contains("server.metrics_networks") && text.contains("no.such"), "{text}");
    let setup = Setup::new().with("JWT_SECRET", "hunter2");
    for command in ["check-config", "serve"] {
        let (good, text) = setup.run(&[command]).await;
        assert!(!good && text.contains("JWT_SECRET") && !text.contains("hunter2"), "{text}");
    }
    let setup = Setup::new().with("JWT_SECRET", "hunter2-hunter2-hunter2-hunter2-hunter2");
    let (good, text) = setup.run(&["check-config"]).await;
    assert!(good && text.contains("JWT_SECRET = [redacted]") && !text.contains("hunter2"), "{text}");
    let setup = Setup::new().with("MONGO_URI", "mongodb://stoa:hunter2@127.0.0.1:port/");
    let (good, text) = setup.run(&["serve"]).await;
    assert!(!good && text.contains("MONGO_URI") && !text.contains("hunter2"), "{text}");
}

#[tokio::test]
async fn routes_and_document_come_without_a_database() {
    let setup = Setup::new().with("MONGO_URI", "mongodb://127.0.0.1:9/");
    let (good, text) = setup.run(&["routes"]).await;
    assert!(good, "{text}");
    let line = |words: &[&str]| text.lines().any(|line| line.split_whitespace().eq(words.iter().copied()));
    assert!(line(&["GET", "/api/departments/{id}", "departments.read"]), "{text}");
    assert!(line(&["GET", "/health/live", "(public)"]), "{text}");
    let (good, text) = setup.run(&["openapi"]).await;
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(good && document["paths"]["/health/live"]["get"].is_object());
}
