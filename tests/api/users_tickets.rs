//! What becomes of the open tickets of a person who goes.

use crate::support::{Tenant, TestApp};
use bson::{DateTime, Document, doc, oid::ObjectId};
use serde_json::json;
use stoa::permissions::Role;

/// Tickets straight in the database, with what this part reads of them.
async fn file(app: &TestApp, a: &Tenant, assignee: ObjectId, count: i64, status: &str) -> Vec<ObjectId> {
    let now = DateTime::now();
    let last = i64::try_from(app.count("tickets", doc! {}).await).unwrap();
    let ticket = |number: i64| {
        doc! {
            "_id": ObjectId::new(), "company_id": a.id, "number": number, "reference": format!("T-{number}"),
            "subject": "s", "description": null, "status": status, "priority": "normal", "kind": "question",
            "channel": "web", "requester_id": a.client.id, "cc_ids": [], "assignee_id": assignee,
            "department_id": null, "category_id": null, "tag_ids": [], "follower_ids": [], "muted_ids": [],
            "external_id": null, "wake_at": null, "is_spam": false, "archived": false, "archived_at": null,
            "merged_into": null, "follow_up_of": null, "split_from": null, "message_count": 0_i64,
            "public_message_count": 0_i64, "event_count": 0_i64, "reopen_count": 0_i64, "created_at": now,
            "created_by": null, "updated_at": now, "updated_by": null, "version": 1_i64, "deleted_at": null,
        }
    };
    let tickets: Vec<Document> = (last + 1..=last + count).map(ticket).collect();
    app.raw.collection::<Document>("tickets").insert_many(&tickets).await.unwrap();
    tickets.iter().map(|ticket| ticket.get_object_id("_id").unwrap()).collect()
}

#[tokio::test]
async fn open_tickets_of_a_disabled_person_go_to_the_heir() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let open = file(&app, &a, a.writer.id, 60, "open").await;
    let solved = file(&app, &a, a.writer.id, 3, "solved").await;
    let path = format!("/api/users/{}/disable", a.writer.id.to_hex());
    let to = |id: ObjectId| json!({ "reassign_to": id.to_hex() });
    a.admin.ask().post(&path, to(b.writer.id)).await.refused(422, "reference_not_found");
    a.admin.ask().post(&path, to(ObjectId::new())).await.refused(422, "reference_not_found");
    a.admin.ask().post(&path, to(a.client.id)).await.refused(422, "validation_failed");
    a.admin.ask().post(&path, to(a.writer.id)).await.refused(422, "validation_failed");
    a.admin.ask().post(&path, json!({ "reassign_to": 5 })).await.refused(422, "validation_failed");
    a.writer.ask().get("/auth/me").await.expect(200);
    a.admin.ask().post(&path, to(a.manager.id)).await.expect(200);
    assert_eq!(app.count("tickets", doc! { "assignee_id": a.manager.id, "version": 2_i64 }).await, 60);
    assert_eq!(app.count("tickets", doc! { "_id": { "$in": &solved }, "assignee_id": a.writer.id }).await, 3);
    let event = app.stored("ticket_events", doc! { "ticket_id": open[7] }).await.unwrap();
    assert_eq!((event.get_str("kind").unwrap(), event.get_i64("seq").unwrap()), ("ticket.assigned", 1));
    assert_eq!(event.get_object_id("company_id").unwrap(), a.id);
    let log = doc! { "company_id": a.id, "action": "tickets.assign", "resource_id": { "$in": &open } };
    assert_eq!(app.count("audit_log", log).await, 60);
    app.finish().await;
}

#[tokio::test]
async fn tickets_of_departments_for_which_the_heir_does_not_work_return_to_the_queue() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let heir = a.person(&app, Role::ContentWriter).await;
    let (own, other) = (ObjectId::new(), ObjectId::new());
    let users = app.raw.collection::<Document>("users");
    let works = doc! { "$set": { "department_ids": [own] } };
    users.update_one(doc! { "_id": heir.id }, works).await.unwrap();
    let open = file(&app, &a, a.writer.id, 3, "open").await;
    let tickets = app.raw.collection::<Document>("tickets");
    for (ticket, department) in [(open[0], own), (open[1], other)] {
        let set = doc! { "$set": { "department_id": department } };
        tickets.update_one(doc! { "_id": ticket }, set).await.unwrap();
    }
    let path = format!("/api/users/{}/disable", a.writer.id.to_hex());
    a.admin.ask().post(&path, json!({ "reassign_to": heir.id.to_hex() })).await.expect(200);
    for (ticket, holder) in [(open[0], Some(heir.id)), (open[1], None), (open[2], Some(heir.id))] {
        let stored = app.stored("tickets", doc! { "_id": ticket }).await.unwrap();
        assert_eq!(stored.get_object_id("assignee_id").ok(), holder);
    }
    app.finish().await;
}

