//! Accounts that people make themselves, where a company allows it.

use crate::support::mail::of_link;
use crate::support::{Answer, LogIn, PASSWORD, Tenant, TestApp};
use bson::doc;
use futures::future::join_all;
use serde_json::{Value, json};
use std::time::Duration;

async fn open(app: &TestApp, tenant: &Tenant) {
    let settings = tenant.admin.ask().get("/api/settings").await.expect(200);
    assert_eq!(settings["data"][0]["self_registration"], false, "closed unless opened: {settings}");
    let path = format!("/api/settings/{}", tenant.id.to_hex());
    let change = tenant.admin.ask().with("if-match", "*").patch(&path, json!({ "self_registration": true }));
    change.await.expect(200);
    assert_eq!(app.count("settings", doc! { "_id": tenant.id, "self_registration": true }).await, 1);
}

fn body(company: &str, email: &str) -> Value {
    json!({ "company": company, "email": email, "name": "Newcomer", "password": PASSWORD })
}

async fn register(app: &TestApp, company: &str, email: &str) -> Answer {
    app.anonymous().post("/auth/register", body(company, email)).await
}

async fn verify(app: &TestApp, body: Value) -> Answer {
    app.anonymous().post("/auth/verify_email", body).await
}

#[tokio::test]
async fn whoever_registers_is_a_client_once_the_address_was_verified() {
    let app = TestApp::start().await;
    let a = app.tenant("acme").await;
    open(&app, &a).await;
    let told = register(&app, "acme", "New@Else.example").await;
    told.expect(202);
    let mail = app.mail("new@else.example", "email_verification").await;
    assert!(mail["link"].as_str().unwrap().starts_with("https://stoa.test/verify-email?token="), "{mail}");
    app.try_log_in("new@else.example", PASSWORD).await.refused(401, "invalid_grant");
    assert_eq!(app.count("users", doc! { "email": "new@else.example" }).await, 0);
    let token = of_link(&mail, "token");
    let done = verify(&app, json!({ "token": token })).await.expect(200);
    assert_eq!(done, json!({ "email": "new@else.example" }), "nobody is logged in by it");
    verify(&app, json!({ "token": token })).await.refused(422, "invalid_token");
    let tokens = LogIn::of(&app.try_log_in("new@else.example", PASSWORD).await.expect(200));
    let me = tokens.ask(&app).get("/auth/me").await.expect(200);
    assert_eq!(
        (&me["role"], &me["company"]["name"], &me["name"]),
        (&json!("client"), &json!("acme"), &json!("Newcomer"))
    );
    assert_eq!(app.count("audit_log", doc! { "action": "auth.register", "company_id": a.id }).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn a_code_verifies_too_and_has_five_tries() {
    let app = TestApp::start().await;
    let a = app.tenant("acme").await;
    open(&app, &a).await;
    for (email, tries, admitted) in [("one@else.example", 4, true), ("two@else.example", 5, false)] {
        let request = register(&app, "acme", email).await.expect(202)["request_id"].clone();
        let code = app.mail(email, "email_verification").await["code"].clone();
        let wrong = if code == "000000" { "000001" } else { "000000" };
        for _ in 0..tries {
            verify(&app, json!({ "request_id": request, "code": wrong })).await.refused(422, "invalid_token");
        }
        let last = verify(&app, json!({ "request_id": request, "code": code })).await;
        if admitted { drop(last.expect(200)) } else { drop(last.refused(422, "invalid_token")) }
    }
    app.finish().await;
}

#[tokio::test]
async fn the_answer_and_the_writes_tell_nothing() {
    let app = TestApp::start().await;
    let (a, closed) = (app.tenant("acme").await, app.tenant("closed").await);
    open(&app, &a).await;
    let gone = app.tenant("gone").await;
    open(&app, &gone).await;
    app.alter("companies", doc! { "_id": gone.id }, doc! { "$set": { "status": "suspended" } }).await;
    let cases = [
        ("acme", "free@else.example"),
        ("acme", a.writer.email.as_str()),
        ("acme", closed.client.email.as_str()),
        ("closed", "free2@else.example"),
        ("nowhere", "free3@else.example"),
        ("gone", "free4@else.example"),
    ];
    let mut seen = Vec::new();
    for (company, email) in cases {
        let before = writes(&app).await;
        let told = register(&app, company, email).await;
        let after = writes(&app).await;
        let mut told = told.expect(202);
        let id = told["request_id"].take();
        assert_eq!(id.as_str().unwrap().len(), 43, "{company} {email}");
        seen.push((told, after - before));
    }
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
    // Only the mailboxes are told apart.
    assert_eq!(app.templates_to("free@else.example").await, ["email_verification"]);
    assert_eq!(app.templates_to(&a.writer.email).await, ["already_registered"]);
    assert_eq!(app.templates_to(&closed.client.email).await, ["already_registered"]);
    for email in ["free2@else.example", "free3@else.example", "free4@else.example"] {
        assert!(app.mails_to(email).await.is_empty(), "{email}");
    }
    app.finish().await;
}

/// All documents of the database but the buckets of the throttle.
async fn writes(app: &TestApp) -> u64 {
    let mut all = 0;
    for name in app.raw.list_collection_names().await.unwrap() {
        if name != "throttle_buckets" && !name.starts_with("system.") {
            all += app.count(&name, doc! {}).await;
        }
    }
    all
}

#[tokio::test]
async fn nobody_says_which_role_or_company_it_shall_be() {
    let app = TestApp::start().await;
    let a = app.tenant("acme").await;
    open(&app, &a).await;
    for (name, value) in
        [("role", "company_admin"), ("company_id", "x"), ("status", "active"), ("department_ids", "x")]
    {
        let mut body = body("acme", "new@else.example");
        body[name] = json!(value);
        app.anonymous().post("/auth/register", body).await.refused(422, "unknown_field");
    }
    for (name, value) in [
        ("email", json!("no address")),
        ("name", json!("two\nlines")),
        ("name", json!("")),
        ("password", json!("too short")),
        ("company", json!({ "$ne": null })),
    ] {
        let mut body = body("acme", "new@else.example");
        body[name] = value;
        let told = app.anonymous().post("/auth/register", body).await.refused(422, "validation_failed");
        assert!(told["errors"][name].is_object(), "{told}");
    }
    assert_eq!(app.count("account_tokens", doc! {}).await, 0);
    app.finish().await;
}

#[tokio::test]
async fn a_mail_is_sent_again_three_times_and_voids_the_one_before() {
    let app = TestApp::start().await;
    let a = app.tenant("acme").await;
    open(&app, &a).await;
    let request = register(&app, "acme", "new@else.example").await.expect(202);
    let first = app.mail("new@else.example", "email_verification").await;
    let resend = || app.anonymous().post("/auth/verify_email/resend", request.clone());
    assert_eq!(resend().await.expect(202), request);
    let second = app.mail("new@else.example", "email_verification").await;
    verify(&app, json!({ "token": of_link(&first, "token") })).await.refused(422, "invalid_token");
    resend().await.expect(202);
    resend().await.expect(202);
    resend().await.refused(429, "rate_limited");
    assert_eq!(app.mails_to("new@else.example").await.len(), 4);
    verify(&app, json!({ "token": of_link(&second, "token") })).await.refused(422, "invalid_token");
    let unknown = json!({ "request_id": "x".repeat(43) });
    app.anonymous().post("/auth/verify_email/resend", unknown).await.expect(202);
    for never in ["x".repeat(101), "a\nb".to_owned(), " ".to_owned()] {
        let request = json!({ "request_id": never });
        app.anonymous().post("/auth/verify_email/resend", request).await.refused(422, "validation_failed");
    }
    let last = app.mail("new@else.example", "email_verification").await;
    verify(&app, json!({ "token": of_link(&last, "token") })).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn an_address_goes_to_who_verifies_it_first() {
    let app = TestApp::start().await;
    let a = app.tenant("acme").await;
    open(&app, &a).await;
    let mut links = Vec::new();
    for _ in 0..4 {
        register(&app, "acme", "new@else.example").await.expect(202);
        links.push(of_link(&app.mail("new@else.example", "email_verification").await, "token"));
    }
    let take = |token: &String| {
        let (app, body) = (&app, json!({ "token": token }));
        async move { verify(app, body).await }
    };
    let answers = join_all(links.iter().map(take)).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert!(answers.iter().all(|answer| matches!(answer.status.as_u16(), 200 | 422)));
    assert_eq!(app.count("users", doc! { "email": "new@else.example" }).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn verification_ends_with_its_time_and_with_the_permission() {
    let app = TestApp::start().await;
    let a = app.tenant("acme").await;
    open(&app, &a).await;
    let request = register(&app, "acme", "one@else.example").await.expect(202)["request_id"].clone();
    let mail = app.mail("one@else.example", "email_verification").await;
    app.clock.advance(Duration::from_secs(601));
    let by_code = json!({ "request_id": request, "code": mail["code"] });
    verify(&app, by_code).await.refused(422, "invalid_token");
    app.clock.advance(Duration::from_secs(86_400 - 600));
    verify(&app, json!({ "token": of_link(&mail, "token") })).await.refused(422, "invalid_token");
    register(&app, "acme", "two@else.example").await.expect(202);
    let mail = app.mail("two@else.example", "email_verification").await;
    app.alter("settings", doc! { "_id": a.id }, doc! { "$set": { "self_registration": false } }).await;
    verify(&app, json!({ "token": of_link(&mail, "token") })).await.refused(422, "invalid_token");
    app.finish().await;
}
