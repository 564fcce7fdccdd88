//! Tests of health checks and metrics from inside: who may read them, and when.

use crate::support::TestApp;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use http_body_util::BodyExt;
use std::net::SocketAddr;
use tower::ServiceExt;

async fn scrape(app: &TestApp, peer: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let mut request = Request::get("/metrics");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    if let Ok(peer) = peer.parse::<SocketAddr>() {
        request.extensions_mut().insert(ConnectInfo(peer));
    }
    let answer = app.router.clone().oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let bytes = answer.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

#[tokio::test]
async fn metrics_are_for_this_machine_and_for_named_networks() {
    let app = TestApp::start().await;
    let (status, text) = scrape(&app, "127.0.0.1:5000", &[]).await;
    assert_eq!(status, 200);
    assert!(text.contains("stoa_build_info"), "{text}");
    assert_eq!(scrape(&app, "[::1]:5000", &[]).await.0, 200);
    assert_eq!(scrape(&app, "[::ffff:127.0.0.1]:5000", &[]).await.0, 200);
    assert_eq!(scrape(&app, "10.20.0.7:5000", &[]).await.0, 200, "the tests name 10.20.0.0/16");
    for (peer, headers) in [
        ("203.0.113.9:5000", &[][..]),
        // Through the trusted proxy on this machine, from elsewhere.
        ("127.0.0.1:5000", &[("x-forwarded-for", "203.0.113.9")]),
        ("127.0.0.1:5000", &[("x-forwarded-for", "nonsense")]),
        ("127.0.0.1:5000", &[("forwarded", "for=203.0.113.9")]),
        // Claimed by a stranger.
        ("203.0.113.9:5000", &[("x-forwarded-for", "127.0.0.1")]),
        // A proxy that nobody declared trusted.
        ("10.20.0.7:5000", &[("x-forwarded-for", "10.20.0.8")]),
    ] {
        let (status, text) = scrape(&app, peer, headers).await;
        assert_eq!(status, 404, "{peer} {headers:?}");
        assert!(text.contains("\"not_found\"") && !text.contains("stoa_build_info"), "{text}");
    }
    // Without a known address nobody is let in.
    assert_eq!(scrape(&app, "", &[]).await.0, 404);
    app.finish().await;
}

#[tokio::test]
async fn health_is_told_to_everyone_and_never_cached() {
    let app = TestApp::start().await;
    for path in ["/health/live", "/health/startup", "/health/ready"] {
        let answer = app.anonymous().get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
    let ready = app.anonymous().get("/health/ready").await.expect(200);
    let whole = serde_json::json!({
        "status": "ready", "reads": true, "writes": true, "migrations": true, "streams": true,
    });
    assert_eq!(ready, whole);
    app.app.health().drain();
    let answer = app.anonymous().get("/health/ready").await;
    assert_eq!((answer.status.as_u16(), &answer.json()["status"]), (503, &"draining".into()));
    assert_eq!(app.anonymous().get("/health/startup").await.status, 200);
    app.finish().await;
}
