//! Saved views through HTTP: whose they are, who sees them, and that none is saved that cannot be opened.

use crate::support::{Persona, TestApp};
use bson::{Document, doc};
use serde_json::{Value, json};

fn view(name: &str) -> Value {
    json!({ "name": name, "resource": "tickets", "filter": { "status_in": ["new", "open"], "assignee_id": "me" },
            "sort": "-created_at", "columns": ["number", "subject"] })
}

async fn names(person: &Persona) -> Vec<String> {
    let list = person.ask().get("/api/saved_views?sort=name").await.expect(200);
    list["data"].as_array().unwrap().iter().map(|view| view["name"].as_str().unwrap().to_owned()).collect()
}

fn with(mut body: Value, changes: Value) -> Value {
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    body
}

#[tokio::test]
async fn a_view_belongs_to_who_saved_it() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let made = a.writer.ask().post("/api/saved_views", view("mine")).await.expect(201);
    assert_eq!(made["owner_id"], a.writer.id.to_hex());
    let path = format!("/api/saved_views/{}", made["id"].as_str().unwrap());
    let forged = with(view("forged"), json!({ "owner_id": a.admin.id.to_hex() }));
    a.writer.ask().post("/api/saved_views", forged).await.refused(422, "read_only_field");
    a.writer
        .ask()
        .patch(&path, json!({ "owner_id": a.admin.id.to_hex() }))
        .await
        .refused(422, "read_only_field");
    for other in [&a.admin, &a.manager, &a.client, &b.admin] {
        other.ask().get(&path).await.refused(404, "not_found");
        other.ask().patch(&path, json!({ "name": "x" })).await.refused(404, "not_found");
        other.ask().delete(&path).await.refused(404, "not_found");
    }
    a.writer.ask().post("/api/saved_views", view("MINE")).await.refused(409, "unique_violation");
    a.manager.ask().post("/api/saved_views", view("mine")).await.expect(201);
    let users =
        with(view("mine"), json!({ "resource": "users", "filter": { "status": "active" }, "sort": "name" }));
    a.writer.ask().post("/api/saved_views", users.clone()).await.refused(422, "filter_not_allowed");
    let users = with(users, json!({ "filter": {} }));
    a.writer.ask().post("/api/saved_views", users).await.expect(201);
    a.writer.ask().delete(&path).await.expect(200);
    a.writer.ask().post(&format!("{path}/restore"), json!({})).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn sharing_reaches_staff_and_departments_but_lets_nobody_else_change() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let department = |name: &'static str| {
        let ask = a.admin.ask();
        async move { ask.post("/api/departments", json!({ "name": name })).await.expect(201)["id"].clone() }
    };
    let (sales, support) = (department("sales").await, department("support").await);
    let id = bson::oid::ObjectId::parse_str(sales.as_str().unwrap()).unwrap();
    app.raw
        .collection::<Document>("sessions")
        .update_many(
            doc! { "user_id": { "$in": [a.manager.id, a.writer.id] } },
            doc! { "$set": { "department_ids": [id] } },
        )
        .await
        .unwrap();
    let to =
        |name: &str, ids: Value| with(view(name), json!({ "sharing": "departments", "department_ids": ids }));
    let shared = a.manager.ask().post("/api/saved_views", to("sales", json!([sales]))).await.expect(201);
    a.manager
        .ask()
        .post("/api/saved_views", with(view("staff"), json!({ "sharing": "staff" })))
        .await
        .expect(201);
    a.admin.ask().post("/api/saved_views", to("support", json!([support]))).await.expect(201);
    assert_eq!(names(&a.writer).await, ["sales", "staff"]);
    assert_eq!(names(&a.admin).await, ["staff", "support"]);
    assert_eq!(names(&a.client).await, [""; 0]);

    let path = format!("/api/saved_views/{}", shared["id"].as_str().unwrap());
    let told = a.writer.ask().patch(&path, json!({ "name": "taken" })).await.refused(403, "forbidden");
    assert_eq!(told["missing_capability"], "saved_views.update");
    a.writer.ask().delete(&path).await.refused(403, "forbidden");
    for ids in [json!([support]), json!([sales, support]), json!([])] {
        a.manager
            .ask()
            .post("/api/saved_views", to("other", ids.clone()))
            .await
            .refused(422, "validation_failed");
        a.manager
            .ask()
            .patch(&path, json!({ "department_ids": ids }))
            .await
            .refused(422, "validation_failed");
    }
    // Leaving the department does not forbid to rename what was shared with it.
    app.raw
        .collection::<Document>("sessions")
        .update_one(doc! { "user_id": a.manager.id }, doc! { "$set": { "department_ids": [] } })
        .await
        .unwrap();
    a.manager.ask().patch(&path, json!({ "name": "renamed" })).await.expect(200);
    a.manager.ask().patch(&path, json!({ "sharing": "private" })).await.expect(200);
    a.manager.ask().patch(&path, json!({ "sharing": "departments" })).await.refused(422, "validation_failed");
    app.finish().await;
}

