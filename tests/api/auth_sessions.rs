//! What people do with their own sessions, tokens that do not hold, and the permissions as React Admin reads them.

use crate::support::{LogIn, PASSWORD, Persona, TestApp};
use bson::{DateTime, doc, oid::ObjectId};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::time::Duration;
use stoa::auth::access_token::Grant;
use time::OffsetDateTime;

#[tokio::test]
async fn people_see_and_end_their_own_sessions_only() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let (one, two) = (app.log_in(&a.writer).await, app.log_in(&a.writer).await);
    let list = one.ask(&app).get("/auth/sessions").await.expect(200);
    assert_eq!(list["total"], 3, "with the one of the persona");
    let current: Vec<_> = list["data"].as_array().unwrap().iter().filter(|s| s["current"] == true).collect();
    assert_eq!(current.len(), 1);
    assert_eq!(current[0]["id"], one.session);
    assert!(current[0].get("epoch").is_none());
    let foreign = format!("/auth/sessions/{}", a.admin.session.to_hex());
    one.ask(&app).delete(&foreign).await.refused(404, "not_found");
    one.ask(&app).delete("/auth/sessions/nonsense").await.refused(404, "not_found");
    a.admin.ask().get("/auth/me").await.expect(200);
    let ended = one.ask(&app).delete(&format!("/auth/sessions/{}", two.session)).await.expect(200);
    assert_eq!(ended["id"], two.session);
    two.ask(&app).get("/auth/me").await.refused(401, "session_revoked");
    app.refresh(&two.refresh).await.refused(401, "unauthenticated");
    one.ask(&app).get("/auth/me").await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn logging_out_ends_one_session_or_all_on_every_instance() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let (one, two) = (app.log_in(&a.writer).await, app.log_in(&a.writer).await);
    assert_eq!(one.ask(&app).post("/auth/logout", json!({})).await.expect(200)["ended_sessions"], 1);
    one.ask(&other).get("/auth/me").await.refused(401, "session_revoked");
    other.refresh(&one.refresh).await.refused(401, "unauthenticated");
    two.ask(&other).get("/auth/me").await.expect(200);
    assert_eq!(two.ask(&app).post("/auth/logout_all", json!({})).await.expect(200)["ended_sessions"], 2);
    two.ask(&other).get("/auth/me").await.refused(401, "session_revoked");
    a.writer.ask_at(&other).get("/auth/me").await.refused(401, "session_revoked");
    other.refresh(&two.refresh).await.refused(401, "session_revoked");
    let log = a.admin.ask().list("/api/audit_log", json!({ "action": "auth.logout_all" })).await.expect(200);
    assert_eq!(log["data"][0]["actor_id"], a.writer.id.to_hex());
    a.admin.ask().get("/auth/me").await.expect(200);
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn a_token_holds_only_for_its_own_session_and_rights() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let grant = |user: ObjectId, session: ObjectId, epoch: i64| Grant {
        user_id: user.to_hex(),
        session_id: session.to_hex(),
        company_id: Some(b.id.to_hex()),
        role: "superadmin".to_owned(),
        epoch,
        amr: vec!["pwd".to_owned()],
        auth_time: OffsetDateTime::now_utc(),
    };
    let issue = |grant: Grant, at: OffsetDateTime| {
        let issued = app.app.access_tokens().issue(&grant, at).unwrap();
        issued.token.expose_secret().to_owned()
    };
    let now = OffsetDateTime::now_utc();
    let ask = |token: String| app.anonymous().with("authorization", format!("Bearer {token}"));
    let (user, session) = (a.client.id, a.client.session);
    let cases = [
        (grant(user, ObjectId::new(), 0), now, "session_revoked"),
        (grant(user, b.client.session, 0), now, "session_revoked"),
        (grant(user, session, 1), now, "session_revoked"),
        (grant(user, session, -1), now, "session_revoked"),
        (grant(user, session, 0), now - Duration::from_secs(606), "token_expired"),
        (grant(user, session, 0), now + Duration::from_secs(60), "unauthenticated"),
        (Grant { session_id: "x".to_owned(), ..grant(user, session, 0) }, now, "session_revoked"),
    ];
    for (grant, at, code) in cases {
        ask(issue(grant, at)).get("/auth/me").await.refused(401, code);
    }
    // Role and company of the token are for the reader's convenience: the session decides.
    let told = ask(issue(grant(user, session, 0), now)).get("/auth/me").await.expect(200);
    assert_eq!((told["role"].as_str(), told["company_id"].as_str()), (Some("client"), Some(&*a.id.to_hex())));
    ask(issue(grant(user, session, 0), now)).get("/api/tags").await.refused(403, "forbidden");
    let twice = a.client.ask().with("authorization", "Bearer x");
    twice.get("/auth/me").await.refused(401, "unauthenticated");
    app.alter("sessions", doc! { "_id": session }, doc! { "$set": { "expires_at": DateTime::now() } }).await;
    a.client.ask().get("/auth/me").await.refused(401, "session_revoked");
    app.finish().await;
}

