//! Sends one kind of request over a number of connections, each waiting for its answer before the next.

use super::cases::Case;
use super::report::Figures;
use bytes::Bytes;
use http::{Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

pub type Sender = SendRequest<Full<Bytes>>;

pub async fn connect(address: SocketAddr) -> Sender {
    let stream = TcpStream::connect(address).await.expect("connect");
    stream.set_nodelay(true).expect("nodelay");
    let (sender, connection) = handshake(TokioIo::new(stream)).await.expect("handshake");
    tokio::spawn(connection);
    sender
}

pub async fn send(sender: &mut Sender, request: Request<Full<Bytes>>) -> (StatusCode, Bytes) {
    sender.ready().await.expect("ready");
    let response = sender.send_request(request).await.expect("answer");
    let status = response.status();
    (status, response.into_body().collect().await.expect("body").to_bytes())
}

/// Runs a case for a time on so many connections.
pub async fn http(address: SocketAddr, connections: usize, time: Duration, case: &Case) -> Figures {
    let counter = AtomicU64::new(0);
    let started = Instant::now();
    let tasks = (0..connections).map(|_| async {
        let mut sender = connect(address).await;
        let (mut micros, mut failures) = (Vec::with_capacity(4096), 0);
        while started.elapsed() < time {
            let request = (case.request)(counter.fetch_add(1, Ordering::Relaxed));
            let begun = Instant::now();
            let (status, _) = send(&mut sender, request).await;
            micros.push(u32::try_from(begun.elapsed().as_micros()).unwrap_or(u32::MAX));
            failures += u64::from(!status.is_success());
        }
        (micros, failures)
    });
    let results = futures::future::join_all(tasks).await;
    let wall = started.elapsed();
    let failures = results.iter().map(|(_, failures)| failures).sum();
    Figures::new(results.into_iter().flat_map(|(micros, _)| micros).collect(), wall, failures)
}

/// A request without body.
pub fn get(path: &str, token: &str) -> Request<Full<Bytes>> {
    builder("GET", path, token).body(Full::default()).expect("request")
}

/// A request with a JSON body.
pub fn json(method: &str, path: &str, token: &str, body: &serde_json::Value) -> Request<Full<Bytes>> {
    let request = builder(method, path, token).header(header::CONTENT_TYPE, "application/json");
    request.body(Full::from(body.to_string())).expect("request")
}

fn builder(method: &str, path: &str, token: &str) -> http::request::Builder {
    let builder = Request::builder().method(method).uri(path).header(header::HOST, "stoa");
    if token.is_empty() { builder } else { builder.header(header::AUTHORIZATION, format!("Bearer {token}")) }
}
