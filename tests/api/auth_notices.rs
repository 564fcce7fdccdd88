//! What people are told by mail about their account, and what they can look up.

use crate::support::{LogIn, PASSWORD, TestApp};
use bson::doc;
use serde_json::{Value, json};
use std::time::Duration;

const CHROME: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

#[tokio::test]
async fn changes_of_an_account_are_told_to_its_owner_without_credentials() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let tokens = app.log_in(&a.writer).await;
    let phone = app.enroll(&tokens).await;
    let off = json!({ "password": PASSWORD, "code": phone.code(&app) });
    tokens.ask(&app).post("/auth/mfa/totp/disable", off).await.expect(200);
    let change = json!({ "current_password": PASSWORD, "new_password": "another 7Good&Pass%phrase" });
    let ask = tokens.ask(&app).coming_from("203.0.113.9").with("user-agent", CHROME);
    ask.post("/auth/password/change", change).await.expect(200);
    let path = format!("/api/users/{}/set_role", a.writer.id.to_hex());
    a.admin.ask().post(&path, json!({ "role": "content_manager" })).await.expect(200);
    let mails = app.mails_to(&a.writer.email).await;
    let events: Vec<&Value> = mails.iter().map(|(_, variables)| &variables["event"]).collect();
    assert_eq!(events, ["mfa_enrolled", "mfa_disabled", "password_changed", "role_changed"]);
    assert!(mails.iter().all(|(template, _)| template == "security_notice"));
    let told = &mails[2].1;
    assert_eq!((&told["ip"], &told["user_agent"]), (&json!("203.0.113.9"), &json!(CHROME)));
    assert_eq!(told["name"], json!(a.writer.name));
    let sensitive = doc! { "to": &a.writer.email, "sensitive": true };
    assert_eq!(app.count("outbound_emails", sensitive).await, 0);
    app.finish().await;
}

#[tokio::test]
async fn a_log_in_from_elsewhere_is_told() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let log_in = |ip: &str, agent: &str| {
        let body = json!({ "username": a.writer.email, "password": PASSWORD });
        app.anonymous().coming_from(ip).with("user-agent", agent).post("/auth/token", body)
    };
    let told = || async { app.mails_to(&a.writer.email).await.len() };
    log_in("203.0.113.1", CHROME).await.expect(200);
    assert_eq!(told().await, 0, "the very first one");
    log_in("203.0.113.200", &CHROME.replace("140", "141")).await.expect(200);
    assert_eq!(told().await, 0, "the same network, another version");
    log_in("203.0.113.1", FIREFOX).await.expect(200);
    log_in("198.51.100.1", CHROME).await.expect(200);
    log_in("2001:db8:1:2::1", CHROME).await.expect(200);
    log_in("2001:db8:1:2:ffff::9", CHROME).await.expect(200);
    assert_eq!(app.templates_to(&a.writer.email).await, ["new_device"; 3]);
    let last = app.mail(&a.writer.email, "new_device").await;
    assert_eq!((&last["ip"], &last["user_agent"]), (&json!("2001:db8:1:2::1"), &json!(CHROME)));
    app.clock.advance(Duration::from_secs(91 * 86_400));
    log_in("203.0.113.1", CHROME).await.expect(200);
    assert_eq!(told().await, 4, "forgotten after ninety days");
    log_in("203.0.113.1", "wrong agent").await.expect(200);
    assert_eq!(told().await, 5);
    // Another person at the same place is another matter.
    app.give_password(&a.client).await;
    let body = json!({ "username": a.client.email, "password": PASSWORD });
    app.anonymous()
        .coming_from("203.0.113.1")
        .with("user-agent", CHROME)
        .post("/auth/token", body)
        .await
        .expect(200);
    assert!(app.mails_to(&a.client.email).await.is_empty());
    assert_eq!(app.count("known_devices", doc! { "user_id": a.client.id }).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn the_activity_shows_ones_own_account_only() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    for person in [&a.writer, &a.client, &b.writer] {
        app.give_password(person).await;
    }
    app.try_log_in(&a.writer.email, "wrong").await.refused(401, "invalid_grant");
    app.app.aside().settled().await;
    let tokens: LogIn = app.log_in(&a.writer).await;
    app.log_in(&a.client).await;
    app.log_in(&b.writer).await;
    let path = format!("/api/users/{}", a.writer.id.to_hex());
    a.admin.ask().with("if-match", "*").patch(&path, json!({ "phone": "1" })).await.expect(200);
    a.admin.ask().post(&format!("{path}/reset_password"), json!({})).await.expect(200);
    let told = tokens.ask(&app).get("/auth/activity").await.expect(200);
    let actions: Vec<&Value> = told["data"].as_array().unwrap().iter().map(|one| &one["action"]).collect();
    assert_eq!(actions, ["users.reset_password", "auth.login", "auth.login_failed"], "{told}");
    let by_other = &told["data"][0];
    assert_eq!((&by_other["by_other"], &by_other["ip"]), (&json!(true), &Value::Null));
    assert_eq!(told["data"][1]["ip"], "127.0.0.1");
    // An operator's account has no company.
    let root = app.superadmin().await;
    app.give_password(&root).await;
    let told = app.log_in(&root).await.ask(&app).get("/auth/activity").await.expect(200);
    assert_eq!(told["data"][0]["action"], "auth.login");
    assert_eq!(told["total"], 1);
    app.finish().await;
}
