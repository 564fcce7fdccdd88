//! Receivers that fail: slow, silent, long-winded, gone, redirecting, for days; and programs that answer each other.

use super::{deliveries, hook, message, stay, ticket, work, work_after};
use crate::support::{Receiver, Served, TestApp};
use bson::doc;
use serde_json::{Value, json};

async fn record(tenant: &crate::support::Tenant, made: &Value) -> Value {
    let path = format!("/api/webhooks/{}", made["id"].as_str().unwrap());
    tenant.admin.ask().get(&path).await.expect(200)
}

#[tokio::test]
async fn redirects_are_not_followed_inwards_or_anywhere() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let other = Receiver::start().await;
    let made = hook(&tenant.admin, &receiver, json!({})).await;
    let inwards = "http://169.254.169.254/latest/meta-data/iam/security-credentials/";
    receiver.serve([
        Served::status(302).with("location", inwards),
        Served::status(307).with("location", &other.url("/elsewhere")),
    ]);
    ticket(&tenant.client, "One").await;
    ticket(&tenant.client, "Two").await;
    work(&app).await;
    for delivery in deliveries(&tenant.admin, &made).await {
        assert_eq!(delivery["state"], "failed");
        assert!(delivery["error"].as_str().unwrap().contains("Redirects are not followed"), "{delivery}");
    }
    assert_eq!(other.count(), 0);
    app.finish().await;
}

#[tokio::test]
async fn slow_silent_and_endless_answers_hold_no_worker() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({})).await;
    receiver.serve([Served::never(), Served::dripping(), Served::endless()]);
    for subject in ["Never", "Dripping", "Endless"] {
        ticket(&tenant.client, subject).await;
    }
    let started = std::time::Instant::now();
    work(&app).await;
    assert!(started.elapsed().as_secs() < 30, "the limit of a call is two seconds here");
    let all = deliveries(&tenant.admin, &made).await;
    assert_eq!(all[0]["state"], "pending", "no answer: tried again");
    assert_eq!(all[0]["error"], "no answer in time");
    assert_eq!(all[1]["state"], "delivered", "the status is what counts");
    assert_eq!(all[2]["state"], "delivered");
    assert!(all[2]["response_excerpt"].as_str().unwrap().len() <= 2048);
    app.finish().await;
}

#[tokio::test]
async fn a_receiver_says_when_to_come_again() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    hook(&tenant.admin, &receiver, json!({})).await;
    receiver.serve([Served::status(429).with("retry-after", "600")]);
    ticket(&tenant.client, "Later").await;
    work(&app).await;
    work_after(&app, 500).await;
    assert_eq!(receiver.count(), 1, "not before it is welcome");
    work_after(&app, 200).await;
    assert_eq!(receiver.count(), 2);
    app.finish().await;
}

#[tokio::test]
async fn ten_tries_are_all_that_there_are() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    stay(&app).await;
    let made = hook(&tenant.admin, &receiver, json!({})).await;
    receiver.serve((0..20).map(|_| Served::status(500)).collect::<Vec<_>>());
    ticket(&tenant.client, "Hopeless").await;
    work(&app).await;
    // The last pause may be a day and a tenth of it.
    for pause in [11, 33, 132, 660, 1_980, 3_960, 11_880, 31_680] {
        work_after(&app, pause).await;
    }
    assert_eq!(receiver.count(), 9);
    work_after(&app, 95_100).await;
    for _ in 0..3 {
        work_after(&app, 96_000).await;
    }
    assert_eq!(receiver.count(), 10);
    let stored = app.stored("webhook_deliveries", doc! {}).await.unwrap();
    assert_eq!(stored.get_str("state").unwrap(), "failed");
    assert_eq!(stored.get_i64("attempts").unwrap(), 10);
    let hook = tenant.admin.ask().get(&format!("/api/webhooks/{}", made["id"].as_str().unwrap())).await;
    let hook = hook.expect(200);
    assert_eq!((&hook["is_active"], &hook["failures"]), (&json!(true), &json!(10)));
    app.finish().await;
}