#[tokio::test]
async fn permissions_are_those_of_the_role_and_carry_a_tag() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let answer = a.client.ask().get("/auth/permissions").await;
    let entries = answer.expect(200);
    let entries = entries.as_array().unwrap();
    let about = |name: &str| entries.iter().filter(|entry| entry["resource"] == name).collect::<Vec<_>>();
    assert_eq!(about("departments").len(), 1);
    assert_eq!(about("departments")[0]["action"], json!(["list", "show", "export"]));
    assert!(about("tags").is_empty() && about("users.email").is_empty());
    assert_eq!(about("users.name")[0]["action"], json!(["read", "write", "edit"]));
    let tag = answer.header("etag").to_owned();
    assert_eq!(a.client.ask().with("if-none-match", &tag).get("/auth/permissions").await.status, 304);
    assert_eq!(a.admin.ask().with("if-none-match", &tag).get("/auth/permissions").await.status, 200);
    // What needs no company to be chosen is for operators to know, who belong to none.
    let told = async |who: &Persona| {
        who.ask().get("/auth/permissions").await.expect(200).as_array().unwrap().clone()
    };
    let own = told(&a.admin).await;
    assert!(own.iter().all(|entry| entry.get("platform").is_none()), "{own:?}");
    let of_operator = told(&app.superadmin().await).await;
    for (resource, platform) in [("companies", true), ("users", true), ("tickets", false), ("reports", false)]
    {
        let mut rows = of_operator.iter().filter(|entry| entry["resource"] == resource);
        let marked = |entry: &Value| entry.get("platform").is_some_and(|mark| *mark == true);
        assert!(rows.all(|entry| marked(entry) == platform), "{resource} {of_operator:?}");
    }
    app.finish().await;
}

#[tokio::test]
async fn an_operators_own_account_is_no_companys_business() {
    let app = TestApp::start().await;
    let root = app.superadmin().await;
    let a = app.tenant("a").await;
    app.alter("companies", doc! { "_id": a.id }, doc! { "$set": { "support_access": "off" } }).await;
    root.ask().acting_in(a.id).get("/auth/me").await.expect(200);
    root.ask().acting_in(a.id).post("/auth/logout", json!({})).await.expect(200);
    a.admin
        .ask()
        .with("x-company-id", ObjectId::new().to_hex())
        .get("/auth/me")
        .await
        .refused(403, "tenant_mismatch");
    app.finish().await;
}

#[tokio::test]
async fn proof_of_identity_wears_off_and_is_renewed() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.admin).await;
    let tokens = app.log_in(&a.admin).await;
    let session = ObjectId::parse_str(&tokens.session).unwrap();
    let stale = DateTime::from_millis(DateTime::now().timestamp_millis() - 601_000);
    let path = format!("/api/users/{}/set_role", a.manager.id.to_hex());
    let grant = json!({ "role": "company_admin" });
    app.alter("sessions", doc! { "_id": session }, doc! { "$set": { "auth_time": stale } }).await;
    let refused = tokens.ask(&app).post(&path, grant.clone()).await;
    assert_eq!(refused.refused(401, "insufficient_user_authentication")["max_age"], 600);
    assert!(refused.header("www-authenticate").contains("insufficient_user_authentication"));
    let writer = json!({ "role": "content_writer" });
    tokens.ask(&app).post(&path, writer).await.expect(200);
    let new = json!({ "email": "x@a.example", "name": "X", "role": "company_admin" });
    tokens.ask(&app).post("/api/users", new).await.refused(401, "insufficient_user_authentication");
    let wrong = json!({ "password": "not the password" });
    tokens.ask(&app).post("/auth/step_up", wrong).await.refused(422, "validation_failed");
    tokens.ask(&app).post(&path, grant.clone()).await.refused(401, "insufficient_user_authentication");
    tokens.ask(&app).post("/auth/step_up", json!({ "password": PASSWORD })).await.expect(200);
    tokens.ask(&app).post(&path, grant).await.expect(200);
    assert_eq!(app.count("audit_log", doc! { "action": "auth.proof_failed" }).await, 1);
    assert!(LogIn::of(&app.refresh(&tokens.refresh).await.expect(200)).access != tokens.access);
    app.finish().await;
}
