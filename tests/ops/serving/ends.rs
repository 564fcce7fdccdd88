//! Tests of the end of the program: drained, forced, cut off, with its database, and without it.

use super::process::{LONG, Process, Setup, get, until};
use bson::{Document, doc};
use std::time::Instant;
use tokio::task::JoinHandle;

/// Sends a log-in that fails and therefore takes the configured least time, and returns once it is under way.
async fn slow_request(setup: &Setup, process: &Process) -> JoinHandle<reqwest::Result<reqwest::Response>> {
    let body = r#"{"username":"nobody@example.com","password":"not the password"}"#;
    let request = reqwest::Client::new().post(format!("{}/auth/token", process.url));
    let request = request.header("content-type", "application/json").body(body);
    let answer = tokio::spawn(request.send());
    let buckets = setup.raw().await.collection::<Document>("throttle_buckets");
    let deadline = Instant::now() + LONG;
    while buckets.count_documents(doc! {}).await.unwrap() == 0 {
        assert!(Instant::now() < deadline, "the request does not arrive");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    answer
}

#[tokio::test]
async fn a_signal_is_announced_and_what_is_under_way_is_finished() {
    let setup = Setup::new().with("STOA_SERVER__DRAIN_S", "2").with("STOA_AUTH__LOGIN_FLOOR_MS", "4000");
    let process = setup.serve().await;
    assert_eq!(get(&format!("{}/health/ready", process.url)).await.0, 200);
    let answer = slow_request(&setup, &process).await;
    process.signal("TERM");
    // Load balancers learn it, and are still served until they have.
    until(&format!("{}/health/ready", process.url), |status, body| {
        status == 503 && body["status"] == "draining"
    })
    .await;
    let (status, body) = get(&format!("{}/health/live", process.url)).await;
    assert_eq!((status, body["status"].as_str()), (200, Some("live")));
    let url = process.url.clone();
    assert_eq!(answer.await.unwrap().unwrap().status(), 401);
    let (status, log) = process.ended().await;
    assert!(status.success(), "{log}");
    assert!(log.contains("Clean"), "{log}");
    assert!(reqwest::get(format!("{url}/health/live")).await.unwrap_err().is_connect());
    setup.end().await;
}

#[tokio::test]
async fn a_second_signal_does_not_wait() {
    let setup = Setup::new().with("STOA_AUTH__LOGIN_FLOOR_MS", "10000");
    let process = setup.serve().await;
    let answer = slow_request(&setup, &process).await;
    let begin = Instant::now();
    process.signal("TERM");
    process.signal("INT");
    let (status, log) = process.ended().await;
    assert!(!status.success() && status.code().is_some(), "{status}: {log}");
    assert!(begin.elapsed().as_secs() < 10, "it waited for the request");
    assert!(answer.await.unwrap().is_err());
    setup.end().await;
}

#[tokio::test]
async fn requests_that_take_too_long_are_cut_off() {
    let setup = Setup::new().with("STOA_SERVER__SHUTDOWN_S", "1").with("STOA_AUTH__LOGIN_FLOOR_MS", "10000");
    let process = setup.serve().await;
    let answer = slow_request(&setup, &process).await;
    process.signal("TERM");
    let (status, log) = process.ended().await;
    assert!(!status.success() && log.contains("cut off"), "{status}: {log}");
    assert!(answer.await.unwrap().is_err());
    setup.end().await;
}

#[tokio::test]
async fn connections_without_a_request_do_not_hold_up_the_end() {
    let setup = Setup::new().with("STOA_SERVER__SHUTDOWN_S", "600");
    let process = setup.serve().await;
    let client = reqwest::Client::new();
    assert_eq!(client.get(format!("{}/health/live", process.url)).send().await.unwrap().status(), 200);
    let silent = tokio::net::TcpStream::connect(process.url.trim_start_matches("http://")).await.unwrap();
    process.signal("TERM");
    let (status, log) = process.ended().await;
    assert!(status.success(), "{log}");
    drop((client, silent));
    setup.end().await;
}

#[tokio::test]
async fn an_embedded_database_ends_with_the_program_and_comes_back_after_a_crash() {
    let setup = Setup::embedded();
    let lock = setup.folder.path().join(".stoa/data/db/mongod.lock");
    let process = setup.serve().await;
    assert!(!std::fs::read_to_string(&lock).unwrap().trim().is_empty());
    process.signal("INT");
    let (status, log) = process.ended().await;
    assert!(status.success(), "{log}");
    assert!(std::fs::read_to_string(&lock).unwrap().trim().is_empty(), "the database ended in order");

    let process = setup.serve().await;
    process.signal("KILL");
    let (status, _) = process.ended().await;
    assert_eq!(status.code(), None, "killed");

    let process = setup.serve().await;
    assert_eq!(get(&format!("{}/health/ready", process.url)).await.0, 200);
    process.signal("TERM");
    let (status, log) = process.ended().await;
    assert!(status.success(), "{log}");
}

#[tokio::test]
async fn the_program_ends_with_a_reason_when_its_database_does() {
    let setup = Setup::embedded();
    let process = setup.serve().await;
    let lock = setup.folder.path().join(".stoa/data/db/mongod.lock");
    let pid = std::fs::read_to_string(&lock).unwrap().trim().to_owned();
    let kill = std::process::Command::new("sh").args(["-c", "kill -9 \"$1\"", "sh", &pid]).status();
    assert!(kill.unwrap().success());
    let (status, log) = process.ended().await;
    assert_eq!(status.code(), Some(1), "{log}");
    assert!(log.contains("error: mongod ended"), "{log}");
}
