//! The second factor: setting it up, logging in with it, recovery codes, taking it off.

use crate::support::totp::{Authenticator, body_of, code_of};
use crate::support::{LogIn, PASSWORD, TestApp};
use bson::doc;
use serde_json::{Value, json};
use std::process::Command;
use std::time::Duration;

/// What another program says.
fn told_by(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output =
        output.unwrap_or_else(|error| panic!("{program}: {error}; scripts/setup --tests installs it"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[tokio::test]
async fn a_code_from_the_picture_sets_it_up_and_log_in_needs_it() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let (here, there) = (app.log_in(&a.writer).await, app.log_in(&a.writer).await);
    let enroll =
        |password: &str| here.ask(&app).post("/auth/mfa/totp/enroll", json!({ "password": password }));
    enroll("wrong").await.refused(422, "validation_failed");
    let shown = enroll(PASSWORD).await;
    assert_eq!(shown.header("cache-control"), "no-store");
    let shown = shown.expect(200);
    // Another program reads the picture, and a third one makes the codes.
    let folder = std::env::temp_dir().join(format!("stoa-qr-{}", stoa::auth::random::base62(12)));
    std::fs::create_dir(&folder).unwrap();
    let (svg, png) = (folder.join("qr.svg"), folder.join("qr.png"));
    std::fs::write(&svg, shown["qr_svg"].as_str().unwrap()).unwrap();
    told_by("rsvg-convert", &["-o", png.to_str().unwrap(), svg.to_str().unwrap()]);
    let url = told_by("zbarimg", &["--quiet", "--raw", png.to_str().unwrap()]);
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(json!(url), shown["otpauth_url"]);
    let email = a.writer.email.replace('@', "%40");
    assert!(url.starts_with(&format!("otpauth://totp/Stoa:{email}?")), "{url}");
    let secret = url.split(['?', '&']).find_map(|part| part.strip_prefix("secret=")).unwrap().to_owned();
    assert_eq!((json!(secret), secret.len()), (shown["secret"].clone(), 32), "160 bits");
    let oathtool = |unix: i64| told_by("oathtool", &["--totp", "-b", &secret, "--now", &format!("@{unix}")]);
    let confirm = |code: String| here.ask(&app).post("/auth/mfa/totp/confirm", json!({ "code": code }));
    confirm(oathtool(app.clock.unix() + 3600)).await.refused(422, "validation_failed");
    assert_eq!(app.count("mfa_factors", doc! { "secret": { "$ne": null } }).await, 0);
    let used = oathtool(app.clock.unix());
    let codes = confirm(used.clone()).await.expect(200)["recovery_codes"].clone();
    let codes: Vec<&str> = codes.as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
    assert_eq!(codes.len(), 10);
    assert!(codes.iter().all(|code| code.len() == 27), "{codes:?}");
    there.ask(&app).get("/auth/me").await.refused(401, "session_revoked");
    let me = here.ask(&app).get("/auth/me").await.expect(200);
    assert_eq!(me["mfa"], json!({ "enrolled": true, "required": false, "recovery_codes_left": 10 }));
    let ticket = app.half_log_in(&a.writer.email).await;
    app.verify_mfa(&ticket, &used).await.refused(401, "invalid_grant");
    app.clock.advance(Duration::from_secs(30));
    let tokens = app.verify_mfa(&ticket, &oathtool(app.clock.unix())).await.expect(200);
    let session = bson::oid::ObjectId::parse_str(LogIn::of(&tokens).session).unwrap();
    let ask = app.ask_by_session(doc! { "_id": session }).await.unwrap();
    let sessions = ask.get("/auth/sessions").await.expect(200);
    let this =
        sessions["data"].as_array().unwrap().iter().find(|one| one["current"] == true).unwrap().clone();
    assert_eq!(this["amr"], json!(["pwd", "otp"]));
    app.finish().await;
}

#[tokio::test]
async fn codes_agree_with_another_implementation_over_time() {
    let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    let times = [0, 29, 30, 59, 1_111_111_109, 1_234_567_890, 2_000_000_000, 4_102_444_800_i64];
    for unix in times {
        let other = told_by("oathtool", &["--totp", "-b", secret, "--now", &format!("@{unix}")]);
        assert_eq!(code_of(secret, unix), other, "at {unix}");
    }
}

#[tokio::test]
async fn the_code_can_come_with_the_password_and_is_taken_once() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let phone = app.enroll(&app.log_in(&a.writer).await).await;
    let log_in = |password: &str, code: &str| {
        let body = json!({ "username": a.writer.email, "password": password, "otp": code });
        app.anonymous().post("/auth/token", body)
    };
    let code = phone.code(&app);
    log_in("wrong", &code).await.refused(401, "invalid_grant");
    log_in(PASSWORD, &phone.wrong_code(&app)).await.refused(401, "invalid_grant");
    log_in(PASSWORD, &code).await.expect(200);
    log_in(PASSWORD, &code).await.refused(401, "invalid_grant");
    // A code that was typed slowly belongs to the step before; two steps later it is too late.
    let slow = phone.next_code(&app);
    app.clock.advance(Duration::from_secs(30));
    log_in(PASSWORD, &slow).await.expect(200);
    let late = phone.next_code(&app);
    app.clock.advance(Duration::from_secs(60));
    log_in(PASSWORD, &late).await.refused(401, "invalid_grant");
    app.finish().await;
}

#[tokio::test]
async fn a_recovery_code_stands_in_once_and_is_told_by_mail() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let phone = app.enroll(&app.log_in(&a.writer).await).await;
    let typed = phone.recovery[0].to_lowercase().replace('-', " ");
    let ticket = app.half_log_in(&a.writer.email).await;
    let tokens = LogIn::of(&app.verify_mfa(&ticket, &typed).await.expect(200));
    let me = tokens.ask(&app).get("/auth/me").await.expect(200);
    assert_eq!(me["mfa"]["recovery_codes_left"], 9);
    let ticket = app.half_log_in(&a.writer.email).await;
    app.verify_mfa(&ticket, &phone.recovery[0]).await.refused(401, "invalid_grant");
    let notice = app.mail(&a.writer.email, "security_notice").await;
    assert_eq!((&notice["event"], &notice["recovery_codes_left"]), (&json!("recovery_code_used"), &json!(9)));
    // A new set makes the old one void.
    let renew = |code: Option<String>| {
        let mut body = json!({ "password": PASSWORD });
        if let Some(code) = code {
            body["code"] = json!(code);
        }
        tokens.ask(&app).post("/auth/mfa/recovery/regenerate", body)
    };
    renew(None).await.refused(422, "validation_failed");
    let fresh = renew(Some(phone.code(&app))).await.expect(200)["recovery_codes"].clone();
    app.verify_mfa(&ticket, &phone.recovery[1]).await.refused(401, "invalid_grant");
    app.verify_mfa(&ticket, fresh[0].as_str().unwrap()).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn taking_it_off_needs_password_and_factor() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let tokens = app.log_in(&a.writer).await;
    let phone = app.enroll(&tokens).await;
    let disable = |body: Value| tokens.ask(&app).post("/auth/mfa/totp/disable", body);
    let again = json!({ "password": PASSWORD });
    tokens.ask(&app).post("/auth/mfa/totp/enroll", again.clone()).await.refused(409, "conflict");
    disable(again).await.refused(422, "validation_failed");
    let told = disable(json!({ "password": "wrong", "code": phone.code(&app) })).await;
    assert!(told.refused(422, "validation_failed")["errors"]["password"].is_object());
    let told = disable(json!({ "password": PASSWORD, "code": phone.wrong_code(&app) })).await;
    assert!(told.refused(422, "validation_failed")["errors"]["code"].is_object());
    disable(json!({ "password": PASSWORD, "code": phone.code(&app) })).await.expect(200);
    assert_eq!(app.count("mfa_factors", doc! {}).await, 0);
    app.try_log_in(&a.writer.email, PASSWORD).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn proof_within_a_session_demands_the_factor_too() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.admin).await;
    let tokens = app.log_in(&a.admin).await;
    let phone = app.enroll(&tokens).await;
    let stale = bson::DateTime::from_millis(app.clock.now().timestamp_millis() - 700_000);
    let session = doc! { "_id": bson::oid::ObjectId::parse_str(&tokens.session).unwrap() };
    let wear_off = || app.alter("sessions", session.clone(), doc! { "$set": { "auth_time": stale } });
    let promote = |tokens: &LogIn| {
        let (ask, path) = (tokens.ask(&app), format!("/api/users/{}/set_role", a.manager.id.to_hex()));
        async move { ask.post(&path, json!({ "role": "company_admin" })).await }
    };
    wear_off().await;
    promote(&tokens).await.refused(401, "insufficient_user_authentication");
    let step_up = |body: Value| tokens.ask(&app).post("/auth/step_up", body);
    step_up(json!({ "password": PASSWORD })).await.refused(422, "validation_failed");
    step_up(json!({ "password": PASSWORD, "code": phone.wrong_code(&app) }))
        .await
        .refused(422, "validation_failed");
    promote(&tokens).await.refused(401, "insufficient_user_authentication");
    // A change of the password is no way around it.
    let change = json!({ "current_password": PASSWORD, "new_password": "another 7Good&Pass%phrase" });
    let changed = LogIn::of(&tokens.ask(&app).post("/auth/password/change", change).await.expect(200));
    promote(&changed).await.refused(401, "insufficient_user_authentication");
    let body = json!({ "password": "another 7Good&Pass%phrase", "code": phone.code(&app) });
    changed.ask(&app).post("/auth/step_up", body).await.expect(200);
    promote(&changed).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn a_secret_that_is_shown_waits_ten_minutes() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let tokens = app.log_in(&a.writer).await;
    let show = || tokens.ask(&app).post("/auth/mfa/totp/enroll", json!({ "password": PASSWORD }));
    let confirm = |secret: &Value| {
        let code = code_of(secret.as_str().unwrap(), app.clock.unix());
        tokens.ask(&app).post("/auth/mfa/totp/confirm", json!({ "code": code }))
    };
    let first = show().await.expect(200)["secret"].clone();
    app.clock.advance(Duration::from_secs(601));
    confirm(&first).await.refused(422, "validation_failed");
    let second = show().await.expect(200)["secret"].clone();
    confirm(&first).await.refused(422, "validation_failed");
    confirm(&second).await.expect(200);
    confirm(&second).await.refused(422, "validation_failed");
    app.finish().await;
}

