//! A new password by link or code: what it ends, how long it can be used, and how often it can be tried.

use crate::support::mail::of_link;
use crate::support::{Answer, LogIn, PASSWORD, Persona, TestApp};
use bson::doc;
use futures::future::join_all;
use serde_json::{Value, json};
use std::time::Duration;

const NEW: &str = "another 7Good&Pass%phrase";

/// Asks for a mail and reads it.
async fn ask_for_mail(app: &TestApp, person: &Persona) -> Value {
    let body = json!({ "email": person.email });
    let told = app.anonymous().post("/auth/password/forgot", body).await.expect(202);
    let mail = app.mail(&person.email, "password_reset").await;
    assert_eq!(of_link(&mail, "request_id"), told["request_id"].as_str().unwrap());
    mail
}

async fn by_link(app: &TestApp, mail: &Value, new: &str) -> Answer {
    let body = json!({ "token": of_link(mail, "token"), "new_password": new });
    app.anonymous().post("/auth/password/reset", body).await
}

async fn by_code(app: &TestApp, mail: &Value, code: &str, from: &str) -> Answer {
    let body = json!({ "request_id": of_link(mail, "request_id"), "code": code, "new_password": NEW });
    app.anonymous().coming_from(from).post("/auth/password/reset", body).await
}

#[tokio::test]
async fn a_link_sets_a_new_password_once_and_ends_all_sessions() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let before = app.log_in(&a.writer).await;
    let (mail, other) = (ask_for_mail(&app, &a.writer).await, ask_for_mail(&app, &a.writer).await);
    assert!(mail["link"].as_str().unwrap().starts_with("https://stoa.test/reset-password?token="), "{mail}");
    assert_eq!(mail["minutes"], 15);
    let done = by_link(&app, &mail, NEW).await;
    assert_eq!(done.expect(200), json!({ "reset": true }), "nobody is logged in by it");
    assert_eq!(done.header("cache-control"), "no-store");
    before.ask(&app).get("/auth/me").await.refused(401, "session_revoked");
    a.writer.ask().get("/auth/me").await.refused(401, "session_revoked");
    app.refresh(&before.refresh).await.refused(401, "session_revoked");
    by_link(&app, &mail, NEW).await.refused(422, "invalid_token");
    by_link(&app, &other, NEW).await.refused(422, "invalid_token");
    assert_eq!(app.count("account_tokens", doc! {}).await, 0);
    app.try_log_in(&a.writer.email, PASSWORD).await.refused(401, "invalid_grant");
    app.try_log_in(&a.writer.email, NEW).await.expect(200);
    assert_eq!(app.mail(&a.writer.email, "security_notice").await["event"], "password_reset");
    assert_eq!(app.count("audit_log", doc! { "action": "auth.password_reset" }).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn a_code_works_with_its_own_request_only() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let (mail, other) = (ask_for_mail(&app, &a.writer).await, ask_for_mail(&app, &a.client).await);
    let code = mail["code"].as_str().unwrap();
    if other["code"] != mail["code"] {
        by_code(&app, &other, code, "203.0.113.1").await.refused(422, "invalid_token");
    }
    by_code(&app, &mail, code, "203.0.113.1").await.expect(200);
    by_code(&app, &mail, code, "203.0.113.1").await.refused(422, "invalid_token");
    // The person had no password before.
    app.try_log_in(&a.writer.email, NEW).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn of_fifty_parallel_guesses_of_a_code_five_are_judged() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    let mail = ask_for_mail(&app, &a.writer).await;
    let right = mail["code"].as_str().unwrap().to_owned();
    let wrong: Vec<String> =
        (0..).map(|n| format!("{n:06}")).filter(|code| *code != right).take(50).collect();
    let at = [&app, &other];
    let guess = |i: usize| {
        let (app, code, mail) = (at[i % 2], wrong[i].clone(), mail.clone());
        async move { by_code(app, &mail, &code, &format!("203.0.{i}.1")).await }
    };
    for answer in join_all((0..50).map(guess)).await {
        answer.refused(422, "invalid_token");
    }
    let row = app.stored("account_tokens", doc! { "user_id": a.writer.id }).await.unwrap();
    assert_eq!(row.get_i64("attempts").unwrap(), 5, "each try was counted before it was judged");
    let judged =
        app.stored("throttle_buckets", doc! { "_id": { "$regex": "^account:codes:" } }).await.unwrap();
    assert_eq!(judged.get_i64("failures").unwrap(), 5, "only five were looked at");
    by_code(&app, &mail, &right, "203.0.113.1").await.refused(422, "invalid_token");
    // The link still holds.
    by_link(&app, &mail, NEW).await.expect(200);
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn of_parallel_uses_of_one_link_one_succeeds() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mail = ask_for_mail(&app, &a.writer).await;
    let use_it = |i: usize| {
        let (app, mail) = (&app, &mail);
        async move { by_link(app, mail, &format!("{NEW}{i}")).await }
    };
    let answers = join_all((0..8).map(use_it)).await;
    let done: Vec<usize> = (0..8).filter(|i| answers[*i].status == 200).collect();
    assert_eq!(done.len(), 1, "{:?}", answers.iter().map(Answer::text).collect::<Vec<_>>());
    app.try_log_in(&a.writer.email, &format!("{NEW}{}", done[0])).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn codes_and_links_end_with_their_time() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mail = ask_for_mail(&app, &a.writer).await;
    app.clock.advance(Duration::from_secs(601));
    by_code(&app, &mail, mail["code"].as_str().unwrap(), "203.0.113.1").await.refused(422, "invalid_token");
    app.clock.advance(Duration::from_secs(300));
    by_link(&app, &mail, NEW).await.refused(422, "invalid_token");
    app.finish().await;
}

