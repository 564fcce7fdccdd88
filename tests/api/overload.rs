//! More work than can be done: refused at once with 503, fairly between companies, while health and metrics answer.

use crate::support::TestApp;
use serde_json::json;
use std::time::{Duration, Instant};
use stoa::quota::QuotaLimits;

async fn with_places(in_flight: usize) -> TestApp {
    TestApp::start_with(|limits| limits.quota = QuotaLimits { in_flight, ..QuotaLimits::default() }).await
}

#[tokio::test]
async fn saturation_is_refused_at_once_while_health_answers() {
    let app = with_places(4).await;
    let a = app.tenant("a").await;
    let burst = futures::future::join_all((0..60).map(|_| a.manager.ask().get("/api/tags")));
    let (answers, live, ready) =
        tokio::join!(burst, app.anonymous().get("/health/live"), app.anonymous().get("/health/ready"));
    assert_eq!((live.status, ready.status), (http::StatusCode::OK, http::StatusCode::OK));
    let served = answers.iter().filter(|answer| answer.status == 200).count();
    let shed: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
    assert!(served >= 2 && served + shed.len() == 60, "{served} served, {} shed", shed.len());
    let told = shed[0].refused(503, "overloaded");
    assert_eq!(told["type"], "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity");
    assert!((1..=3).contains(&shed[0].header("retry-after").parse::<u64>().unwrap()));
    assert_eq!(app.app.quota().places().taken(), 0, "every place came back");
    a.manager.ask().get("/api/tags").await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn no_company_takes_all_places() {
    let app = with_places(12).await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    // A has so many requests under way that it is refused; the others are served all the same.
    let places = app.app.quota().places();
    let held: Vec<_> = std::iter::from_fn(|| {
        let place = places.take().expect("a free place");
        Some((place, places.of_company(Some(a.id))?))
    })
    .collect();
    assert!((7..=9).contains(&held.len()), "{}", held.len());
    a.manager.ask().get("/api/tags").await.refused(503, "overloaded");
    b.manager.ask().get("/api/tags").await.expect(200);
    b.manager.ask().post("/api/tags", json!({ "name": "served" })).await.expect(201);
    drop(held);
    a.manager.ask().get("/api/tags").await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn long_waits_for_a_connection_keep_new_requests_out_for_a_moment() {
    let quota = QuotaLimits { pool_wait: Duration::from_millis(200), ..QuotaLimits::default() };
    let app = TestApp::start_with(|limits| limits.quota = quota).await;
    let a = app.tenant("a").await;
    let deadline = Instant::now() + Duration::from_secs(30);
    app.app.db().waits().note(Duration::from_millis(300));
    a.manager.ask().get("/api/tags").await.refused(503, "overloaded");
    app.anonymous().get("/health/live").await.expect(200);
    while a.manager.ask().get("/api/tags").await.status != 200 {
        assert!(Instant::now() < deadline, "it does not recover");
        tokio::task::yield_now().await;
    }
    app.finish().await;
}

#[tokio::test]
async fn the_pool_tells_how_long_operations_wait() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    // More at once than the pool of the tests has connections.
    let all = futures::future::join_all((0..150).map(|_| a.manager.ask().get("/api/tags"))).await;
    assert!(all.iter().all(|answer| answer.status == 200));
    assert!(app.app.db().waits().longest_of_late() > Duration::ZERO);
    app.finish().await;
}
