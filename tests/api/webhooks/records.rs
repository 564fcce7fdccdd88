//! The records of webhooks: what may be set, by whom, and how many there may be.

use super::hook;
use crate::support::{Receiver, TestApp};
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn addresses_that_must_not_be_called_are_refused() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({})).await;
    let path = format!("/api/webhooks/{}", made["id"].as_str().unwrap());
    for url in [
        "http://example.com/",
        "https://10.0.0.1/",
        "https://[::ffff:169.254.169.254]/",
        "https://2852039166/",
        "https://user@example.com/",
        "https://example.com:22/",
        "https://stoa.test/api",
    ] {
        let body = json!({ "name": "Hook", "url": url, "events": ["ticket.created"] });
        let refused =
            tenant.admin.ask().post("/api/webhooks", body).await.refused(422, "address_not_allowed");
        assert!(refused["errors"]["url"].is_object(), "{refused}");
        tenant.admin.ask().patch(&path, json!({ "url": url })).await.refused(422, "address_not_allowed");
    }
    for (url, events) in [("ftp://example.com", "ticket.created"), ("https://example.com", "ticket.exploded")]
    {
        let body = json!({ "name": "Hook", "url": url, "events": [events] });
        tenant.admin.ask().post("/api/webhooks", body).await.refused(422, "validation_failed");
    }
    let none = json!({ "name": "Hook", "url": "https://example.com", "events": [] });
    tenant.admin.ask().post("/api/webhooks", none).await.refused(422, "validation_failed");
    // The record as it was read is taken back whole, address included.
    let mut whole = tenant.admin.ask().get(&path).await.expect(200);
    whole["name"] = json!("Another name");
    tenant.admin.ask().put(&path, whole).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn a_company_has_twenty_at_most_however_many_are_added_at_once() {
    let app = TestApp::start().await;
    let tenant = app.tenant("acme").await;
    let sibling = app.sibling().await;
    let body = json!({ "name": "Hook", "url": "https://example.com/", "events": ["ticket.created"] });
    let asks = (0..26).map(|n| {
        let at = if n % 2 == 0 { &app } else { &sibling };
        tenant.admin.ask_at(at).post("/api/webhooks", body.clone())
    });
    let answers = futures::future::join_all(asks).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(made, 20);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        answer.refused(409, "conflict");
    }
    sibling.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn new_targets_and_secrets_need_a_fresh_proof_of_identity() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({})).await;
    let path = format!("/api/webhooks/{}", made["id"].as_str().unwrap());
    app.clock.advance(Duration::from_secs(601));
    let body = json!({ "name": "Hook", "url": "https://example.com/", "events": ["ticket.created"] });
    let code = "insufficient_user_authentication";
    tenant.admin.ask().post("/api/webhooks", body).await.refused(401, code);
    tenant.admin.ask().patch(&path, json!({ "url": "https://example.com/" })).await.refused(401, code);
    tenant.admin.ask().post(&format!("{path}/rotate_secret"), json!({})).await.refused(401, code);
    tenant.admin.ask().patch(&path, json!({ "name": "Other" })).await.expect(200);
    app.finish().await;
}
