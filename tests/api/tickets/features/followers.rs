//! Followers.

use super::super::{change, events_of, file, oid, path, plain, seen};
use crate::support::TestApp;
use bson::{doc, oid::ObjectId};
use serde_json::json;
use stoa::permissions::Role;

#[tokio::test]
async fn staff_follow_and_make_others_follow_and_it_is_told_once() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let ticket = plain(&a.client).await;
    let all = path(&ticket, "/followers");
    a.writer.ask().post(&format!("{all}/me"), json!({})).await.refused(404, "not_found");
    let one = a.manager.ask().post(&format!("{all}/me"), json!({})).await.expect(200);
    assert_eq!((&one["total"], &one["data"][0]["name"]), (&json!(1), &json!(a.manager.name)));
    a.manager.ask().post(&all, json!({ "user_id": "me" })).await.expect(200);
    let two = a.manager.ask().post(&all, json!({ "user_id": a.writer.id.to_hex() })).await.expect(200);
    assert_eq!(two["total"], 2);
    assert_eq!(a.writer.ask().get(&all).await.expect(200)["total"], 2, "who follows sees the ticket");
    for wrong in [b.manager.id, ObjectId::new()] {
        let body = json!({ "user_id": wrong.to_hex() });
        a.manager.ask().post(&all, body).await.refused(422, "reference_not_found");
    }
    b.admin.ask().get(&all).await.refused(404, "not_found");
    a.writer.ask().delete(&format!("{all}/me")).await.expect(200);
    a.writer.ask().get(&path(&ticket, "")).await.refused(404, "not_found");
    a.manager.ask().delete(&format!("{all}/{}", a.writer.id.to_hex())).await.expect(200);
    let told = events_of(&a.manager, &ticket).await;
    assert_eq!(told.iter().filter(|kind| *kind == "ticket.followers_changed").count(), 3);
    app.finish().await;
}

#[tokio::test]
async fn clients_follow_for_themselves_and_see_no_other_follower() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let (copied, stranger) = (a.person(&app, Role::Client).await, a.person(&app, Role::Client).await);
    let body =
        json!({ "subject": "x", "requester_id": a.client.id.to_hex(), "cc_ids": [copied.id.to_hex()] });
    let ticket = file(&a.manager, body).await;
    let all = path(&ticket, "/followers");
    a.manager.ask().post(&format!("{all}/me"), json!({})).await.expect(200);
    let mine = copied.ask().post(&format!("{all}/me"), json!({})).await.expect(200);
    assert_eq!((&mine["total"], &mine["data"][0]["id"]), (&json!(1), &json!(copied.id.to_hex())));
    let other = json!({ "user_id": a.client.id.to_hex() });
    copied.ask().post(&all, other.clone()).await.refused(422, "reference_not_found");
    for named in [a.manager.id.to_hex(), ObjectId::new().to_hex(), "not-an-id".to_owned()] {
        copied.ask().post(&format!("{all}/{named}"), json!({})).await.refused(404, "not_found");
        copied.ask().delete(&format!("{all}/{named}")).await.refused(404, "not_found");
    }
    stranger.ask().post(&format!("{all}/me"), json!({})).await.refused(404, "not_found");
    let body = json!({ "user_id": stranger.id.to_hex() });
    a.manager.ask().post(&all, body).await.refused(422, "validation_failed");
    a.manager.ask().post(&all, other).await.expect(200);
    assert_eq!(
        seen(&a.manager, &ticket).await["follower_ids"].as_array().unwrap().len(),
        2,
        "not the requester"
    );
    app.finish().await;
}

#[tokio::test]
async fn a_ticket_has_two_hundred_followers_at_most() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let many: Vec<ObjectId> = (0..199).map(|_| ObjectId::new()).collect();
    change(&app, "tickets", doc! { "_id": oid(&ticket) }, doc! { "$set": { "follower_ids": many } }).await;
    let me = path(&ticket, "/followers/me");
    let answers =
        futures::future::join_all([a.manager.ask().post(&me, json!({})), a.admin.ask().post(&me, json!({}))]);
    let mut statuses: Vec<u16> = answers.await.iter().map(|answer| answer.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);
    app.finish().await;
}
