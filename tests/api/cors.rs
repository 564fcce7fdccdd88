//! Pages of other origins: who may read answers, refusals included (Fetch, section 3.2).

use crate::support::{Answer, TestApp};
use http::Method;

const OURS: &str = "https://admin.example";

async fn get(app: &TestApp, origin: &str, path: &str) -> Answer {
    app.anonymous().with("origin", origin).get(path).await
}

#[tokio::test]
async fn pages_of_listed_origins_may_read_every_answer_and_others_none() {
    let app = TestApp::start().await;
    let long = format!("/api/tags?filter={}", "x".repeat(9 * 1024));
    for (path, status) in [("/health/live", 200), ("/api/tags", 401), ("/nothing", 404), (&long, 414)] {
        let answer = get(&app, OURS, path).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("access-control-allow-origin"), OURS, "{status}");
        let exposed = answer.header("access-control-expose-headers");
        for name in ["etag", "content-range", "x-total-count", "x-request-id", "retry-after"] {
            assert!(exposed.contains(name), "{name} is not in {exposed}");
        }
        let other = get(&app, "https://admin.example.evil.example", path).await;
        assert_eq!(other.header("access-control-allow-origin"), "", "{status}");
    }
    app.finish().await;
}

#[tokio::test]
async fn preflights_are_answered_without_a_token() {
    let app = TestApp::start().await;
    let ask = |origin: &'static str| {
        let ask = app.anonymous().with("origin", origin).with("access-control-request-method", "PATCH");
        ask.with("access-control-request-headers", "authorization,if-match,idempotency-key,x-company-id")
    };
    let answer = ask(OURS).send(Method::OPTIONS, "/api/tags/1", None).await;
    assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-origin")), (200, OURS));
    assert!(answer.header("access-control-allow-methods").contains("PATCH"));
    for name in ["authorization", "if-match", "idempotency-key", "x-company-id"] {
        assert!(answer.header("access-control-allow-headers").contains(name), "{name}");
    }
    assert_eq!(
        answer.header("access-control-allow-credentials"),
        "",
        "tokens travel in headers, not in cookies"
    );
    assert_ne!(answer.header("x-request-id"), "");
    let other = ask("https://evil.example").send(Method::OPTIONS, "/api/tags/1", None).await;
    assert_eq!(other.header("access-control-allow-origin"), "");
    app.finish().await;
}
