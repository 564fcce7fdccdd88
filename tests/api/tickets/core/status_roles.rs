//! Who may take which step.

use super::super::{change, department, file, oid, path, plain, to_status};
use crate::support::TestApp;
use bson::doc;
use serde_json::json;
use stoa::permissions::Role;

#[tokio::test]
async fn clients_solve_and_reopen_their_own_and_nothing_else() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    for status in ["open", "pending", "on_hold", "closed"] {
        let refused = a.client.ask().post(&path(&ticket, "/status"), json!({ "status": status })).await;
        assert_eq!(refused.refused(403, "forbidden")["allowed"], json!(["solved"]));
    }
    to_status(&a.client, &ticket, "solved").await;
    to_status(&a.client, &ticket, "open").await;
    app.finish().await;
}

#[tokio::test]
async fn a_copied_client_sees_the_ticket_but_does_not_move_it() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let copied = a.person(&app, Role::Client).await;
    let body =
        json!({ "subject": "x", "requester_id": a.client.id.to_hex(), "cc_ids": [copied.id.to_hex()] });
    let ticket = file(&a.manager, body).await;
    copied.ask().get(&path(&ticket, "")).await.expect(200);
    let refused = copied.ask().post(&path(&ticket, "/status"), json!({ "status": "solved" })).await;
    assert_eq!(refused.refused(403, "forbidden")["missing_capability"], "tickets.transition");
    copied.ask().post(&path(&ticket, "/messages"), json!({ "body": "Me too" })).await.expect(201);
    let stranger = a.person(&app, Role::Client).await;
    stranger
        .ask()
        .post(&path(&ticket, "/status"), json!({ "status": "solved" }))
        .await
        .refused(404, "not_found");
    app.finish().await;
}

#[tokio::test]
async fn only_administrators_close_and_say_why_unless_it_is_solved() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let close = json!({ "status": "closed", "reason": "Duplicate" });
    a.manager.ask().post(&path(&ticket, "/status"), close.clone()).await.refused(403, "forbidden");
    let unreasoned = a.admin.ask().post(&path(&ticket, "/status"), json!({ "status": "closed" })).await;
    assert!(unreasoned.refused(422, "validation_failed")["errors"]["reason"].is_object());
    a.admin.ask().post(&path(&ticket, "/status"), close).await.expect(200);
    let events = a.admin.ask().get(&path(&ticket, "/events")).await.expect(200);
    assert_eq!(events["data"][1]["reason"], "Duplicate");
    let seen = a.client.ask().get(&path(&ticket, "/events")).await.expect(200);
    assert!(seen["data"][1].get("reason").is_none(), "why is said among staff");
    let solved = plain(&a.client).await;
    to_status(&a.manager, &solved, "solved").await;
    to_status(&a.admin, &solved, "closed").await;
    app.finish().await;
}

#[tokio::test]
async fn writers_move_the_tickets_of_their_departments() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let sales = department(&app, &a.admin, json!({ "name": "Sales" }), &[&a.writer]).await;
    let ticket = plain(&a.client).await;
    let open = json!({ "status": "open" });
    a.writer.ask().post(&path(&ticket, "/status"), open.clone()).await.refused(404, "not_found");
    change(&app, "tickets", doc! { "_id": oid(&ticket) }, doc! { "$set": { "department_id": sales } }).await;
    a.writer.ask().post(&path(&ticket, "/status"), open).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn a_status_needs_a_known_name_and_nothing_unknown_beside_it() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    for body in [json!({}), json!({ "status": "done" }), json!({ "status": { "$ne": null } })] {
        a.admin.ask().post(&path(&ticket, "/status"), body).await.refused(422, "validation_failed");
    }
    let body = json!({ "status": "open", "assignee_id": "me" });
    a.admin.ask().post(&path(&ticket, "/status"), body).await.refused(422, "unknown_field");
    let stale = a.admin.ask().with("if-match", "\"7\"");
    stale
        .post(&path(&ticket, "/status"), json!({ "status": "open" }))
        .await
        .refused(412, "precondition_failed");
    app.finish().await;
}
