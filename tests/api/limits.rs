//! Rates by person, key, company and address: exact in one instance, told in headers, fair to others.

use super::api_keys::{made, program};
use crate::support::{Answer, TestApp};
use serde_json::json;
use std::time::Duration;
use stoa::quota::QuotaLimits;

async fn limited(quota: QuotaLimits) -> TestApp {
    TestApp::start_with(|limits| limits.quota = quota).await
}

/// What is left of a quota, as the headers tell it.
fn left(answer: &Answer, policy: &str) -> Option<u32> {
    let told =
        answer.header("ratelimit").split(", ").find(|one| one.starts_with(&format!("\"{policy}\"")))?;
    told.split(';').find_map(|part| part.strip_prefix("r="))?.parse().ok()
}

#[tokio::test]
async fn of_many_requests_at_once_exactly_the_quota_passes() {
    let app = limited(QuotaLimits { user: 3, ..QuotaLimits::default() }).await;
    let a = app.tenant("a").await;
    let all = futures::future::join_all((0..40).map(|_| a.manager.ask().get("/api/tags"))).await;
    assert_eq!(all.iter().filter(|answer| answer.status == 200).count(), 3);
    let refused = all.iter().find(|answer| answer.status == 429).unwrap();
    let told = refused.refused(429, "rate_limited");
    assert_eq!(told["type"], "https://iana.org/assignments/http-problem-types#quota-exceeded");
    assert_eq!(told["violated-policies"], json!(["user"]));
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=20).contains(&wait), "{wait}");
    assert!(refused.header("ratelimit-policy").starts_with("\"user\";q=3;w=60;pk=:"));
    assert!(refused.header("ratelimit").starts_with("\"user\";r=0;t="), "{}", refused.header("ratelimit"));
    // Whoever else it is has a quota of their own.
    a.writer.ask().get("/api/tags").await.expect(200);
    app.clock.advance(Duration::from_secs(wait));
    a.manager.ask().get("/api/tags").await.expect(200);
    app.clock.advance(Duration::from_secs(60));
    assert_eq!(left(&a.manager.ask().get("/api/tags").await, "user"), Some(2));
    app.finish().await;
}

#[tokio::test]
async fn requests_count_whatever_comes_of_them_and_by_what_they_cost() {
    let app = limited(QuotaLimits { user: 100, company: 1000, ..QuotaLimits::default() }).await;
    let a = app.tenant("a").await;
    let mut expected = 100;
    for (method, path, body, status, cost) in [
        ("GET", "/api/tags", None, 200, 1),
        ("GET", "/api/tags?sort=nothing", None, 422, 1),
        ("GET", "/api/tags?per_page=1000", None, 200, 10),
        ("GET", "/api/tags/65a1b2c3d4e5f60718293a4b", None, 404, 1),
        ("POST", "/api/tags", Some(json!({})), 422, 2),
        ("POST", "/api/departments", Some(json!({})), 403, 2),
        ("DELETE", "/api/tags", Some(json!({ "ids": [] })), 422, 10),
        ("GET", "/api/reports/overview", None, 200, 5),
        ("GET", "/auth/me", None, 200, 1),
    ] {
        let method = http::Method::from_bytes(method.as_bytes()).unwrap();
        let answer = a.manager.ask().send(method.clone(), path, body).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}: {}", answer.text());
        expected -= cost;
        // One more for each 0.6 seconds that have gone by.
        let left = left(&answer, "user").unwrap();
        assert!((expected..expected + 5).contains(&left), "{method} {path}: {left} instead of {expected}");
        expected = left;
        assert!(answer.header("ratelimit").contains("\"company\";r="), "{}", answer.header("ratelimit"));
    }
    app.finish().await;
}

#[tokio::test]
async fn keys_have_a_rate_of_their_own_and_companies_one_together() {
    let app = limited(QuotaLimits { user: 2, key: 3, company: 8, ..QuotaLimits::default() }).await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let key = made(&a.admin, &["tags.read"]).await;
    let keyed = || program(&app, &key).get("/api/tags");
    for _ in 0..3 {
        keyed().await.expect(200);
    }
    assert_eq!(keyed().await.refused(429, "rate_limited")["violated-policies"], json!(["key"]));
    // Two of the eight made the key, three were the key's; the refused one cost nothing.
    for _ in 0..2 {
        a.writer.ask().get("/api/tags").await.expect(200);
    }
    a.manager.ask().get("/api/tags").await.expect(200);
    let told = a.manager.ask().get("/api/tags").await.refused(429, "rate_limited");
    assert_eq!(told["violated-policies"], json!(["company"]));
    // What the company's quota refused was given back to the person.
    let told = a.manager.ask().get("/api/tags").await.refused(429, "rate_limited");
    assert_eq!(told["violated-policies"], json!(["company"]));
    b.admin.ask().get("/api/tags").await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn an_address_is_limited_before_anything_is_looked_up() {
    let app = limited(QuotaLimits { address: 3, ..QuotaLimits::default() }).await;
    let a = app.tenant("a").await;
    let ask = |ip: &str| a.manager.ask().coming_from(ip);
    ask("2001:db8::1").get("/api/tags").await.expect(200);
    ask("2001:db8::2").get("/api/no_such_route").await.expect(404);
    app.anonymous().coming_from("2001:db8::3").get("/api/tags").await.expect(401);
    let before = app.app.db().tripwire().seen();
    let answer = ask("2001:db8:0:0:ffff::4").get("/api/tags").await;
    assert_eq!(answer.refused(429, "rate_limited")["violated-policies"], json!(["address"]));
    assert_eq!(app.app.db().tripwire().seen(), before);
    ask("2001:db8:0:1::1").get("/api/tags").await.expect(200);
    // Who watches is always answered, and a page may read why it was refused.
    ask("2001:db8::1").get("/health/live").await.expect(200);
    let answer = ask("2001:db8::1").with("origin", "https://admin.example").get("/api/tags").await;
    answer.expect(429);
    let exposed = answer.header("access-control-expose-headers").to_owned();
    assert!(
        ["ratelimit", "ratelimit-policy", "retry-after"].iter().all(|name| exposed.contains(name)),
        "{exposed}"
    );
    app.finish().await;
}

#[tokio::test]
async fn instances_share_a_rate() {
    let app = limited(QuotaLimits { user: 9, instances: 3, ..QuotaLimits::default() }).await;
    let a = app.tenant("a").await;
    let answer = a.manager.ask().get("/api/tags").await;
    assert!(answer.header("ratelimit-policy").starts_with("\"user\";q=3;w=60"));
    assert_eq!(left(&answer, "user"), Some(2));
    app.finish().await;
}

#[tokio::test]
async fn an_operator_uses_up_nothing_of_the_company() {
    let app = limited(QuotaLimits { company: 1, user: 10, ..QuotaLimits::default() }).await;
    let (a, root) = (app.tenant("a").await, app.superadmin().await);
    for _ in 0..3 {
        root.ask().acting_in(a.id).get("/api/tags").await.expect(200);
    }
    a.manager.ask().get("/api/tags").await.expect(200);
    app.finish().await;
}
