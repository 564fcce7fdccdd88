//! Who must have a second factor, by role and company, and what is admitted until there is one.

use crate::support::{LogIn, PASSWORD, Tenant, TestApp};
use bson::doc;
use serde_json::{Value, json};

async fn demand(tenant: &Tenant, roles: Value) {
    let path = format!("/api/companies/{}", tenant.id.to_hex());
    tenant.admin.ask().patch(&path, json!({ "mfa_required_roles": roles })).await.expect(200);
}

#[tokio::test]
async fn without_the_factor_nothing_is_admitted_but_setting_it_up() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    for person in [&a.writer, &a.client, &b.writer] {
        app.give_password(person).await;
    }
    let before = app.log_in(&a.writer).await;
    demand(&a, json!(["content_writer", "content_manager"])).await;
    // Sessions that are open are bound from the next request on.
    before.ask(&app).get("/api/departments").await.refused(403, "mfa_enrollment_required");
    a.manager.ask().get("/api/users").await.refused(403, "mfa_enrollment_required");
    let answer = app.try_log_in(&a.writer.email, PASSWORD).await.expect(200);
    assert_eq!(answer["must_enroll_mfa"], true);
    let tokens = LogIn::of(&answer);
    for path in ["/api/departments", "/api/tickets", "/api/companies", "/api/audit_log", "/api/events"] {
        tokens.ask(&app).get(path).await.refused(403, "mfa_enrollment_required");
    }
    tokens.ask(&app).post("/api/tags", json!({ "name": "x" })).await.refused(403, "mfa_enrollment_required");
    let tokens = LogIn::of(&app.refresh(&tokens.refresh).await.expect(200));
    tokens.ask(&app).get("/api/departments").await.refused(403, "mfa_enrollment_required");
    let me = tokens.ask(&app).get("/auth/me").await.expect(200);
    assert_eq!(me["mfa"], json!({ "enrolled": false, "required": true, "recovery_codes_left": 0 }));
    assert_eq!(me["must_enroll_mfa"], true);
    // Others are free.
    app.log_in(&a.client).await.ask(&app).get("/api/tickets").await.expect(200);
    app.log_in(&b.writer).await.ask(&app).get("/api/tickets").await.expect(200);
    a.admin.ask().get("/api/tickets").await.expect(200);
    let phone = app.enroll(&tokens).await;
    tokens.ask(&app).get("/api/departments").await.expect(200);
    // Whoever takes it off is bound again.
    let off = json!({ "password": PASSWORD, "code": phone.code(&app) });
    let told = tokens.ask(&app).post("/auth/mfa/totp/disable", off).await.expect(200);
    assert_eq!(told, json!({ "enrolled": false, "required": true }));
    tokens.ask(&app).get("/api/departments").await.refused(403, "mfa_enrollment_required");
    demand(&a, json!([])).await;
    tokens.ask(&app).get("/api/departments").await.expect(200);
    a.manager.ask().get("/api/users").await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn a_new_role_brings_its_demands() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    demand(&a, json!(["content_manager"])).await;
    a.writer.ask().get("/api/tickets").await.expect(200);
    let path = format!("/api/users/{}/set_role", a.writer.id.to_hex());
    a.admin.ask().post(&path, json!({ "role": "content_manager" })).await.expect(200);
    let bound = app.ask_by_session(doc! { "user_id": a.writer.id }).await.unwrap();
    bound.get("/api/tickets").await.refused(403, "mfa_enrollment_required");
    a.admin.ask().post(&path, json!({ "role": "content_writer" })).await.expect(200);
    let free = app.ask_by_session(doc! { "user_id": a.writer.id }).await.unwrap();
    free.get("/api/tickets").await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn only_administrators_with_proof_say_who_needs_it() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let path = format!("/api/companies/{}", a.id.to_hex());
    let roles = json!({ "mfa_required_roles": ["client"] });
    a.manager.ask().patch(&path, roles.clone()).await.refused(403, "forbidden");
    for wrong in [json!(["superadmin"]), json!(["nobody"])] {
        let told = a.admin.ask().patch(&path, json!({ "mfa_required_roles": wrong })).await;
        told.refused(422, "validation_failed");
    }
    let stale = bson::DateTime::from_millis(app.clock.now().timestamp_millis() - 700_000);
    app.alter("sessions", doc! { "_id": a.admin.session }, doc! { "$set": { "auth_time": stale } }).await;
    a.admin.ask().patch(&path, roles).await.refused(401, "insufficient_user_authentication");
    app.finish().await;
}

#[tokio::test]
async fn operators_need_it_where_the_installation_says_so() {
    let app = TestApp::start_with(|limits| limits.superadmin_mfa = true).await;
    let root = app.superadmin().await;
    app.give_password(&root).await;
    let tokens = app.log_in(&root).await;
    tokens.ask(&app).get("/api/companies").await.refused(403, "mfa_enrollment_required");
    app.enroll(&tokens).await;
    tokens.ask(&app).get("/api/companies").await.expect(200);
    app.half_log_in(&root.email).await;
    app.finish().await;
}

#[tokio::test]
async fn a_shorter_password_will_do_beside_a_demanded_factor() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let short = "k7#Vq2!z";
    let tokens = app.log_in(&a.writer).await;
    let change = json!({ "current_password": PASSWORD, "new_password": short });
    tokens.ask(&app).post("/auth/password/change", change.clone()).await.refused(422, "validation_failed");
    demand(&a, json!(["content_writer"])).await;
    tokens.ask(&app).post("/auth/password/change", change).await.expect(200);
    app.finish().await;
}
