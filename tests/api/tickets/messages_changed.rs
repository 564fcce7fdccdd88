//! Correcting and redacting messages.

use super::{change, id, note, oid, path, plain, say, seen};
use crate::support::TestApp;
use bson::{Document, doc};
use futures::TryStreamExt;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn authors_correct_for_a_quarter_of_an_hour_and_administrators_always() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let message = say(&a.client, &ticket, "It is brocken").await;
    let target = path(&ticket, &format!("/messages/{}", id(&message)));
    let fixed = a.client.ask().patch(&target, json!({ "body": "It is broken" })).await.expect(200);
    assert_eq!(fixed["body"], "It is broken");
    assert!(fixed["edited_at"].is_string());
    assert!(fixed.get("revisions").is_none());
    a.manager.ask().patch(&target, json!({ "body": "x" })).await.refused(403, "forbidden");
    app.clock.advance(Duration::from_secs(15 * 60 + 1));
    a.client.ask().patch(&target, json!({ "body": "late" })).await.refused(403, "forbidden");
    let by_admin = a.admin.ask().patch(&target, json!({ "body": "It is mended" })).await.expect(200);
    let old: Vec<_> = by_admin["revisions"].as_array().unwrap().iter().map(|r| r["body"].clone()).collect();
    assert_eq!(old, ["It is brocken", "It is broken"]);
    assert_eq!(seen(&a.client, &ticket).await["last_message_preview"], "It is mended");
    a.admin.ask().patch(&target, json!({ "kind": "private_note" })).await.refused(422, "read_only_field");
    let stale = a.admin.ask().with("if-match", "\"1\"").patch(&target, json!({ "body": "x" })).await;
    stale.refused(412, "precondition_failed");
    app.finish().await;
}

#[tokio::test]
async fn correcting_the_first_message_corrects_the_description() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let first = a.client.ask().get(&path(&ticket, "/messages")).await.expect(200)["data"][0].clone();
    let target = path(&ticket, &format!("/messages/{}", id(&first)));
    a.client.ask().patch(&target, json!({ "body": "It prints too much." })).await.expect(200);
    let after = seen(&a.client, &ticket).await;
    assert_eq!(after["description"], "It prints too much.");
    assert_eq!(after["last_message_preview"], "It prints too much.");
    app.finish().await;
}

#[tokio::test]
async fn a_redacted_text_is_nowhere_any_more() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let secret = "card 4111111111111111";
    let body = json!({ "subject": "x", "description": secret });
    let ticket = super::file(&a.client, body).await;
    let first = a.client.ask().get(&path(&ticket, "/messages")).await.expect(200)["data"][0].clone();
    let target = path(&ticket, &format!("/messages/{}", id(&first)));
    a.client.ask().patch(&target, json!({ "body": format!("{secret} again") })).await.expect(200);
    for who in [&a.writer, &a.client] {
        let refused = who.ask().delete(&target).await;
        assert!(refused.status == 403 || refused.status == 404, "{}", refused.text());
    }
    let redacted = a.manager.ask().delete(&target).await.expect(200);
    assert_eq!(redacted["body"], "[redacted]");
    let again = a.manager.ask().delete(&target).await.expect(200);
    assert_eq!(again["version"], redacted["version"], "redacting twice changes nothing");
    a.admin.ask().patch(&target, json!({ "body": "x" })).await.refused(409, "conflict");
    for name in app.raw.list_collection_names().await.unwrap() {
        let rows = app.raw.collection::<Document>(&name).find(doc! {}).await.unwrap();
        for row in rows.try_collect::<Vec<_>>().await.unwrap() {
            assert!(!row.to_string().contains("4111111111111111"), "in {name}: {row}");
        }
    }
    assert_eq!(seen(&a.manager, &ticket).await["message_count"], 1);
    app.finish().await;
}

#[tokio::test]
async fn mail_is_not_corrected_and_notes_stay_out_of_the_preview() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let public = say(&a.admin, &ticket, "public").await;
    let private = note(&a.admin, &ticket, "private").await;
    let target = path(&ticket, &format!("/messages/{}", id(&private)));
    a.admin.ask().patch(&target, json!({ "body": "very private" })).await.expect(200);
    assert_eq!(seen(&a.client, &ticket).await["last_message_preview"], "public");
    a.client.ask().patch(&target, json!({ "body": "x" })).await.refused(404, "not_found");
    a.client.ask().delete(&target).await.refused(403, "forbidden");
    change(&app, "ticket_messages", doc! { "_id": oid(&public) }, doc! { "$set": { "via": "email" } }).await;
    let target = path(&ticket, &format!("/messages/{}", id(&public)));
    a.admin.ask().patch(&target, json!({ "body": "x" })).await.refused(409, "conflict");
    app.finish().await;
}
