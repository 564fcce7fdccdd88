//! Who is told of what: events, private notes, companies, redaction; tests and replays.

use super::{deliveries, dump, hook, message, ticket, types, work};
use crate::support::{Receiver, Served, TestApp};
use serde_json::{Value, json};

#[tokio::test]
async fn a_receiver_hears_of_the_events_of_its_company_that_it_asked_for() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.tenant("acme").await, app.tenant("globex").await);
    let (receiver, theirs) = (Receiver::start().await, Receiver::start().await);
    hook(&acme.admin, &receiver, json!({ "events": ["ticket.created", "message.added"] })).await;
    hook(&globex.admin, &theirs, json!({ "events": ["ticket.created", "message.added"] })).await;
    let id = ticket(&acme.client, "Mine").await;
    message(&acme.client, &id, "public_reply", "More of it").await;
    let path = format!("/api/tickets/{id}/status");
    acme.admin.ask().post(&path, json!({ "status": "open" })).await;
    work(&app).await;
    let heard = receiver.taken();
    assert_eq!(types(&heard), ["ticket.created", "message.added"]);
    assert_eq!(theirs.count(), 0, "another company's tickets are nobody's business");
    let told = heard[0].json();
    assert_eq!(told["data"]["company_id"], acme.id.to_hex());
    assert_eq!(told["data"]["ticket"]["id"], id);
    assert_eq!(told["data"]["ticket"]["subject"], "Mine");
    assert_eq!(heard[1].json()["data"]["message"]["body"], "More of it");
    let members = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(members(&told), ["data", "timestamp", "type"]);
    assert_eq!(members(&told["data"]), ["actor", "changes", "company_id", "message", "ticket"]);
    // An explicit list: a field that is added to tickets does not leave by itself.
    assert_eq!(members(&told["data"]["ticket"]).len(), 25, "{told}");
    app.finish().await;
}

#[tokio::test]
async fn private_notes_are_told_only_to_those_who_asked_for_them() {
    let app = TestApp::start().await;
    let tenant = app.tenant("acme").await;
    let (open, all) = (Receiver::start().await, Receiver::start().await);
    let events = json!([
        "ticket.created",
        "ticket.unarchived",
        "message.added",
        "message.edited",
        "ticket.status_changed"
    ]);
    hook(&tenant.admin, &open, json!({ "events": events })).await;
    hook(&tenant.admin, &all, json!({ "events": events, "include_private": true })).await;
    let id = ticket(&tenant.client, "Secret").await;
    let note = message(&tenant.admin, &id, "private_note", "Do not tell the world").await;
    let path = format!("/api/tickets/{id}/messages/{}", note["id"].as_str().unwrap());
    tenant.admin.ask().patch(&path, json!({ "body": "Do not tell the world at all" })).await.expect(200);
    let body = json!({ "status": "pending", "comment": "Nor this comment" });
    tenant.admin.ask().post(&format!("/api/tickets/{id}/status"), body).await;
    work(&app).await;
    let texts: String = open.taken().iter().map(|one| one.body.clone()).collect();
    assert!(texts.contains("ticket.created"));
    assert!(!texts.contains("tell the world"), "{texts}");
    let texts: String = all.taken().iter().map(|one| one.body.clone()).collect();
    assert_eq!(texts.matches("tell the world").count(), 2, "{texts}");
    app.finish().await;
}

#[tokio::test]
async fn what_is_redacted_is_gone_from_what_was_sent_too() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({ "events": ["message.added"] })).await;
    let id = ticket(&tenant.client, "Card").await;
    let sent = message(&tenant.client, &id, "public_reply", "4111 1111 1111 1111").await;
    work(&app).await;
    assert!(receiver.taken()[0].body.contains("4111 1111"));
    let path = format!("/api/tickets/{id}/messages/{}", sent["id"].as_str().unwrap());
    tenant.admin.ask().delete(&path).await.expect(200);
    let delivery = &deliveries(&tenant.admin, &made).await[0];
    let replay = format!("/api/webhook_deliveries/{}/replay", delivery["id"].as_str().unwrap());
    tenant.admin.ask().post(&replay, json!({})).await.expect(201);
    work(&app).await;
    let again = receiver.taken();
    assert_eq!(again[0].json()["data"]["message"]["body"], "");
    assert!(
        !dump(&app)
            .await
            .iter()
            .any(|(name, dump)| name == "webhook_deliveries" && dump.contains("4111 1111"))
    );
    app.finish().await;
}

#[tokio::test]
async fn a_replay_sends_the_same_event_once_more() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({})).await;
    receiver.serve([Served::status(422)]);
    ticket(&tenant.client, "Again").await;
    let waiting = deliveries(&tenant.admin, &made).await;
    let path =
        |delivery: &Value| format!("/api/webhook_deliveries/{}/replay", delivery["id"].as_str().unwrap());
    tenant.admin.ask().post(&path(&waiting[0]), json!({})).await.refused(409, "conflict");
    work(&app).await;
    let failed = deliveries(&tenant.admin, &made).await;
    assert_eq!(failed[0]["state"], "failed");
    assert_eq!(failed[0]["status_code"], 422);
    let keyed = || tenant.admin.ask().with("idempotency-key", "replay-once");
    let again = keyed().post(&path(&failed[0]), json!({})).await.expect(201);
    assert_eq!(keyed().post(&path(&failed[0]), json!({})).await.expect(201)["id"], again["id"]);
    assert_eq!(again["replay_of"], failed[0]["id"]);
    assert_eq!(again["event_id"], failed[0]["event_id"]);
    work(&app).await;
    let heard = receiver.taken();
    assert_eq!(heard.len(), 2, "the first, and one replay for two equal requests");
    assert_eq!(heard[0].header("webhook-id"), heard[1].header("webhook-id"));
    assert_eq!(heard[0].body, heard[1].body);
    let other = app.tenant("globex").await;
    other.admin.ask().post(&path(&failed[0]), json!({})).await.refused(404, "not_found");
    for person in [&tenant.manager, &tenant.writer, &tenant.client] {
        person.ask().post(&path(&failed[0]), json!({})).await.refused(403, "forbidden");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_test_is_sent_once_and_changes_no_health() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({ "is_active": false })).await;
    let path = format!("/api/webhooks/{}", made["id"].as_str().unwrap());
    receiver.serve([Served::status(500).body("<b>broken</b>\u{0}")]);
    let sent = tenant.admin.ask().post(&format!("{path}/test"), json!({})).await.expect(201);
    assert_eq!(sent["event_type"], "webhook.test");
    work(&app).await;
    let heard = receiver.taken();
    assert_eq!(types(&heard), ["webhook.test"]);
    let one = format!("/api/webhook_deliveries/{}", sent["id"].as_str().unwrap());
    let told = tenant.admin.ask().get(&one).await.expect(200);
    assert_eq!(told["state"], "failed", "a person waits: it is not tried again");
    assert_eq!(told["response_excerpt"], "<b>broken</b>");
    let record = tenant.admin.ask().get(&path).await.expect(200);
    assert_eq!(record["failures"], 0);
    app.finish().await;
}
