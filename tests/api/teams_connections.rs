//! Cards in Microsoft Teams, against a receiver on this machine that stands for a workflow.

use super::webhooks::{dump, message, ticket, work, work_after};
use crate::support::{Persona, Receiver, Served, TestApp};
use bson::doc;
use serde_json::{Value, json};
use std::time::Duration;

async fn connection(admin: &Persona, receiver: &Receiver, members: Value) -> Value {
    let url = receiver.url("/workflows/a1b2?sig=TopSecretSignature");
    let mut body = json!({ "name": "Support", "url": url, "events": ["ticket.created", "message.added"] });
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    admin.ask().post("/api/teams_connections", body).await.expect(201)
}

fn path(made: &Value) -> String {
    format!("/api/teams_connections/{}", made["id"].as_str().unwrap())
}

#[tokio::test]
async fn events_become_adaptive_cards_with_a_link() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let theirs = Receiver::start().await;
    connection(&app.tenant("globex").await.admin, &theirs, json!({})).await;
    connection(&tenant.admin, &receiver, json!({})).await;
    let id = ticket(&tenant.client, "Printer [on](https://evil.example) **fire**").await;
    message(&tenant.admin, &id, "private_note", "Between us").await;
    work(&app).await;
    let heard = receiver.taken();
    assert_eq!(heard.len(), 1, "private notes are not told unless asked for");
    let card = heard[0].json();
    assert_eq!(card["type"], "message");
    assert_eq!(card["attachments"][0]["contentType"], "application/vnd.microsoft.card.adaptive");
    let content = &card["attachments"][0]["content"];
    assert_eq!(content["type"], "AdaptiveCard");
    assert_eq!(content["actions"][0]["url"], format!("https://stoa.test/tickets/{id}/show"));
    // What people write is text and nothing else: blocks that read Markdown hold none of it.
    for block in content["body"].as_array().unwrap() {
        assert_ne!(block["type"], "TextBlock", "{block}");
    }
    assert!(heard[0].body.contains("[on](https://evil.example)"));
    assert_eq!(theirs.count(), 0);
    app.finish().await;
}

#[tokio::test]
async fn the_address_goes_in_and_never_comes_out() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = connection(&tenant.admin, &receiver, json!({})).await;
    assert!(made.get("url").is_none(), "{made}");
    assert_eq!(made["url_host"], "127.0.0.1");
    let other = format!("{}&second", receiver.url("/workflows/c3d4?sig=TopSecretSignature"));
    tenant.admin.ask().patch(&path(&made), json!({ "url": other })).await.expect(200);
    let renamed = tenant.admin.ask().patch(&path(&made), json!({ "name": "Other" })).await.expect(200);
    assert_eq!(renamed["url_host"], "127.0.0.1", "without an address it keeps its own");
    ticket(&tenant.client, "One").await;
    work(&app).await;
    assert!(receiver.taken()[0].path.contains("c3d4"));
    for from in [path(&made).as_str(), "/api/teams_connections", "/api/audit_log", "/api/jobs"] {
        assert!(!tenant.admin.ask().get(from).await.text().contains("TopSecret"), "{from}");
    }
    for (collection, text) in dump(&app).await {
        assert!(!text.contains("TopSecret"), "{collection}");
    }
    app.finish().await;
}

