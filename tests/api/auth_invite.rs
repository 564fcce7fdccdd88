//! Invitations: how someone who was added takes the account over.

use crate::support::mail::of_link;
use crate::support::{Answer, LogIn, Persona, TestApp};
use bson::doc;
use futures::future::join_all;
use serde_json::{Value, json};
use std::time::Duration;

const OWN: &str = "another 7Good&Pass%phrase";

async fn invite(by: &Persona, email: &str, role: &str) -> Value {
    let body = json!({ "email": email, "name": "New", "role": role });
    by.ask().post("/api/users", body).await.expect(201)
}

async fn accept(app: &TestApp, token: &str, password: &str) -> Answer {
    let body = json!({ "token": token, "password": password });
    app.anonymous().post("/auth/invite/accept", body).await
}

async fn resend(by: &Persona, id: &Value) -> Answer {
    by.ask().post(&format!("/api/users/{}/resend_invite", id.as_str().unwrap()), json!({})).await
}

#[tokio::test]
async fn an_invitation_is_accepted_once() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let made = invite(&a.admin, "new@a.example", "content_manager").await;
    assert_eq!(made["status"], "invited");
    let mail = app.mail("new@a.example", "invitation").await;
    assert_eq!((&mail["company"], &mail["inviter"]), (&json!("a"), &json!(a.admin.name)));
    assert!(mail["link"].as_str().unwrap().starts_with("https://stoa.test/accept-invite?token="), "{mail}");
    let token = of_link(&mail, "token");
    accept(&app, &token, "short").await.refused(422, "validation_failed");
    accept(&app, "x", OWN).await.refused(422, "invalid_token");
    let body = json!({ "token": token, "password": OWN, "name": "Somebody", "role": "company_admin" });
    app.anonymous().post("/auth/invite/accept", body).await.refused(422, "unknown_field");
    let body = json!({ "token": token, "password": OWN, "name": "Somebody" });
    let told = app.anonymous().post("/auth/invite/accept", body).await;
    assert_eq!(told.expect(200), json!({ "email": "new@a.example" }), "nobody is logged in by it");
    accept(&app, &token, OWN).await.refused(422, "invalid_token");
    let answer = app.try_log_in("new@a.example", OWN).await.expect(200);
    assert_eq!(answer["must_change_password"], false);
    let me = LogIn::of(&answer).ask(&app).get("/auth/me").await.expect(200);
    assert_eq!(
        (&me["name"], &me["role"], &me["status"]),
        (&json!("Somebody"), &json!("content_manager"), &json!("active"))
    );
    assert_eq!(app.count("audit_log", doc! { "action": "auth.invite_accept" }).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn of_parallel_acceptances_one_succeeds() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    invite(&a.admin, "new@a.example", "company_admin").await;
    let token = of_link(&app.mail("new@a.example", "invitation").await, "token");
    let admins = || app.stored("companies", doc! { "_id": a.id });
    assert_eq!(
        admins().await.unwrap().get_i64("active_admins").unwrap(),
        1,
        "who is invited does not administer"
    );
    let take = |_| accept(&app, &token, OWN);
    let answers = join_all((0..8).map(take)).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert_eq!(admins().await.unwrap().get_i64("active_admins").unwrap(), 2);
    app.finish().await;
}

#[tokio::test]
async fn another_invitation_makes_the_one_before_void_and_all_of_them_end() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let made = invite(&a.admin, "new@a.example", "client").await;
    let old = of_link(&app.mail("new@a.example", "invitation").await, "token");
    resend(&a.manager, &made["id"]).await.expect(200);
    let new = of_link(&app.mail("new@a.example", "invitation").await, "token");
    assert_ne!(old, new);
    accept(&app, &old, OWN).await.refused(422, "invalid_token");
    app.clock.advance(Duration::from_secs(7 * 86_400 + 1));
    accept(&app, &new, OWN).await.refused(422, "invalid_token");
    assert_eq!(app.count("audit_log", doc! { "action": "users.invite" }).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn who_is_invited_cannot_log_in_nor_be_enabled_past_the_invitation() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let made = invite(&a.admin, "new@a.example", "client").await;
    let id = made["id"].as_str().unwrap().to_owned();
    app.anonymous().post("/auth/password/forgot", json!({ "email": "new@a.example" })).await.expect(202);
    assert_eq!(app.templates_to("new@a.example").await, ["invitation"], "no other way in");
    let act = |name: &str| {
        let (ask, path) = (a.admin.ask(), format!("/api/users/{id}/{name}"));
        async move { ask.post(&path, json!({})).await }
    };
    act("enable").await.refused(409, "conflict");
    act("reset_password").await.refused(409, "conflict");
    let token = of_link(&app.mail("new@a.example", "invitation").await, "token");
    act("disable").await.expect(200);
    accept(&app, &token, OWN).await.refused(422, "invalid_token");
    resend(&a.admin, &made["id"]).await.refused(409, "conflict");
    app.finish().await;
}

#[tokio::test]
async fn invitations_follow_rank_and_company() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let staff = invite(&a.admin, "staff@a.example", "content_writer").await;
    let client = invite(&a.manager, "client@a.example", "client").await;
    assert_eq!(client["status"], "invited");
    let body = json!({ "email": "x@a.example", "name": "X", "role": "content_writer" });
    a.manager.ask().post("/api/users", body).await.refused(403, "forbidden");
    resend(&a.manager, &staff["id"]).await.refused(403, "forbidden");
    resend(&a.manager, &client["id"]).await.expect(200);
    for person in [&a.writer, &a.client] {
        resend(person, &client["id"]).await.refused(403, "forbidden");
    }
    for person in [&b.admin, &b.manager] {
        resend(person, &client["id"]).await.refused(404, "not_found");
    }
    resend(&a.admin, &json!(a.writer.id.to_hex())).await.refused(409, "conflict");
    app.finish().await;
}

#[tokio::test]
async fn a_company_that_is_suspended_or_a_person_who_is_removed_lets_nobody_in() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    invite(&a.admin, "one@a.example", "client").await;
    let gone = invite(&b.admin, "two@b.example", "client").await;
    let one = of_link(&app.mail("one@a.example", "invitation").await, "token");
    let two = of_link(&app.mail("two@b.example", "invitation").await, "token");
    app.alter("companies", doc! { "_id": a.id }, doc! { "$set": { "status": "suspended" } }).await;
    accept(&app, &one, OWN).await.refused(422, "invalid_token");
    b.admin.ask().delete(&format!("/api/users/{}", gone["id"].as_str().unwrap())).await.expect(200);
    accept(&app, &two, OWN).await.refused(422, "invalid_token");
    app.alter("companies", doc! { "_id": a.id }, doc! { "$set": { "status": "active" } }).await;
    accept(&app, &one, OWN).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn a_repeated_addition_sends_one_invitation() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let body = json!({ "email": "new@a.example", "name": "New", "role": "client" });
    let add = || a.admin.ask().with("idempotency-key", "k").post("/api/users", body.clone());
    add().await.expect(201);
    assert_eq!(add().await.header("idempotency-replayed"), "true");
    assert_eq!(app.templates_to("new@a.example").await, ["invitation"]);
    app.finish().await;
}
