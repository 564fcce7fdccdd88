//! Tests of clients that hold connections without using them.

use super::process::{LONG, Setup};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Seconds until the server closes a connection on which only `sent` was said.
async fn seconds_until_closed(address: &str, sent: &str) -> u64 {
    let mut client = TcpStream::connect(address).await.unwrap();
    client.write_all(sent.as_bytes()).await.unwrap();
    let begin = Instant::now();
    let mut rest = Vec::new();
    // A reset is an end too.
    let _ = tokio::time::timeout(LONG, client.read_to_end(&mut rest)).await.expect("it is never closed");
    begin.elapsed().as_secs()
}

/// Asks, waits for the answer, says nothing for `seconds`, and asks again.
async fn answers_after_a_pause(address: &str, seconds: u64) -> bool {
    let mut client = TcpStream::connect(address).await.unwrap();
    let mut answered = 0;
    for pause in [seconds, 0] {
        client.write_all(b"GET /health/live HTTP/1.1\r\nhost: stoa\r\n\r\n").await.unwrap();
        let mut buffer = vec![0; 4096];
        let read = client.read(&mut buffer).await.unwrap_or_default();
        answered += usize::from(buffer[..read].starts_with(b"HTTP/1.1 200"));
        tokio::time::sleep(Duration::from_secs(pause)).await;
    }
    answered == 2
}

#[tokio::test]
async fn slow_heads_are_cut_off_and_quiet_clients_are_not() {
    let setup = Setup::new();
    let process = setup.serve().await;
    let address = process.url.trim_start_matches("http://");
    let (nothing, part, preface, quiet) = tokio::join!(
        seconds_until_closed(address, ""),
        seconds_until_closed(address, "GET / HTTP/1.1\r\nx: "),
        seconds_until_closed(address, "PRI * HTTP/2.0\r\n\r\nSM"),
        answers_after_a_pause(address, 12),
    );
    for seconds in [nothing, part, preface] {
        assert!((9..30).contains(&seconds), "{seconds}");
    }
    assert!(quiet, "a connection may wait for its next request");
    process.signal("TERM");
    assert!(process.ended().await.0.success());
    setup.end().await;
}

/// Whether a request is answered within so many seconds.
async fn answers(client: &mut TcpStream, seconds: u64) -> bool {
    client.write_all(b"GET /health/live HTTP/1.1\r\nhost: stoa\r\n\r\n").await.unwrap();
    let mut buffer = vec![0; 4096];
    let read = tokio::time::timeout(Duration::from_secs(seconds), client.read(&mut buffer)).await;
    matches!(read, Ok(Ok(length)) if buffer[..length].starts_with(b"HTTP/1.1 200"))
}

#[tokio::test]
async fn of_too_many_connections_the_last_wait_for_the_first() {
    let setup = Setup::new().with("STOA_SERVER__MAX_CONNECTIONS", "2");
    let process = setup.serve().await;
    let address = process.url.trim_start_matches("http://");
    let connect = || async { TcpStream::connect(address).await.unwrap() };
    let (mut first, mut second, mut third) = (connect().await, connect().await, connect().await);
    assert!(answers(&mut first, 30).await && answers(&mut second, 30).await);
    assert!(!answers(&mut third, 1).await, "the third is not served yet");
    drop(first);
    let mut buffer = vec![0; 4096];
    let read = tokio::time::timeout(LONG, third.read(&mut buffer)).await.expect("it never is").unwrap();
    assert!(buffer[..read].starts_with(b"HTTP/1.1 200"), "what it asked is answered now");
    assert!(answers(&mut second, 30).await);
    drop((second, third));
    process.signal("TERM");
    assert!(process.ended().await.0.success());
    setup.end().await;
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_told_so() {
    let setup =
        Setup::new().with("STOA_SERVER__REQUEST_DEADLINE_S", "1").with("STOA_AUTH__LOGIN_FLOOR_MS", "10000");
    let process = setup.serve().await;
    let begin = Instant::now();
    let body = r#"{"username":"nobody@example.com","password":"not the password"}"#;
    let request = reqwest::Client::new().post(format!("{}/auth/token", process.url));
    let answer = request.header("content-type", "application/json").body(body).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 503);
    assert_eq!(answer.headers()["retry-after"], "2");
    let problem: serde_json::Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(problem["code"], "overloaded");
    assert!(begin.elapsed().as_secs() < 10, "it waited for the work");
    process.signal("TERM");
    assert!(process.ended().await.0.success());
    setup.end().await;
}