#[tokio::test]
async fn an_administrator_takes_it_off_by_rank_and_with_proof() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    app.give_password(&a.writer).await;
    let tokens = app.log_in(&a.writer).await;
    let phone: Authenticator = app.enroll(&tokens).await;
    let ticket = app.half_log_in(&a.writer.email).await;
    let path = format!("/api/users/{}/reset_mfa", a.writer.id.to_hex());
    b.admin.ask().post(&path, json!({})).await.refused(404, "not_found");
    for person in [&a.manager, &a.writer, &a.client] {
        person.ask().post(&path, json!({})).await.status.is_client_error().then_some(()).expect("refused");
    }
    let stale = bson::DateTime::from_millis(app.clock.now().timestamp_millis() - 700_000);
    let (session, now) = (doc! { "_id": a.admin.session }, app.clock.now());
    app.alter("sessions", session.clone(), doc! { "$set": { "auth_time": stale } }).await;
    a.admin.ask().post(&path, json!({})).await.refused(401, "insufficient_user_authentication");
    app.alter("sessions", session, doc! { "$set": { "auth_time": now } }).await;
    a.admin.ask().post(&path, json!({})).await.expect(200);
    a.admin.ask().post(&path, json!({})).await.refused(409, "conflict");
    tokens.ask(&app).get("/auth/me").await.refused(401, "session_revoked");
    app.anonymous()
        .post("/auth/mfa/verify", body_of(&ticket, &phone.code(&app)))
        .await
        .refused(422, "invalid_token");
    app.try_log_in(&a.writer.email, PASSWORD).await.expect(200);
    assert_eq!(app.mail(&a.writer.email, "security_notice").await["event"], "mfa_reset");
    assert_eq!(app.count("audit_log", doc! { "action": "users.reset_mfa" }).await, 1);
    app.finish().await;
}