#[tokio::test]
async fn only_hosts_of_microsoft_are_taken() {
    let app = TestApp::start().await;
    let tenant = app.tenant("acme").await;
    let ask = |url: &str| {
        let body = json!({ "name": "Support", "url": url, "events": ["ticket.created"] });
        tenant.admin.ask().post("/api/teams_connections", body)
    };
    for url in [
        "https://prod-12.westeurope.logic.azure.com:443/workflows/1/triggers/manual/paths/invoke?sig=x",
        "https://default1.2.environment.api.powerplatform.com:443/powerautomate/automations/direct/x",
    ] {
        ask(url).await.expect(201);
    }
    for url in [
        "https://example.com/hook",
        "https://logic.azure.com.example.com/hook",
        "https://evillogic.azure.com/hook",
        "https://xlogic.azure.com@example.com/",
        "http://prod-12.westeurope.logic.azure.com/workflows/1",
        "https://prod-12.westeurope.logic.azure.com:8443/workflows/1",
        "https://10.0.0.1/workflows/1",
        "https://169.254.169.254/",
        "https://example.com/#.logic.azure.com",
        "not an address",
    ] {
        let told = ask(url).await.refused(422, "address_not_allowed");
        assert!(told["errors"]["url"].is_object(), "{told}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_long_message_is_cut_and_the_link_stays() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    connection(&tenant.admin, &receiver, json!({ "events": ["message.added"] })).await;
    let id = ticket(&tenant.client, "Long").await;
    for text in ["x".repeat(60_000), "\"\\\n".repeat(10_000) + "x", "🦀".repeat(15_000), "ä".repeat(14_500)]
    {
        message(&tenant.client, &id, "public_reply", &text).await;
        work(&app).await;
        let heard = receiver.taken();
        let length = heard[0].body.len();
        assert!(length <= 28_000, "{length}");
        assert!(length > 25_000, "as much as fits: {length}");
        let content = &heard[0].json()["attachments"][0]["content"];
        assert!(content["actions"][0]["url"].as_str().unwrap().ends_with(&format!("{id}/show")));
        assert!(heard[0].body.contains('…'));
    }
    app.finish().await;
}

#[tokio::test]
async fn departments_and_priorities_narrow_what_is_told() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let ask = |body: Value| tenant.admin.ask().post("/api/departments", body);
    let sales = ask(json!({ "name": "Sales" })).await.expect(201)["id"].clone();
    let other = ask(json!({ "name": "Other" })).await.expect(201)["id"].clone();
    let filter =
        json!({ "department_ids": [sales], "priorities": ["urgent", "high"], "events": ["ticket.created"] });
    connection(&tenant.admin, &receiver, filter).await;
    for (department, priority) in
        [(&sales, "urgent"), (&sales, "low"), (&other, "urgent"), (&Value::Null, "high")]
    {
        let body =
            json!({ "subject": format!("{priority}"), "priority": priority, "department_id": department });
        tenant.admin.ask().post("/api/tickets", body).await.expect(201);
    }
    work(&app).await;
    assert_eq!(receiver.count(), 1);
    for wrong in [json!({ "priorities": ["panic"] }), json!({ "events": ["ticket.exploded"] })] {
        let mut body = json!({ "name": "X", "url": receiver.url("/"), "events": ["ticket.created"] });
        body.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        tenant.admin.ask().post("/api/teams_connections", body).await.refused(422, "validation_failed");
    }
    app.finish().await;
}

#[tokio::test]
async fn ten_failures_switch_it_off_and_tell_the_administrators() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = connection(&tenant.admin, &receiver, json!({ "events": ["ticket.created"] })).await;
    receiver.serve((0..9).map(|_| Served::status(404)).chain([Served::status(200)]).collect::<Vec<_>>());
    for n in 0..10 {
        ticket(&tenant.client, &format!("{n}")).await;
    }
    work(&app).await;
    let fine = tenant.admin.ask().get(&path(&made)).await.expect(200);
    assert_eq!(
        (&fine["is_active"], &fine["failures"]),
        (&json!(true), &json!(0)),
        "a success forgets nine failures"
    );
    receiver.serve((0..20).map(|_| Served::status(404)).collect::<Vec<_>>());
    for n in 0..12 {
        ticket(&tenant.client, &format!("{n}")).await;
    }
    receiver.taken();
    work(&app).await;
    assert_eq!(receiver.count(), 10);
    let off = tenant.admin.ask().get(&path(&made)).await.expect(200);
    assert_eq!((&off["is_active"], &off["disabled_reason"]), (&json!(false), &json!("failing")));
    assert_eq!(off["last_error"], "The workflow answered 404.");
    assert_eq!(app.count("notifications", doc! { "kind": "teams_connection.disabled" }).await, 1);
    assert_eq!(app.count("audit_log", doc! { "action": "teams_connections.disabled" }).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn busy_workflows_are_tried_again() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    connection(&tenant.admin, &receiver, json!({})).await;
    receiver.serve([Served::status(429).with("retry-after", "120"), Served::status(502)]);
    ticket(&tenant.client, "Busy").await;
    work(&app).await;
    work_after(&app, 60).await;
    assert_eq!(receiver.count(), 1, "it said two minutes");
    work_after(&app, 70).await;
    work_after(&app, 3600).await;
    work_after(&app, 3600).await;
    assert_eq!(receiver.count(), 3);
    app.finish().await;
}

#[tokio::test]
async fn a_test_tells_at_once_what_came_of_it() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = connection(&tenant.admin, &receiver, json!({ "is_active": false })).await;
    let test = format!("{}/test", path(&made));
    receiver.serve([Served::status(202), Served::status(401)]);
    let fine = tenant.admin.ask().post(&test, json!({})).await.expect(200);
    assert_eq!(fine, json!({ "ok": true, "error": null }));
    let refused = tenant.admin.ask().post(&test, json!({})).await.expect(200);
    assert_eq!(refused, json!({ "ok": false, "error": "The workflow answered 401." }));
    app.clock.advance(Duration::from_secs(601));
    let body = json!({ "url": receiver.url("/else") });
    tenant.admin.ask().patch(&path(&made), body).await.refused(401, "insufficient_user_authentication");
    app.finish().await;
}
