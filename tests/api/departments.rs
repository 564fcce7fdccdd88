//! Departments through HTTP; what it shows of the shared engine holds for every resource.

use crate::support::TestApp;
use serde_json::json;

#[tokio::test]
async fn an_admin_creates_reads_changes_deletes_and_restores() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let made = a.admin.ask().post("/api/departments", json!({ "name": "Sales" })).await;
    let body = made.expect(201);
    let path = format!("/api/departments/{}", body["id"].as_str().unwrap());
    assert_eq!(made.header("location"), path);
    assert_eq!(body["name"], "Sales");
    assert_eq!(body["version"], 1);
    assert_eq!(body["company_id"], a.id.to_hex());
    assert!(body.get("assignment_pointer").is_none(), "hidden fields stay inside");

    let read = a.writer.ask().get(&path).await;
    assert_eq!(read.expect(200)["name"], "Sales");
    let etag = read.header("etag").to_owned();
    assert_eq!(a.writer.ask().with("if-none-match", &etag).get(&path).await.status, 304);

    let changed = a.admin.ask().with("if-match", "\"1\"").patch(&path, json!({ "name": "Selling" })).await;
    assert_eq!(changed.expect(200)["version"], 2);
    a.admin
        .ask()
        .with("if-match", "\"1\"")
        .patch(&path, json!({ "name": "X" }))
        .await
        .refused(412, "precondition_failed");

    assert!(a.admin.ask().delete(&path).await.expect(200)["deleted_at"].is_string());
    a.admin.ask().get(&path).await.refused(404, "not_found");
    let trash = a.admin.ask().get("/api/departments?trash=true").await.expect(200);
    assert_eq!(trash["total"], 1);
    a.admin.ask().post(&format!("{path}/restore"), json!({})).await.expect(200);
    a.admin.ask().get(&path).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn every_change_is_in_the_audit_log_and_the_chain_holds() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let made = a.admin.ask().post("/api/departments", json!({ "name": "Sales" })).await.expect(201);
    let path = format!("/api/departments/{}", made["id"].as_str().unwrap());
    a.admin.ask().patch(&path, json!({ "name": "Selling" })).await.expect(200);
    let log = a.admin.ask().get("/api/audit_log?sort=seq").await.expect(200);
    assert_eq!(log["total"], 2);
    assert_eq!(log["data"][1]["action"], "departments.update");
    assert_eq!(log["data"][1]["changes"][0]["field"], "name");
    assert_eq!(log["data"][1]["changes"][0]["from"], "Sales");
    app.finish().await;
}

#[tokio::test]
async fn one_key_sent_fifty_times_at_once_has_one_effect() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ask = |_| {
        let ask = a.admin.ask().with("idempotency-key", "once-and-only-once");
        async move { ask.post("/api/departments", json!({ "name": "Sales" })).await }
    };
    let answers = futures::future::join_all((0..50).map(ask)).await;
    let first = answers[0].expect(201);
    for answer in &answers {
        assert_eq!(answer.expect(201), first);
    }
    let list = a.admin.ask().get("/api/departments").await.expect(200);
    assert_eq!(list["total"], 1);
    let other = a.admin.ask().with("idempotency-key", "once-and-only-once");
    other.post("/api/departments", json!({ "name": "Other" })).await.refused(422, "idempotency_mismatch");
    app.finish().await;
}

#[tokio::test]
async fn another_company_sees_nothing() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let made = b.admin.ask().post("/api/departments", json!({ "name": "Secret" })).await.expect(201);
    let path = format!("/api/departments/{}", made["id"].as_str().unwrap());
    a.admin.ask().get(&path).await.refused(404, "not_found");
    a.admin.ask().patch(&path, json!({ "name": "Mine" })).await.refused(404, "not_found");
    a.admin.ask().delete(&path).await.refused(404, "not_found");
    assert_eq!(a.admin.ask().get("/api/departments").await.expect(200)["total"], 0);
    let parent = json!({ "name": "Below", "parent_id": made["id"] });
    a.admin.ask().post("/api/departments", parent).await.refused(422, "reference_not_found");
    app.finish().await;
}

#[tokio::test]
async fn faults_are_told_all_at_once() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let body = json!({ "name": "", "is_public": "yes", "colour": "red", "version": 3, "created_at": "x" });
    let told = a.admin.ask().post("/api/departments", body).await.refused(422, "validation_failed");
    for field in ["name", "is_public", "colour"] {
        assert!(told["errors"][field]["message"].is_string(), "{told}");
    }
    a.client.ask().post("/api/departments", json!({ "name": "X" })).await.refused(403, "forbidden");
    app.anonymous().get("/api/departments").await.refused(401, "unauthenticated");
    a.admin.ask().post("/api/departments", json!({ "name": "Twice" })).await.expect(201);
    let twice = a
        .admin
        .ask()
        .post("/api/departments", json!({ "name": "TWICE" }))
        .await
        .refused(409, "unique_violation");
    assert!(twice["errors"]["name"].is_object());
    app.finish().await;
}
