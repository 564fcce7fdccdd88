//! Log-in: forms and bodies, equal refusals, and what the answer is good for.

use crate::support::{LogIn, PASSWORD, TestApp};
use bson::doc;
use http::Method;
use serde_json::{Value, json};
use stoa::permissions::Role;

#[tokio::test]
async fn a_form_with_unknown_fields_logs_in_and_the_token_works() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let upper = a.writer.email.to_uppercase();
    let fields = [
        ("grant_type", "password"),
        ("username", upper.as_str()),
        ("password", PASSWORD),
        ("scope", "openid profile"),
        ("client_id", "dashboard"),
    ];
    let answer = app.anonymous().form("/auth/token", &fields).await;
    let body = answer.expect(200);
    assert_eq!(body["token_type"], "bearer");
    assert_eq!(body["expires_in"], 600);
    assert_eq!(body["must_change_password"], false);
    assert_eq!(answer.header("cache-control"), "no-store");
    let tokens = LogIn::of(&body);
    let me = tokens.ask(&app).get("/auth/me").await.expect(200);
    assert_eq!(me["id"], a.writer.id.to_hex());
    assert_eq!(me["email"], a.writer.email);
    assert_eq!(me["company"]["id"], a.id.to_hex());
    assert!(me["company"].get("support_access").is_none(), "writers see the company's card only");
    assert_eq!(me["session_id"], tokens.session);
    assert!(me.get("password_hash").is_none() && me.get("epoch").is_none());
    let permissions = me["permissions"].as_array().unwrap();
    assert!(permissions.contains(&json!("tickets.read")) && !permissions.contains(&json!("users.create")));
    let log = a.admin.ask().list("/api/audit_log", json!({ "action": "auth.login" })).await.expect(200);
    assert_eq!(log["total"], 1);
    assert_eq!(log["data"][0]["actor_id"], a.writer.id.to_hex());
    assert_eq!(log["data"][0]["ip"], "127.0.0.1");
    let user = app.stored("users", doc! { "_id": a.writer.id }).await.unwrap();
    assert!(user.get_datetime("last_login_at").is_ok());
    assert_eq!(user.get_i64("version").unwrap(), 1, "a log-in is no change of the record");
    app.finish().await;
}

#[tokio::test]
async fn whatever_is_wrong_the_answer_is_the_same() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let suspended = app.tenant("suspended").await;
    let closed = app.tenant("closed").await;
    let locked = a.person(&app, Role::ContentWriter).await;
    let removed = a.person(&app, Role::ContentWriter).await;
    for person in [&a.admin, &a.writer, &locked, &removed, &suspended.admin, &closed.admin] {
        app.give_password(person).await;
    }
    app.alter("users", doc! { "_id": a.writer.id }, doc! { "$set": { "status": "disabled" } }).await;
    let now = bson::DateTime::now();
    app.alter("users", doc! { "_id": removed.id }, doc! { "$set": { "deleted_at": now } }).await;
    app.alter("companies", doc! { "_id": suspended.id }, doc! { "$set": { "status": "suspended" } }).await;
    app.alter("companies", doc! { "_id": closed.id }, doc! { "$set": { "deleted_at": now } }).await;
    let later = bson::DateTime::from_millis(now.timestamp_millis() + 86_400_000);
    let email = stoa::auth::email::EmailAddress::parse(&locked.email).unwrap();
    let key = stoa::auth::throttle::login_buckets("", &email)[3].key.clone();
    let full = doc! { "_id": key, "failures": 100_i64, "expires_at": later };
    app.raw.collection("throttle_buckets").insert_one(full).await.unwrap();
    let long = format!("{}@a.example", "x".repeat(64));
    let cases = [
        ("nobody@a.example", PASSWORD),
        (long.as_str(), PASSWORD),
        ("not an address", PASSWORD),
        (a.admin.email.as_str(), "wrong password, sadly"),
        (a.manager.email.as_str(), PASSWORD),
        (a.writer.email.as_str(), PASSWORD),
        (a.writer.email.as_str(), "wrong password, sadly"),
        (locked.email.as_str(), PASSWORD),
        (removed.email.as_str(), PASSWORD),
        (suspended.admin.email.as_str(), PASSWORD),
        (closed.admin.email.as_str(), PASSWORD),
    ];
    let mut seen: Option<Value> = None;
    for (at, (name, password)) in cases.into_iter().enumerate() {
        let body = json!({ "username": name, "password": password });
        let ask = app.anonymous().coming_from(&format!("198.51.{at}.1")).with("x-request-id", "same-request");
        let answer = ask.post("/auth/token", body).await;
        let told = answer.refused(401, "invalid_grant");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        assert_eq!(*seen.get_or_insert_with(|| told.clone()), told, "{name}");
    }
    assert_eq!(app.count("sessions", doc! { "user_id": { "$in": [locked.id, removed.id] } }).await, 2);
    app.app.aside().settled().await;
    let failed = doc! { "company_id": a.id, "action": "auth.login_failed" };
    assert_eq!(app.count("audit_log", failed.clone()).await, 5, "those that exist");
    let entry = app.stored("audit_log", failed).await.unwrap();
    assert_eq!(entry.get_str("ip").unwrap(), "198.51.3.1");
    assert_eq!(entry.get_object_id("resource_id").unwrap(), a.admin.id);
    assert!(entry.get("actor_id").unwrap().as_null().is_some(), "nobody knows who tried");
    let verified = a.admin.ask().get("/api/audit_log?sort=seq").await.expect(200);
    assert_eq!(verified["total"], 5);
    app.finish().await;
}

