//! Merging tickets.

use super::super::{change, events_of, file, id, note, oid, path, plain, say, seen, to_status};
use crate::support::{Answer, Persona, TestApp};
use bson::doc;
use serde_json::{Value, json};
use stoa::permissions::Role;

pub async fn merge(who: &Persona, target: &Value, sources: &[&Value], expose: bool) -> Answer {
    let ids: Vec<_> = sources.iter().map(|source| id(source)).collect();
    who.ask().post(&path(target, "/merge"), json!({ "source_ids": ids, "expose": expose })).await
}

pub async fn bodies(who: &Persona, ticket: &Value) -> Vec<String> {
    let list = who.ask().get(&path(ticket, "/messages")).await.expect(200);
    list["data"].as_array().unwrap().iter().map(|m| m["body"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn messages_move_with_author_time_and_visibility() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let (target, source) =
        (plain(&a.client).await, file(&a.client, json!({ "subject": "y", "description": "Two" })).await);
    note(&a.manager, &source, "secret").await;
    say(&a.manager, &target, "On target").await;
    let merged = merge(&a.manager, &target, &[&source], false).await.expect(200);
    assert_eq!((&merged["message_count"], &merged["public_message_count"]), (&json!(4), &json!(3)));
    assert_eq!(bodies(&a.manager, &target).await, ["It does not print.", "Two", "secret", "On target"]);
    assert_eq!(bodies(&a.client, &target).await, ["It does not print.", "Two", "On target"]);
    let after = seen(&a.client, &source).await;
    assert_eq!((&after["status"], &after["merged_into"]), (&json!("closed"), &target["id"]));
    assert_eq!((&after["public_message_count"], &after["last_message_preview"]), (&json!(0), &json!(null)));
    let redirect = a.client.ask().post(&path(&source, "/messages"), json!({ "body": "x" })).await;
    assert_eq!(redirect.refused(409, "ticket_merged")["target_id"], target["id"]);
    let next = say(&a.manager, &target, "After").await;
    assert_eq!(next["seq"], 5, "numbers go on behind what was merged");
    assert!(events_of(&a.manager, &source).await.contains(&"ticket.merged".to_owned()));
    app.finish().await;
}

#[tokio::test]
async fn what_another_requester_wrote_becomes_private_unless_exposed() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let stranger = a.person(&app, Role::Client).await;
    for expose in [false, true] {
        let target = plain(&a.client).await;
        let source = file(&stranger, json!({ "subject": "y", "description": "from a stranger" })).await;
        note(&a.manager, &source, "secret").await;
        change(
            &app,
            "tickets",
            doc! { "_id": oid(&source) },
            doc! { "$set": { "follower_ids": [a.writer.id] } },
        )
        .await;
        let merged = merge(&a.manager, &target, &[&source], expose).await.expect(200);
        assert_eq!(merged["message_count"], 3);
        assert_eq!(merged["public_message_count"], if expose { 2 } else { 1 });
        assert_eq!(merged["follower_ids"], json!([]), "followers of strangers are not taken over");
        let read = bodies(&a.client, &target).await;
        assert_eq!(read.contains(&"from a stranger".to_owned()), expose);
        assert!(!read.contains(&"secret".to_owned()));
        let shown = seen(&a.client, &target).await["last_message_preview"].clone();
        assert_eq!(shown == "from a stranger", expose);
        let search = a.client.ask().get("/api/tickets?q=stranger").await.expect(200);
        assert_eq!(search["total"], u8::from(expose));
        stranger.ask().get(&path(&target, "")).await.refused(404, "not_found");
        let there = stranger.ask().post(&path(&source, "/messages"), json!({ "body": "x" })).await;
        assert!(there.refused(409, "ticket_merged").get("target_id").is_none(), "it is not theirs to see");
    }
    app.finish().await;
}

#[tokio::test]
async fn followers_and_copies_of_the_same_requester_are_taken_over() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let copied = a.person(&app, Role::Client).await;
    let (target, source) = (plain(&a.client).await, plain(&a.client).await);
    a.manager.ask().patch(&path(&source, ""), json!({ "cc_ids": [copied.id.to_hex()] })).await.expect(200);
    a.manager.ask().post(&path(&source, "/followers/me"), json!({})).await.expect(200);
    let merged = merge(&a.manager, &target, &[&source], false).await.expect(200);
    assert_eq!(merged["cc_ids"], json!([copied.id.to_hex()]));
    assert_eq!(merged["follower_ids"], json!([a.manager.id.to_hex()]));
    app.finish().await;
}

#[tokio::test]
async fn what_cannot_be_merged_is_refused_and_nothing_happens() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let (target, good, gone) = (plain(&a.client).await, plain(&a.client).await, plain(&a.client).await);
    let (away, closed) = (plain(&a.client).await, plain(&a.client).await);
    let foreign = plain(&b.client).await;
    merge(&a.writer, &target, &[&good], false).await.refused(403, "forbidden");
    merge(&a.client, &target, &[&good], false).await.refused(403, "forbidden");
    merge(&b.admin, &target, &[&foreign], false).await.refused(404, "not_found");
    merge(&a.manager, &target, &[&good, &foreign], false).await.refused(422, "reference_not_found");
    merge(&a.manager, &target, &[&good, &target], false).await.refused(422, "validation_failed");
    merge(&a.manager, &target, &[], false).await.refused(422, "validation_failed");
    a.manager.ask().delete(&path(&gone, "")).await.expect(200);
    let refused = merge(&a.manager, &target, &[&good, &gone], false).await.refused(409, "deleted");
    assert_eq!(refused["source_id"], gone["id"]);
    to_status(&a.manager, &away, "solved").await;
    a.manager.ask().post(&path(&away, "/archive"), json!({})).await.expect(200);
    merge(&a.manager, &target, &[&good, &away], false).await.refused(409, "archived");
    to_status(&a.manager, &closed, "solved").await;
    to_status(&a.admin, &closed, "closed").await;
    merge(&a.manager, &closed, &[&good], false).await.refused(409, "conflict");
    assert_eq!(seen(&a.client, &good).await["merged_into"], json!(null), "all or nothing");
    merge(&a.manager, &target, &[&good, &closed], false).await.expect(200);
    merge(&a.manager, &good, &[&target], false).await.refused(409, "ticket_merged");
    merge(&a.manager, &target, &[&good], false).await.refused(409, "ticket_merged");
    let full = doc! { "$set": { "message_count": 5000_i64 } };
    change(&app, "tickets", doc! { "_id": oid(&target) }, full).await;
    merge(&a.manager, &target, &[&plain(&a.client).await], false).await.refused(409, "message_limit");
    app.finish().await;
}

#[tokio::test]
async fn two_merges_that_cross_leave_no_circle() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    let (one, two) = (plain(&a.client).await, plain(&a.client).await);
    let ask = |at: &TestApp, target: &Value, source: &Value| {
        let (ask, path) = (a.manager.ask_at(at), path(target, "/merge"));
        let body = json!({ "source_ids": [id(source)] });
        async move { ask.post(&path, body).await }
    };
    let (left, right) = futures::join!(ask(&app, &one, &two), ask(&other, &two, &one));
    let statuses = [left.status.as_u16(), right.status.as_u16()];
    assert!(statuses == [200, 409] || statuses == [409, 200], "{statuses:?}");
    app.finish().await;
}
