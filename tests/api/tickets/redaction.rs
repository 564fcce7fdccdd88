//! A text that was taken out is gone wherever the ticket's history has carried it.

use super::{change, file, id, note, oid, path, plain, say, seen, to_status};
use crate::support::{Persona, TestApp};
use bson::{Document, doc};
use futures::TryStreamExt;
use serde_json::{Value, json};
use stoa::permissions::Role;

const SECRET: &str = "4111111111111111";

/// The message of a ticket that holds the secret.
async fn holding(who: &Persona, ticket: &Value) -> String {
    let list = who.ask().get(&path(ticket, "/messages")).await.expect(200);
    let holds = |message: &&Value| message["body"].as_str().unwrap().contains(SECRET);
    let message = list["data"].as_array().unwrap().iter().find(holds).expect("no message has it").clone();
    path(ticket, &format!("/messages/{}", id(&message)))
}

async fn gone(app: &TestApp) {
    for name in app.raw.list_collection_names().await.unwrap() {
        let rows = app.raw.collection::<Document>(&name).find(doc! {}).await.unwrap();
        for row in rows.try_collect::<Vec<_>>().await.unwrap() {
            assert!(!row.to_string().contains(SECRET), "in {name}: {row}");
        }
    }
}

async fn merge(who: &Persona, target: &Value, source: &Value) {
    who.ask().post(&path(target, "/merge"), json!({ "source_ids": [id(source)] })).await.expect(200);
}

async fn split(who: &Persona, ticket: &Value, messages: &[&Value]) -> Value {
    let ids: Vec<_> = messages.iter().map(|message| id(message)).collect();
    who.ask().post(&path(ticket, "/split"), json!({ "message_ids": ids })).await.expect(201)
}

#[tokio::test]
async fn a_long_message_goes_from_the_description_of_the_follow_up() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    to_status(&a.manager, &ticket, "solved").await;
    to_status(&a.admin, &ticket, "closed").await;
    let message = say(&a.client, &ticket, &format!("{SECRET} {}", "long ".repeat(5000))).await;
    let next = json!({ "id": message["ticket_id"] });
    assert_eq!(seen(&a.client, &next).await["description"].as_str().unwrap().len(), 20_000);
    a.manager.ask().delete(&holding(&a.manager, &next).await).await.expect(200);
    assert_eq!(seen(&a.client, &next).await["description"], "[redacted]");
    gone(&app).await;
    app.finish().await;
}

#[tokio::test]
async fn a_message_that_was_moved_goes_from_the_tickets_that_it_left() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let stranger = a.person(&app, Role::Client).await;
    let source = file(&stranger, json!({ "subject": "x", "description": SECRET })).await;
    let (target, last) = (plain(&a.client).await, plain(&a.client).await);
    merge(&a.manager, &target, &source).await;
    let message = holding(&a.manager, &target).await;
    a.admin.ask().patch(&message, json!({ "body": format!("card {SECRET}") })).await.expect(200);
    assert_eq!(seen(&stranger, &source).await["description"], format!("card {SECRET}"), "it is corrected");
    merge(&a.manager, &last, &target).await;
    a.manager.ask().delete(&holding(&a.manager, &last).await).await.expect(200);
    assert_eq!(seen(&stranger, &source).await["description"], "[redacted]");
    assert_eq!(seen(&a.client, &target).await["description"], "It does not print.");
    gone(&app).await;
    app.finish().await;
}

#[tokio::test]
async fn copies_and_original_are_redacted_as_one() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    for from_copy in [false, true] {
        let ticket = plain(&a.client).await;
        let private = note(&a.manager, &ticket, "look at this").await;
        let message = say(&a.client, &ticket, SECRET).await;
        let made = split(&a.manager, &ticket, &[&private, &message]).await;
        assert_eq!(made["description"], SECRET, "the first public message");
        let copies = a.manager.ask().get(&path(&made, "/messages")).await.expect(200)["data"].clone();
        let again = split(&a.manager, &made, &[&copies[1]]).await;
        let joined = split(&a.manager, &ticket, &[&message]).await;
        merge(&a.manager, &ticket, &joined).await;
        let corrected = json!({ "body": "Please forget it." });
        a.admin.ask().patch(&holding(&a.manager, &ticket).await, corrected).await.expect(200);
        let trashed = split(&a.manager, &made, &[&copies[1]]).await;
        a.manager.ask().delete(&path(&trashed, "")).await.expect(200);
        let target = if from_copy {
            holding(&a.manager, &again).await
        } else {
            path(&ticket, &format!("/messages/{}", id(&message)))
        };
        a.manager.ask().delete(&target).await.expect(200);
        for ticket in [&made, &again] {
            let after = seen(&a.client, ticket).await;
            let shown = (&after["description"], &after["last_message_preview"]);
            assert_eq!(shown, (&json!("[redacted]"), &json!("[redacted]")));
        }
        let kept = a.manager.ask().get(&path(&made, "/messages")).await.expect(200)["data"][0].clone();
        assert_eq!(kept["body"], "look at this");
        gone(&app).await;
    }
    app.finish().await;
}

#[tokio::test]
async fn correcting_a_later_message_of_the_same_words_leaves_the_description() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let again = say(&a.client, &ticket, "It does not print.").await;
    let target = path(&ticket, &format!("/messages/{}", id(&again)));
    a.client.ask().patch(&target, json!({ "body": "It still does not print." })).await.expect(200);
    assert_eq!(seen(&a.client, &ticket).await["description"], "It does not print.");
    let long = "long ".repeat(5000);
    change(
        &app,
        "tickets",
        doc! { "_id": oid(&ticket) },
        doc! { "$set": { "description": &long[..20_000] } },
    )
    .await;
    change(
        &app,
        "ticket_messages",
        doc! { "ticket_id": oid(&ticket), "seq": 1_i64 },
        doc! { "$set": { "body": &long } },
    )
    .await;
    let list = a.client.ask().get(&path(&ticket, "/messages")).await.expect(200);
    let first = path(&ticket, &format!("/messages/{}", id(&list["data"][0])));
    a.client.ask().patch(&first, json!({ "body": "Short." })).await.expect(200);
    assert_eq!(seen(&a.client, &ticket).await["description"], "Short.");
    app.finish().await;
}