#[tokio::test]
async fn malformed_requests_are_refused_before_anything_is_looked_up() {
    let app = TestApp::start().await;
    let ask = || app.anonymous();
    ask()
        .form("/auth/token", &[("grant_type", "client_credentials"), ("username", "a"), ("password", "b")])
        .await
        .refused(400, "unsupported_grant_type");
    ask().form("/auth/token", &[("username", "a@b.example")]).await.refused(422, "validation_failed");
    ask()
        .form("/auth/token", &[("username", "a"), ("username", "b"), ("password", "c")])
        .await
        .refused(400, "malformed_request");
    let operator = json!({ "username": { "$ne": "" }, "password": { "$gt": "" } });
    ask().post("/auth/token", operator).await.refused(422, "validation_failed");
    let operator = [("username[$ne]", ""), ("password", "x")];
    ask().form("/auth/token", &operator).await.refused(422, "validation_failed");
    let xml = ask().with("content-type", "text/xml").raw(Method::POST, "/auth/token", b"<a/>".to_vec()).await;
    xml.refused(415, "unsupported_media_type");
    let huge = json!({ "username": "a@b.example", "password": "x".repeat(17 << 10) });
    ask().post("/auth/token", huge).await.refused(413, "payload_too_large");
    let long = json!({ "username": "a@b.example", "password": "x".repeat(1025) });
    ask().post("/auth/token", long).await.refused(422, "validation_failed");
    let buckets = app.raw.collection::<bson::Document>("throttle_buckets");
    let left = buckets.find_one(doc! { "failures": { "$gt": 0_i64 } }).await.unwrap();
    assert!(left.is_none(), "an attempt that was never judged is given back: {left:?}");
    app.finish().await;
}

#[tokio::test]
async fn an_operator_logs_in_to_the_platform_for_half_a_day_without_use() {
    let app = TestApp::start().await;
    let root = app.superadmin().await;
    app.give_password(&root).await;
    let tokens = app.log_in(&root).await;
    tokens.ask(&app).get("/api/companies").await.expect(200);
    let session =
        app.stored("sessions", doc! { "_id": bson::oid::ObjectId::parse_str(&tokens.session).unwrap() });
    let session = session.await.unwrap();
    let idle = session.get_datetime("idle_expires_at").unwrap().timestamp_millis()
        - session.get_datetime("created_at").unwrap().timestamp_millis();
    assert_eq!(idle, 12 * 3600 * 1000, "operators idle for half a day at most");
    let hash = session.keys().any(|key| key.contains("token") || key.contains("password_hash"));
    assert!(!hash, "no credential in the session");
    let entry = app.stored("audit_log", doc! { "action": "auth.login" }).await.unwrap();
    assert!(
        entry.get("company_id").unwrap().as_null().is_some(),
        "operators' log-ins are in the platform's log"
    );
    app.finish().await;
}

#[tokio::test]
async fn a_person_without_company_is_nobody() {
    let app = TestApp::start().await;
    app.tenant("a").await;
    for role in [Role::CompanyAdmin, Role::ContentManager, Role::ContentWriter, Role::Client] {
        let stray = crate::support::Persona::create(&app, None, role, "stray").await;
        app.give_password(&stray).await;
        app.try_log_in(&stray.email, PASSWORD).await.refused(401, "invalid_grant");
        for path in ["/api/companies", "/api/users", "/api/audit_log", "/api/departments"] {
            stray.ask().get(path).await.refused(403, "forbidden");
        }
    }
    app.finish().await;
}