#[tokio::test]
async fn clients_keep_views_to_themselves() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let body = json!({ "name": "open", "resource": "tickets", "filter": { "status": "open" } });
    let made = a.client.ask().post("/api/saved_views", body.clone()).await.expect(201);
    let path = format!("/api/saved_views/{}", made["id"].as_str().unwrap());
    for sharing in ["staff", "departments"] {
        let shared = with(body.clone(), json!({ "name": sharing, "sharing": sharing }));
        a.client.ask().post("/api/saved_views", shared).await.refused(422, "validation_failed");
        a.client.ask().patch(&path, json!({ "sharing": sharing })).await.refused(422, "validation_failed");
    }
    for (resource, code) in [("tags", "validation_failed")] {
        let other = json!({ "name": "x", "resource": resource, "filter": {} });
        a.client.ask().post("/api/saved_views", other).await.refused(422, code);
    }
    app.finish().await;
}

#[tokio::test]
async fn a_view_that_cannot_be_opened_is_not_saved() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let made = a.writer.ask().post("/api/saved_views", view("sound")).await.expect(201);
    let path = format!("/api/saved_views/{}", made["id"].as_str().unwrap());
    for (filter, code) in [
        (json!({ "nothing": 1 }), "filter_not_allowed"),
        (json!({ "password_hash": "x" }), "filter_not_allowed"),
        (json!({ "status": "molten" }), "validation_failed"),
        (json!({ "status": { "$ne": null } }), "validation_failed"),
        (json!({ "$where": "1" }), "validation_failed"),
        (json!({ "status.x": "open" }), "validation_failed"),
        (json!({ "or": [] }), "filter_not_allowed"),
        (json!({ "not": { "not": { "not": { "not": { "status": "open" } } } } }), "filter_not_allowed"),
        (json!(["status"]), "validation_failed"),
        (json!(null), "validation_failed"),
    ] {
        let body = with(view("broken"), json!({ "filter": filter }));
        a.writer.ask().post("/api/saved_views", body).await.refused(422, code);
        a.writer.ask().patch(&path, json!({ "filter": filter })).await.refused(422, code);
    }
    a.writer.ask().patch(&path, json!({ "sort": "-password_hash" })).await.refused(422, "sort_not_allowed");
    // What stays must fit what changes.
    a.writer.ask().patch(&path, json!({ "resource": "tags" })).await.refused(422, "filter_not_allowed");
    // What the own role does not see cannot be asked for, as the answer would tell it.
    let masked =
        json!({ "name": "x", "resource": "tickets", "filter": { "assignee_id": a.writer.id.to_hex() } });
    a.writer.ask().post("/api/saved_views", masked.clone()).await.expect(201);
    a.client.ask().post("/api/saved_views", masked).await.refused(422, "filter_not_allowed");
    app.finish().await;
}
