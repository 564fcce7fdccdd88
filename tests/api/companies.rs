//! Companies: who opens, sees, changes, suspends and closes them, and operators inside them.

use crate::support::{PASSWORD, TestApp};
use bson::{doc, oid::ObjectId};
use serde_json::json;

#[tokio::test]
async fn an_operator_opens_a_company_with_its_settings() {
    let app = TestApp::start().await;
    let (root, a) = (app.superadmin().await, app.tenant("a").await);
    let new = json!({ "name": "Northwind", "slug": "northwind", "timezone": "Europe/Berlin" });
    let made = root.ask().post("/api/companies", new.clone()).await.expect(201);
    assert_eq!((made["status"].as_str(), made["support_access"].as_str()), (Some("active"), Some("write")));
    let id = ObjectId::parse_str(made["id"].as_str().unwrap()).unwrap();
    let settings = app.stored("settings", doc! { "company_id": id }).await.unwrap();
    assert_eq!(settings.get_object_id("_id").unwrap(), id);
    assert_eq!(app.count("audit_log", doc! { "company_id": id, "action": "companies.create" }).await, 1);
    let taken = root.ask().post("/api/companies", new.clone()).await.refused(409, "unique_violation");
    assert!(taken["errors"]["slug"].is_object());
    root.ask().delete(&format!("/api/companies/{}", id.to_hex())).await.expect(200);
    root.ask().post("/api/companies", new.clone()).await.refused(409, "unique_violation");
    root.ask()
        .acting_in(a.id)
        .post("/api/companies", json!({ "name": "B", "slug": "bb" }))
        .await
        .refused(403, "forbidden");
    for person in a.everyone() {
        person
            .ask()
            .post("/api/companies", json!({ "name": "C", "slug": "cc" }))
            .await
            .refused(403, "forbidden");
    }
    app.finish().await;
}

#[tokio::test]
async fn people_see_their_own_company_by_role() {
    let app = TestApp::start().await;
    let (root, a, b) = (app.superadmin().await, app.tenant("a").await, app.tenant("b").await);
    let (own, foreign) =
        (format!("/api/companies/{}", a.id.to_hex()), format!("/api/companies/{}", b.id.to_hex()));
    for person in a.everyone() {
        assert_eq!(person.ask().get("/api/companies").await.expect(200)["total"], 1);
        person.ask().get(&foreign).await.refused(404, "not_found");
        let shown = person.ask().get(&own).await.expect(200);
        assert_eq!(shown.get("support_access").is_some(), person.id == a.admin.id, "{shown}");
        assert!(shown.get("active_admins").is_none());
    }
    assert_eq!(root.ask().get("/api/companies").await.expect(200)["total"], 2);
    a.admin.ask().patch(&own, json!({ "name": "A!", "support_access": "read" })).await.expect(200);
    a.admin.ask().patch(&foreign, json!({ "name": "Mine" })).await.refused(404, "not_found");
    for body in [json!({ "status": "suspended" }), json!({ "slug": "other" })] {
        a.admin.ask().patch(&own, body).await.refused(422, "read_only_field");
    }
    a.admin.ask().patch(&own, json!({ "active_admins": 9 })).await.refused(422, "unknown_field");
    a.manager.ask().patch(&own, json!({ "name": "X" })).await.refused(403, "forbidden");
    a.admin.ask().delete(&own).await.refused(403, "forbidden");
    a.admin.ask().post(&format!("{own}/suspend"), json!({})).await.refused(403, "forbidden");
    root.ask().patch(&own, json!({ "name": "Renamed" })).await.expect(200);
    root.ask().patch(&own, json!({ "support_access": "write" })).await.refused(422, "read_only_field");
    app.finish().await;
}

