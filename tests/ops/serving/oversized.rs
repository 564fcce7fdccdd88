//! Tests of requests that are slow, endless or too large, over real sockets.

use super::process::{LONG, Setup};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends `head`, then `part` again and again with a pause between, until the server closes. Gives the answer and the
/// seconds that it took.
async fn feed(address: &str, head: &str, part: &[u8], pause: Duration) -> (String, u64) {
    let begin = Instant::now();
    let (mut reader, mut writer) = TcpStream::connect(address).await.unwrap().into_split();
    let feeding = async {
        // A server that has closed takes no more; what it said is for the other half to read.
        let mut open = writer.write_all(head.as_bytes()).await.is_ok();
        while open && !part.is_empty() {
            open = writer.write_all(part).await.is_ok();
            tokio::time::sleep(pause).await;
        }
        std::future::pending::<()>().await;
    };
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    let reading = async {
        while let Ok(length @ 1..) = reader.read(&mut buffer).await {
            answer.extend_from_slice(&buffer[..length]);
        }
    };
    tokio::select! {
        () = feeding => {}
        ended = tokio::time::timeout(LONG, reading) => ended.expect("it is never closed"),
    }
    (String::from_utf8_lossy(&answer).into_owned(), begin.elapsed().as_secs())
}

fn post(path: &str, more: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nhost: stoa\r\ncontent-type: application/json\r\n{more}\r\n")
}

#[tokio::test]
async fn what_drips_is_cut_off() {
    let setup = Setup::new();
    let process = setup.serve().await;
    let address = process.url.trim_start_matches("http://");
    let second = Duration::from_secs(1);
    let body = post("/auth/token", "content-length: 1000\r\n");
    let (head, drips, silent) = tokio::join!(
        feed(address, "GET / HTTP/1.1\r\nhost: stoa\r\n", b"x: y\r\n", second),
        feed(address, &body, b" ", second),
        feed(address, &body, b"", second),
    );
    assert!((9..25).contains(&head.1) && head.0.is_empty(), "{head:?}");
    for (answer, seconds) in [drips, silent] {
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("request_timeout"), "{answer}");
        assert!((9..40).contains(&seconds), "{seconds}");
    }
    process.signal("TERM");
    assert!(process.ended().await.0.success());
    setup.end().await;
}

#[tokio::test]
async fn what_is_too_large_is_refused_without_reading_it_all() {
    let setup = Setup::new();
    let process = setup.serve().await;
    let address = process.url.trim_start_matches("http://");
    let mut chunk = b"10000\r\n".to_vec();
    chunk.extend([b' '; 0x10000]);
    chunk.extend(b"\r\n");
    let now = Duration::from_millis(1);
    let deep = format!("{{\"username\":{}{}}}", "[".repeat(40), "]".repeat(40));
    let long = "a".repeat(9000);
    let cases = [
        (post("/auth/token", "content-length: 20000\r\n"), &b""[..], "413"),
        (post("/auth/token", "transfer-encoding: chunked\r\n"), &chunk[..], "413"),
        (format!("GET /{long} HTTP/1.1\r\nhost: stoa\r\nconnection: close\r\n\r\n"), b"", "414"),
        (format!("GET / HTTP/1.1\r\nhost: stoa\r\nx: {}\r\n\r\n", "b".repeat(100_000)), b"", "431"),
        (
            format!(
                "{}{deep}",
                post("/auth/token", &format!("connection: close\r\ncontent-length: {}\r\n", deep.len()))
            ),
            b"",
            "400",
        ),
    ];
    for (head, part, status) in cases {
        let (answer, seconds) = feed(address, &head, part, now).await;
        let begin = &head[..head.len().min(60)];
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{begin}: {answer}");
        assert!(seconds < 9, "{begin}: {seconds} seconds");
    }
    process.signal("TERM");
    assert!(process.ended().await.0.success());
    setup.end().await;
}
