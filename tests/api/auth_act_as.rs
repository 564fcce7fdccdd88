//! Operators inside a company: named, with a reason, as far as the company admits them, and in its log.

use crate::support::TestApp;
use bson::{doc, oid::ObjectId};
use serde_json::json;

#[tokio::test]
async fn reads_and_writes_are_in_the_companys_log_with_the_reason() {
    let app = TestApp::start().await;
    let (root, a, b) = (app.superadmin().await, app.tenant("a").await, app.tenant("b").await);
    let inside = || root.ask().with("x-company-id", a.id.to_hex());
    root.ask().get("/api/departments").await.refused(400, "company_required");
    inside().post("/api/departments", json!({ "name": "X" })).await.refused(400, "act_reason_required");
    inside()
        .with("x-act-reason", "  ")
        .post("/api/departments", json!({ "name": "X" }))
        .await
        .refused(400, "act_reason_required");
    let made =
        inside().with("x-act-reason", "case 4711").post("/api/departments", json!({ "name": "X" })).await;
    assert_eq!(made.expect(201)["company_id"], a.id.to_hex());
    inside().with("x-act-reason", "case 4712").get("/api/departments").await.expect(200);
    inside().get("/api/users").await.expect(200);
    let log = a.admin.ask().list("/api/audit_log", json!({ "act_as": true })).await.expect(200);
    let entries = log["data"].as_array().unwrap();
    let told: Vec<_> =
        entries.iter().map(|e| (e["action"].as_str().unwrap(), e["reason"].as_str())).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    for expected in [
        ("departments.create", Some("case 4711")),
        ("departments.read", Some("case 4712")),
        ("users.read", None),
    ] {
        assert!(told.contains(&expected), "{expected:?} in {told:?}");
    }
    assert!(entries.iter().all(|entry| entry["actor_id"] == root.id.to_hex()));
    assert_eq!(b.admin.ask().get("/api/audit_log").await.expect(200)["total"], 0);
    app.finish().await;
}

#[tokio::test]
async fn the_company_decides_how_far_operators_come() {
    let app = TestApp::start().await;
    let (root, a) = (app.superadmin().await, app.tenant("a").await);
    let company = format!("/api/companies/{}", a.id.to_hex());
    let inside = || root.ask().acting_in(a.id);
    a.admin.ask().patch(&company, json!({ "support_access": "read" })).await.expect(200);
    inside().get("/api/departments").await.expect(200);
    let told = inside().post("/api/departments", json!({ "name": "X" })).await;
    assert_eq!(told.refused(403, "support_access_denied")["support_access"], "read");
    a.admin.ask().patch(&company, json!({ "support_access": "off" })).await.expect(200);
    inside().get("/api/departments").await.refused(403, "support_access_denied");
    inside().get(&company).await.refused(403, "support_access_denied");
    // Nor around it: a company's people are changed inside the company only.
    let person = format!("/api/users/{}", a.writer.id.to_hex());
    root.ask().patch(&person, json!({ "name": "X" })).await.refused(400, "company_required");
    root.ask().delete(&person).await.refused(400, "company_required");
    for action in ["set_role", "disable", "enable", "revoke_sessions"] {
        let body = if action == "set_role" { json!({ "role": "client" }) } else { json!({}) };
        root.ask().post(&format!("{person}/{action}"), body).await.refused(400, "company_required");
    }
    let bulk = json!({ "ids": [a.writer.id.to_hex()], "data": { "name": "X" } });
    assert_eq!(
        root.ask().patch("/api/users", bulk).await.expect(200)["errors"][0]["code"],
        "company_required"
    );
    app.finish().await;
}

#[tokio::test]
async fn nobody_else_names_another_company() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    for person in a.everyone() {
        for foreign in [b.id.to_hex(), ObjectId::new().to_hex(), "nonsense".to_owned()] {
            let ask = || person.ask().with("x-company-id", &*foreign);
            ask().get("/api/departments").await.refused(403, "tenant_mismatch");
            ask().post("/api/departments", json!({ "name": "X" })).await.refused(403, "tenant_mismatch");
        }
        person.ask().with("x-company-id", a.id.to_hex()).get("/api/departments").await.expect(200);
    }
    assert_eq!(app.count("audit_log", doc! {}).await, 0);
    app.finish().await;
}
