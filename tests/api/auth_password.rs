//! Change of the own password, and the password that must be changed.

use crate::support::{LogIn, PASSWORD, TestApp};
use bson::doc;
use futures::future::join_all;
use serde_json::json;

const NEW: &str = "another 7Good&Pass%phrase";

#[tokio::test]
async fn a_change_ends_the_other_sessions_and_renews_this_one() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let (here, there) = (app.log_in(&a.writer).await, app.log_in(&a.writer).await);
    let body = json!({ "current_password": PASSWORD, "new_password": NEW });
    let tokens = LogIn::of(&here.ask(&app).post("/auth/password/change", body).await.expect(200));
    assert_eq!(tokens.session, here.session);
    for old in [&here, &there] {
        old.ask(&other).get("/auth/me").await.refused(401, "session_revoked");
    }
    a.writer.ask_at(&other).get("/auth/me").await.refused(401, "session_revoked");
    other.refresh(&there.refresh).await.refused(401, "session_revoked");
    other.refresh(&here.refresh).await.refused(401, "unauthenticated");
    tokens.ask(&other).get("/api/departments").await.expect(200);
    other.refresh(&tokens.refresh).await.expect(200);
    app.try_log_in(&a.writer.email, PASSWORD).await.refused(401, "invalid_grant");
    app.try_log_in(&a.writer.email, NEW).await.expect(200);
    let log = a.admin.ask().list("/api/audit_log", json!({ "action": "auth.password_change" })).await;
    assert_eq!(log.expect(200)["total"], 1);
    assert!(!log.text().contains("argon2"), "no hash in the log");
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn a_change_needs_the_old_password_and_a_good_new_one() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let tokens = app.log_in(&a.writer).await;
    let local = a.writer.email.split('@').next().unwrap().to_owned();
    let cases = [
        ("wrong, but long enough", NEW, "current_password"),
        (PASSWORD, PASSWORD, "new_password"),
        (PASSWORD, "short", "new_password"),
        (PASSWORD, "passwordpassword", "new_password"),
        (PASSWORD, local.as_str(), "new_password"),
    ];
    for (current, new, field) in cases {
        let body = json!({ "current_password": current, "new_password": new });
        let told =
            tokens.ask(&app).post("/auth/password/change", body).await.refused(422, "validation_failed");
        assert!(told["errors"][field].is_object(), "{new}: {told}");
    }
    let body = json!({ "current_password": PASSWORD, "new_password": NEW, "user_id": a.admin.id.to_hex() });
    tokens.ask(&app).post("/auth/password/change", body).await.refused(422, "unknown_field");
    tokens.ask(&app).post("/auth/password/change", json!({})).await.refused(422, "validation_failed");
    tokens.ask(&app).get("/auth/me").await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn of_parallel_changes_one_is_made() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let mut tokens = Vec::new();
    for _ in 0..4 {
        tokens.push(app.log_in(&a.writer).await);
    }
    let change = |(at, tokens): (usize, &LogIn)| {
        let ask = tokens.ask(&app);
        let body = json!({ "current_password": PASSWORD, "new_password": format!("{NEW}{at}") });
        async move { ask.post("/auth/password/change", body).await }
    };
    let answers = join_all(tokens.iter().enumerate().map(change)).await;
    let made = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(made, 1, "{:?}", answers.iter().map(crate::support::Answer::text).collect::<Vec<_>>());
    assert_eq!(app.count("sessions", doc! { "user_id": a.writer.id }).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn a_first_password_admits_nothing_but_its_change() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let body =
        json!({ "email": "new@a.example", "name": "New", "role": "content_manager", "password": PASSWORD });
    let made = a.admin.ask().post("/api/users", body).await;
    assert_eq!(made.expect(201)["must_change_password"], true);
    assert!(!made.text().contains("argon2"));
    let answer = app.try_log_in("new@a.example", PASSWORD).await.expect(200);
    assert_eq!(answer["must_change_password"], true);
    let tokens = LogIn::of(&answer);
    let ask = || tokens.ask(&app);
    for path in ["/api/departments", "/api/users", "/api/audit_log", "/api/companies"] {
        ask().get(path).await.refused(403, "password_change_required");
    }
    ask().post("/api/tags", json!({ "name": "x" })).await.refused(403, "password_change_required");
    assert_eq!(ask().get("/auth/me").await.expect(200)["must_change_password"], true);
    let tokens = LogIn::of(&app.refresh(&tokens.refresh).await.expect(200));
    tokens.ask(&app).get("/api/departments").await.refused(403, "password_change_required");
    let body = json!({ "current_password": PASSWORD, "new_password": NEW });
    let tokens = LogIn::of(&tokens.ask(&app).post("/auth/password/change", body).await.expect(200));
    tokens.ask(&app).get("/api/departments").await.expect(200);
    app.finish().await;
}