#[tokio::test]
async fn suspension_logs_everyone_out_on_every_instance_until_it_ends() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let (root, a, b) = (app.superadmin().await, app.tenant("a").await, app.tenant("b").await);
    app.give_password(&a.writer).await;
    let tokens = app.log_in(&a.writer).await;
    let path = format!("/api/companies/{}", a.id.to_hex());
    assert_eq!(
        root.ask().post(&format!("{path}/suspend"), json!({})).await.expect(200)["status"],
        "suspended"
    );
    for person in a.everyone() {
        person.ask_at(&other).get("/auth/me").await.refused(401, "session_revoked");
    }
    tokens.ask(&other).get("/auth/me").await.refused(401, "session_revoked");
    other.refresh(&tokens.refresh).await.refused(401, "session_revoked");
    other.try_log_in(&a.writer.email, PASSWORD).await.refused(401, "invalid_grant");
    b.writer.ask_at(&other).get("/auth/me").await.expect(200);
    root.ask().acting_in(a.id).get("/api/departments").await.expect(200);
    let write = root.ask().acting_in(a.id).post("/api/departments", json!({ "name": "X" })).await;
    write.refused(403, "company_suspended");
    root.ask().post(&format!("{path}/resume"), json!({})).await.expect(200);
    other.try_log_in(&a.writer.email, PASSWORD).await.expect(200);

    let tokens = app.log_in(&a.writer).await;
    root.ask().delete(&path).await.expect(200);
    tokens.ask(&other).get("/auth/me").await.refused(401, "session_revoked");
    other.try_log_in(&a.writer.email, PASSWORD).await.refused(401, "invalid_grant");
    root.ask().acting_in(a.id).get("/api/departments").await.refused(422, "reference_not_found");
    root.ask().post(&format!("{path}/restore"), json!({})).await.expect(200);
    other.try_log_in(&a.writer.email, PASSWORD).await.expect(200);
    let acts = app.count("audit_log", doc! { "company_id": a.id, "resource": "companies" }).await;
    assert_eq!(acts, 4, "suspend, resume, delete, restore are in the company's log");
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn a_repeated_suspension_logs_out_nobody_of_a_company_that_is_back() {
    let app = TestApp::start().await;
    let (root, a) = (app.superadmin().await, app.tenant("a").await);
    app.give_password(&a.writer).await;
    let path = format!("/api/companies/{}", a.id.to_hex());
    let ask = || root.ask().with("idempotency-key", "k");
    let address = format!("{path}/suspend");
    let suspend = || ask().post(&address, json!({}));
    suspend().await.expect(200);
    // As if a log-in beside it had left a session, and the program had ended before it was found.
    let session = |id: ObjectId| doc! { "_id": id, "user_company_id": a.id };
    app.raw.collection("sessions").insert_one(session(ObjectId::new())).await.unwrap();
    assert_eq!(suspend().await.header("idempotency-replayed"), "true");
    assert_eq!(app.count("sessions", doc! { "user_company_id": a.id }).await, 0);
    root.ask().post(&format!("{path}/resume"), json!({})).await.expect(200);
    let tokens = app.log_in(&a.writer).await;
    assert_eq!(suspend().await.header("idempotency-replayed"), "true");
    tokens.ask(&app).get("/auth/me").await.expect(200);

    ask().delete(&path).await.expect(200);
    app.raw.collection("sessions").insert_one(session(ObjectId::new())).await.unwrap();
    assert_eq!(ask().delete(&path).await.header("idempotency-replayed"), "true");
    assert_eq!(app.count("sessions", doc! { "user_company_id": a.id }).await, 0);
    root.ask().post(&format!("{path}/restore"), json!({})).await.expect(200);
    let tokens = app.log_in(&a.writer).await;
    assert_eq!(ask().delete(&path).await.header("idempotency-replayed"), "true");
    tokens.ask(&app).get("/auth/me").await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn log_ins_beside_a_suspension_leave_no_session() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let (root, a) = (app.superadmin().await, app.tenant("a").await);
    app.give_password(&a.writer).await;
    let path = format!("/api/companies/{}", a.id.to_hex());
    for _ in 0..5 {
        let log_ins = (0..4).map(|i| [&app, &other][i % 2].try_log_in(&a.writer.email, PASSWORD));
        let address = format!("{path}/suspend");
        let suspend = root.ask_at(&other).post(&address, json!({}));
        let (answers, suspended) = futures::join!(futures::future::join_all(log_ins), suspend);
        suspended.expect(200);
        for answer in answers {
            assert!(answer.status == 200 || answer.status == 401, "{}", answer.text());
        }
        assert_eq!(app.count("sessions", doc! { "user_company_id": a.id }).await, 0);
        root.ask().post(&format!("{path}/resume"), json!({})).await.expect(200);
        app.raw.collection::<bson::Document>("throttle_buckets").delete_many(doc! {}).await.unwrap();
    }
    other.finish_keeping().await;
    app.finish().await;
}