#[tokio::test]
async fn a_poor_password_uses_nothing_up() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mail = ask_for_mail(&app, &a.writer).await;
    for _ in 0..7 {
        let body = json!({
            "request_id": of_link(&mail, "request_id"), "code": mail["code"], "new_password": "passwordpassword",
        });
        let told = app.anonymous().post("/auth/password/reset", body).await.refused(422, "validation_failed");
        assert!(told["errors"]["new_password"].is_object(), "{told}");
    }
    by_link(&app, &mail, "short").await.refused(422, "validation_failed");
    by_code(&app, &mail, mail["code"].as_str().unwrap(), "203.0.113.1").await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn a_hundred_wrong_codes_leave_only_the_link() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let wrong = ask_for_mail(&app, &a.writer).await;
    by_code(&app, &wrong, "x", "203.0.113.1").await.refused(422, "invalid_token");
    let later = bson::DateTime::from_millis(bson::DateTime::now().timestamp_millis() + 86_400_000);
    let full = doc! { "$set": { "failures": 100_i64, "expires_at": later } };
    app.alter("throttle_buckets", doc! { "_id": { "$regex": "^account:codes:" } }, full).await;
    let mail = ask_for_mail(&app, &a.writer).await;
    by_code(&app, &mail, mail["code"].as_str().unwrap(), "203.0.113.1").await.refused(422, "invalid_token");
    by_link(&app, &mail, NEW).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn a_second_factor_stays_in_force_and_a_lock_is_opened() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    app.enroll(&app.log_in(&a.writer).await).await;
    let later = bson::DateTime::from_millis(bson::DateTime::now().timestamp_millis() + 86_400_000);
    let full = doc! { "$set": { "failures": 100_i64, "expires_at": later } };
    app.alter("throttle_buckets", doc! { "_id": { "$regex": "^login:failures:" } }, full).await;
    let mail = ask_for_mail(&app, &a.writer).await;
    by_link(&app, &mail, NEW).await.expect(200);
    let from = app.anonymous().coming_from("198.51.100.1");
    let body = json!({ "username": a.writer.email, "password": NEW });
    from.post("/auth/token", body).await.refused(403, "mfa_required");
    app.finish().await;
}

#[tokio::test]
async fn an_administrator_starts_a_reset_and_chooses_nothing() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let path = format!("/api/users/{}/reset_password", a.writer.id.to_hex());
    b.admin.ask().post(&path, json!({})).await.refused(404, "not_found");
    a.manager.ask().post(&path, json!({})).await.refused(403, "forbidden");
    let body = json!({ "password": PASSWORD });
    a.admin.ask().post(&path, body).await.refused(422, "unknown_field");
    let told = a.admin.ask().post(&path, json!({})).await;
    told.expect(200);
    let mail = app.mail(&a.writer.email, "password_reset").await;
    assert!(
        !told.text().contains(&of_link(&mail, "token"))
            && !told.text().contains(&of_link(&mail, "request_id"))
    );
    by_link(&app, &mail, NEW).await.expect(200);
    let tokens = LogIn::of(&app.try_log_in(&a.writer.email, NEW).await.expect(200));
    tokens.ask(&app).get("/api/departments").await.expect(200);
    let own = format!("/api/users/{}/reset_password", a.admin.id.to_hex());
    a.admin.ask().post(&own, json!({})).await.refused(403, "forbidden");
    assert_eq!(app.count("audit_log", doc! { "action": "users.reset_password" }).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn who_may_not_log_in_gets_no_mail() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    app.alter("users", doc! { "_id": a.writer.id }, doc! { "$set": { "status": "disabled" } }).await;
    app.alter("users", doc! { "_id": a.client.id }, doc! { "$set": { "deleted_at": bson::DateTime::now() } })
        .await;
    app.alter("companies", doc! { "_id": b.id }, doc! { "$set": { "status": "suspended" } }).await;
    for person in [&a.writer, &a.client, &b.writer] {
        let body = json!({ "email": person.email });
        app.anonymous().post("/auth/password/forgot", body).await.expect(202);
        assert!(app.mails_to(&person.email).await.is_empty(), "{}", person.email);
    }
    // What is disabled meanwhile cannot use what was sent before.
    let mail = ask_for_mail(&app, &a.manager).await;
    let path = format!("/api/users/{}/disable", a.manager.id.to_hex());
    a.admin.ask().post(&path, json!({})).await.expect(200);
    by_link(&app, &mail, NEW).await.refused(422, "invalid_token");
    app.finish().await;
}