#[tokio::test]
async fn five_days_of_nothing_but_failures_switch_it_off_and_tell_the_administrators() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    stay(&app).await;
    let made = hook(&tenant.admin, &receiver, json!({})).await;
    receiver.serve((0..20).map(|_| Served::status(404)).collect::<Vec<_>>());
    for _ in 0..5 {
        ticket(&tenant.client, "A day").await;
        work_after(&app, 86_400).await;
        assert_eq!(record(&tenant, &made).await["is_active"], true);
    }
    // A success would have begun the five days anew.
    ticket(&tenant.client, "The last").await;
    work_after(&app, 86_400).await;
    let off = record(&tenant, &made).await;
    assert_eq!((&off["is_active"], &off["disabled_reason"]), (&json!(false), &json!("failing")));
    assert_eq!(app.count("audit_log", doc! { "action": "webhooks.disabled" }).await, 1);
    let notice = app.stored("notifications", doc! { "kind": "webhook.disabled" }).await.unwrap();
    assert_eq!(notice.get_object_id("user_id").unwrap(), tenant.admin.id);
    ticket(&tenant.client, "Unheard").await;
    work(&app).await;
    assert_eq!(receiver.count(), 6);
    app.finish().await;
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_called_no_more_until_someone_says_so() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({})).await;
    receiver.serve([Served::status(410)]);
    let events = json!(["ticket.created", "message.added"]);
    let path = format!("/api/webhooks/{}", made["id"].as_str().unwrap());
    tenant.admin.ask().patch(&path, json!({ "events": events })).await.expect(200);
    let id = ticket(&tenant.client, "Gone").await;
    message(&tenant.client, &id, "public_reply", "waits behind it").await;
    work(&app).await;
    let off = record(&tenant, &made).await;
    assert_eq!(off["is_active"], false);
    assert_eq!(off["disabled_reason"], "gone");
    assert!(off["disabled_at"].is_string());
    ticket(&tenant.client, "Unheard").await;
    work(&app).await;
    assert_eq!(receiver.taken().len(), 1, "what waited and what came later are not sent");
    let states: Vec<_> =
        deliveries(&tenant.admin, &made).await.iter().map(|one| one["state"].clone()).collect();
    assert_eq!(states, ["failed", "cancelled"]);
    let on = tenant.admin.ask().patch(&path, json!({ "is_active": true })).await.expect(200);
    assert_eq!((&on["disabled_reason"], &on["failures"]), (&Value::Null, &json!(0)));
    ticket(&tenant.client, "Heard").await;
    work(&app).await;
    assert_eq!(receiver.taken().len(), 1);
    app.finish().await;
}

#[tokio::test]
async fn a_webhook_that_is_switched_off_or_removed_gets_nothing() {
    let app = TestApp::start().await;
    let tenant = app.tenant("acme").await;
    let (off, gone) = (Receiver::start().await, Receiver::start().await);
    let one = hook(&tenant.admin, &off, json!({})).await;
    let other = hook(&tenant.admin, &gone, json!({})).await;
    ticket(&tenant.client, "Written down already").await;
    let path = |made: &Value| format!("/api/webhooks/{}", made["id"].as_str().unwrap());
    tenant.admin.ask().patch(&path(&one), json!({ "is_active": false })).await.expect(200);
    tenant.admin.ask().delete(&path(&other)).await.expect(200);
    ticket(&tenant.client, "Later").await;
    work(&app).await;
    assert_eq!((off.count(), gone.count()), (0, 0));
    app.finish().await;
}

#[tokio::test]
async fn programs_that_answer_each_other_are_parted() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({ "events": ["message.added"] })).await;
    let id = ticket(&tenant.client, "Ping").await;
    let stored = bson::oid::ObjectId::parse_str(&id).unwrap();
    // As if it had gone on for two hundred events already.
    let event =
        doc! { "company_id": tenant.id, "ticket_id": stored, "seq": 2_i64, "created_at": app.clock.now() };
    let mut event = event;
    event.extend(doc! { "kind": "message.added", "visibility": "public", "version": 1_i64, "updated_at": app.clock.now(), "deleted_at": null, "changes": [] });
    app.raw.collection("ticket_events").insert_one(event).await.unwrap();
    app.alter("tickets", doc! { "_id": stored }, doc! { "$set": { "event_count": 201_i64 } }).await;
    message(&tenant.client, &id, "public_reply", "Pong").await;
    work(&app).await;
    assert_eq!(receiver.count(), 0);
    assert_eq!(record(&tenant, &made).await["disabled_reason"], "loop");
    app.finish().await;
}
