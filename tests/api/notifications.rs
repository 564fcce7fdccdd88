//! Notifications through HTTP: each person reads and marks the own ones, and chooses what to be told of.

use crate::support::{Persona, TestApp, url};
use bson::{Bson, DateTime, Document, doc, oid::ObjectId};
use serde_json::{Value, json};

/// A notification as the database holds it.
pub fn notification(company: ObjectId, user: &Persona) -> Document {
    let now = DateTime::now();
    doc! {
        "_id": ObjectId::new(), "company_id": company, "user_id": user.id, "event_id": ObjectId::new(),
        "kind": "message.added", "ticket_id": ObjectId::new(), "title": "New message on T-1: Printer",
        "actor_id": ObjectId::new(), "count": 1_i64, "is_read": false, "read_at": null, "created_at": now,
        "created_by": ObjectId::new(), "updated_at": now, "updated_by": null, "version": 1_i64, "deleted_at": null,
    }
}

/// Stores `many` notifications for a person and returns their ids.
pub async fn notify(app: &TestApp, company: ObjectId, user: &Persona, many: usize) -> Vec<String> {
    let rows: Vec<_> = (0..many).map(|_| notification(company, user)).collect();
    app.raw.collection::<Document>("notifications").insert_many(&rows).await.expect("notifications");
    rows.iter().map(|row| row.get_object_id("_id").unwrap().to_hex()).collect()
}

async fn unread(person: &Persona) -> Value {
    person.ask().get("/api/notifications/unread_count").await.expect(200)
}

#[tokio::test]
async fn everyone_reads_the_own_ones_only() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let ids = notify(&app, a.id, &a.writer, 3).await;
    notify(&app, b.id, &b.writer, 1).await;
    for stranger in [&a.admin, &a.manager, &a.client, &b.writer] {
        stranger.ask().get(&format!("/api/notifications/{}", ids[0])).await.refused(404, "not_found");
        let path = format!("/api/notifications/{}/read", ids[0]);
        stranger.ask().post(&path, json!({})).await.refused(404, "not_found");
        let path = format!("/api/notifications/{}", ids[0]);
        stranger.ask().patch(&path, json!({ "is_read": true })).await.refused(404, "not_found");
    }
    assert_eq!(a.admin.ask().get("/api/notifications").await.expect(200)["total"], 0);
    let own = a
        .writer
        .ask()
        .get(&url("/api/notifications", &[("filter", "{\"is_read\":false}")]))
        .await
        .expect(200);
    assert_eq!(own["total"], 3);
    assert_eq!(unread(&a.writer).await, json!({ "count": 3, "exact": true }));
    assert_eq!(unread(&a.admin).await, json!({ "count": 0, "exact": true }));
    app.anonymous().get("/api/notifications").await.refused(401, "unauthenticated");
    app.finish().await;
}

#[tokio::test]
async fn clients_do_not_learn_who_of_the_staff_acted() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let id = notify(&app, a.id, &a.client, 1).await.remove(0);
    let shown = a.client.ask().get(&format!("/api/notifications/{id}")).await.expect(200);
    let listed = a.client.ask().get("/api/notifications").await.expect(200)["data"][0].clone();
    for record in [shown, listed] {
        for hidden in ["actor_id", "created_by", "updated_by"] {
            assert!(record.get(hidden).is_none(), "{hidden}: {record}");
        }
        assert_eq!(record["title"], "New message on T-1: Printer");
    }
    app.finish().await;
}