#[tokio::test]
async fn without_heir_and_when_removed_or_made_a_client_tickets_return_to_the_queue() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let path = format!("/api/users/{}", a.writer.id.to_hex());
    file(&app, &a, a.writer.id, 2, "new").await;
    a.admin.ask().post(&format!("{path}/disable"), json!({})).await.expect(200);
    assert_eq!(app.count("tickets", doc! { "assignee_id": null }).await, 2);
    a.admin.ask().post(&format!("{path}/enable"), json!({})).await.expect(200);
    file(&app, &a, a.writer.id, 2, "pending").await;
    a.admin.ask().post(&format!("{path}/set_role"), json!({ "role": "client" })).await.expect(200);
    assert_eq!(app.count("tickets", doc! { "assignee_id": null }).await, 4);
    file(&app, &a, a.manager.id, 101, "open").await;
    let manager = format!("/api/users/{}", a.manager.id.to_hex());
    let told = a.admin.ask().delete(&manager).await.refused(409, "in_use");
    assert_eq!(told["tickets_count"], 1);
    assert_eq!(app.count("tickets", doc! { "assignee_id": a.manager.id }).await, 101, "all or nothing");
    a.manager.ask().get("/auth/me").await.expect(200);
    a.admin.ask().post(&format!("{manager}/disable"), json!({})).await.expect(200);
    a.admin.ask().delete(&manager).await.expect(200);
    assert_eq!(app.count("tickets", doc! { "assignee_id": null }).await, 105);
    app.finish().await;
}

#[tokio::test]
async fn a_repeated_request_finishes_what_was_left_and_takes_nothing_from_who_is_back() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let path = format!("/api/users/{}", a.writer.id.to_hex());
    let (disabling, setting) = (format!("{path}/disable"), format!("{path}/set_role"));
    let of = |person: ObjectId| doc! { "assignee_id": person };
    let disable = || {
        let to = json!({ "reassign_to": a.manager.id.to_hex() });
        a.admin.ask().with("idempotency-key", "k").post(&disabling, to)
    };
    let demote = || {
        let ask = a.admin.ask().with("idempotency-key", "k");
        ask.post(&setting, json!({ "role": "client" }))
    };
    disable().await.expect(200);
    // As if the program had ended between the two.
    file(&app, &a, a.writer.id, 2, "open").await;
    assert_eq!(disable().await.header("idempotency-replayed"), "true");
    assert_eq!(app.count("tickets", of(a.manager.id)).await, 2);
    a.admin.ask().post(&format!("{path}/enable"), json!({})).await.expect(200);
    file(&app, &a, a.writer.id, 2, "open").await;
    assert_eq!(disable().await.header("idempotency-replayed"), "true");
    assert_eq!(app.count("tickets", of(a.writer.id)).await, 2, "they are back and keep what they have");

    demote().await.expect(200);
    file(&app, &a, a.writer.id, 3, "open").await;
    assert_eq!(demote().await.header("idempotency-replayed"), "true");
    assert_eq!(app.count("tickets", of(a.writer.id)).await, 0);
    let staff = json!({ "role": "content_writer" });
    a.admin.ask().post(&format!("{path}/set_role"), staff).await.expect(200);
    file(&app, &a, a.writer.id, 4, "open").await;
    assert_eq!(demote().await.header("idempotency-replayed"), "true");
    assert_eq!(app.count("tickets", of(a.writer.id)).await, 4);
    app.finish().await;
}

#[tokio::test]
async fn a_repeated_request_gives_no_ticket_to_an_heir_who_is_gone() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let path = format!("/api/users/{}/disable", a.writer.id.to_hex());
    let disable = || {
        let to = json!({ "reassign_to": a.manager.id.to_hex() });
        a.admin.ask().with("idempotency-key", "k").post(&path, to)
    };
    disable().await.expect(200);
    a.admin.ask().delete(&format!("/api/users/{}", a.manager.id.to_hex())).await.expect(200);
    file(&app, &a, a.writer.id, 2, "open").await;
    disable().await.expect(200);
    assert_eq!(app.count("tickets", doc! { "assignee_id": null }).await, 2);
    app.finish().await;
}