#[tokio::test]
async fn marking_sets_the_time_and_only_the_mark() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ids = notify(&app, a.id, &a.writer, 4).await;
    let path = format!("/api/notifications/{}", ids[0]);
    let read = a.writer.ask().patch(&path, json!({ "is_read": true })).await.expect(200);
    assert!(read["read_at"].is_string(), "{read}");
    let unread_again = a.writer.ask().patch(&path, json!({ "is_read": false })).await.expect(200);
    assert_eq!(unread_again["read_at"], Value::Null);
    let told = a
        .writer
        .ask()
        .patch(&path, json!({ "title": "x", "count": 9, "user_id": a.admin.id.to_hex() }))
        .await;
    told.refused(422, "read_only_field");
    a.writer
        .ask()
        .patch(&path, json!({ "read_at": "2026-01-01T00:00:00Z" }))
        .await
        .refused(422, "read_only_field");
    let whole = a.writer.ask().get(&path).await.expect(200);
    a.writer.ask().put(&path, whole).await.expect(200);

    let first = a.writer.ask().post(&format!("{path}/read"), json!({})).await.expect(200);
    let again = a.writer.ask().post(&format!("{path}/read"), json!({})).await.expect(200);
    assert_eq!((&first["is_read"], &first["version"]), (&json!(true), &again["version"]), "once is enough");
    a.writer.ask().post(&format!("{path}/read"), json!({ "x": 1 })).await.refused(422, "unknown_field");
    assert_eq!(unread(&a.writer).await["count"], 3);
    for method in [http::Method::POST, http::Method::DELETE] {
        a.writer
            .ask()
            .send(method, "/api/notifications", Some(json!({})))
            .await
            .refused(405, "method_not_allowed");
    }
    app.finish().await;
}

#[tokio::test]
async fn read_all_marks_all_ones_own_in_parts() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    notify(&app, a.id, &a.writer, 1201).await;
    notify(&app, a.id, &a.manager, 2).await;
    assert_eq!(unread(&a.writer).await["count"], 1201);
    let done = a.writer.ask().post("/api/notifications/read_all", json!({})).await.expect(200);
    assert_eq!(done["updated"], 1201);
    assert_eq!(unread(&a.writer).await["count"], 0);
    assert_eq!(unread(&a.manager).await["count"], 2, "of the manager nothing is marked");
    let open = doc! { "user_id": a.writer.id, "$or": [{ "read_at": Bson::Null }, { "version": 1_i64 }] };
    let left = app.raw.collection::<Document>("notifications").count_documents(open).await.unwrap();
    assert_eq!(left, 0, "time and version are set");
    let again = a.writer.ask().post("/api/notifications/read_all", json!({})).await.expect(200);
    assert_eq!(again["updated"], 0);
    let check = a.admin.ask().get("/api/audit_log/verify").await.expect(200);
    assert_eq!((&check["valid"], &check["checked"]), (&json!(true), &json!(3)), "an entry for each part");
    app.finish().await;
}

#[tokio::test]
async fn preferences_are_the_whole_matrix_and_ones_own() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let path = "/api/notification_preferences";
    for person in a.everyone() {
        let matrix = person.ask().get(path).await.expect(200);
        let added = json!({ "mine": true, "followed": true, "unassigned_in_department": true });
        assert_eq!(matrix["message_added"], added);
        assert_eq!(matrix["ticket_updated"]["mine"], false);
    }
    let mut choice = a.client.ask().get(path).await.expect(200);
    choice["message_added"] = json!({ "mine": false });
    let kept = a.client.ask().put(path, choice).await.expect(200);
    assert_eq!(kept["message_added"]["mine"], false);
    assert_eq!(kept["message_added"]["followed"], true, "what is left out gets its default");
    assert_eq!(a.client.ask().get(path).await.expect(200), kept);
    assert_eq!(a.writer.ask().get(path).await.expect(200)["message_added"]["mine"], true);

    for (body, field) in [
        (json!({ "ticket_exploded": { "mine": true } }), "ticket_exploded"),
        (json!({ "message_added": { "yours": true } }), "message_added.yours"),
        (json!({ "message_added": { "mine": "yes" } }), "message_added.mine"),
        (json!({ "message_added": ["mine"] }), "message_added"),
        (json!({ "message_added": null }), "message_added"),
        (json!({ "$set": { "role": "superadmin" } }), "$set"),
        (json!({ "message_added": { "$ne": null } }), "message_added.$ne"),
    ] {
        let told = a.client.ask().put(path, body.clone()).await.expect(422);
        assert!(told["errors"][field].is_object(), "{body}: {told}");
    }
    assert_eq!(a.client.ask().get(path).await.expect(200), kept, "nothing of it was kept");
    let entry = a.admin.ask().get("/api/audit_log").await.expect(200)["data"][0].clone();
    assert_eq!(
        (&entry["action"], &entry["resource_id"]),
        (&json!("users.update"), &json!(a.client.id.to_hex()))
    );
    let reset = a.client.ask().put(path, json!({})).await.expect(200);
    assert_eq!(reset["message_added"]["mine"], true, "an empty choice is the default");
    app.finish().await;
}
