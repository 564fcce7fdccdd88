//! Guesses, repetitions and races at the second factor: counted exactly, each code good for one use.

use crate::support::totp::body_of;
use crate::support::{Answer, PASSWORD, TestApp};
use bson::doc;
use futures::future::join_all;
use serde_json::json;
use std::time::{Duration, Instant};

/// Guesses that are judged at most: after the fifth one more two seconds later, and so on.
fn admitted(started: Instant) -> usize {
    let elapsed = started.elapsed().as_secs();
    5 + (1..16).take_while(|pauses| elapsed >= (2 << pauses) - 2).count()
}

fn of_status(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

/// Forgets the wrong codes of everyone, as a right one does.
async fn forgive(app: &TestApp) {
    let none = doc! { "$set": { "failures": 0_i64, "next_at": bson::DateTime::from_millis(0) } };
    app.alter("throttle_buckets", doc! { "_id": { "$regex": "^mfa:" } }, none).await;
}

#[tokio::test]
async fn of_fifty_parallel_guesses_at_one_log_in_five_are_judged() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let phone = app.enroll(&app.log_in(&a.writer).await).await;
    let ticket = app.half_log_in(&a.writer.email).await;
    let (wrong, at) = (phone.wrong_code(&app), [&app, &other]);
    let guess = |i: usize| {
        let ask = at[i % 2].anonymous().coming_from(&format!("203.0.{i}.1"));
        ask.post("/auth/mfa/verify", body_of(&ticket, &wrong))
    };
    let answers = join_all((0..50).map(guess)).await;
    assert!(of_status(&answers, 401) <= 5, "{}", of_status(&answers, 401));
    assert!(answers.iter().all(|answer| matches!(answer.status.as_u16(), 401 | 422 | 429)));
    let row = app.stored("account_tokens", doc! { "kind": "mfa_login" }).await.unwrap();
    assert_eq!(row.get_i64("attempts").unwrap(), 5);
    forgive(&app).await;
    // Used up: the right code comes too late.
    app.verify_mfa(&ticket, &phone.code(&app)).await.refused(422, "invalid_token");
    app.app.aside().settled().await;
    other.app.aside().settled().await;
    let failed = app.count("audit_log", doc! { "action": "auth.mfa_failed" }).await;
    assert_eq!(failed, of_status(&answers, 401) as u64, "each judged guess is in the log");
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn many_log_ins_give_no_more_guesses() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let phone = app.enroll(&app.log_in(&a.writer).await).await;
    let (wrong, started) = (phone.wrong_code(&app), Instant::now());
    let guess = |i: usize| {
        let (app, wrong, email) = (&app, &wrong, &a.writer.email);
        async move {
            let body = json!({ "username": email, "password": PASSWORD });
            let from = || app.anonymous().coming_from(&format!("203.0.{i}.1"));
            let told = from().post("/auth/token", body).await.refused(403, "mfa_required");
            from().post("/auth/mfa/verify", body_of(told["mfa_token"].as_str().unwrap(), wrong)).await
        }
    };
    let mut answers = Vec::new();
    // More at once would stand in line for the hashing of passwords.
    for batch in 0..5 {
        answers.extend(join_all((0..10).map(|i| guess(10 * batch + i))).await);
    }
    let (judged, most) = (of_status(&answers, 401), admitted(started));
    assert!((5..=most).contains(&judged), "{judged} of at most {most}");
    let direct = |i: usize| {
        let body = json!({ "username": a.writer.email, "password": PASSWORD, "otp": wrong });
        app.anonymous().coming_from(&format!("198.51.{i}.1")).post("/auth/token", body)
    };
    let answers = join_all((0..20).map(direct)).await;
    let (more, most) = (of_status(&answers, 401), admitted(started));
    assert!(judged + more <= most, "{judged} and {more} of at most {most}");
    app.finish().await;
}

#[tokio::test]
async fn of_parallel_uses_of_one_code_one_succeeds() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let phone = app.enroll(&app.log_in(&a.writer).await).await;
    for code in [phone.code(&app), phone.recovery[0].clone()] {
        let mut tickets = Vec::new();
        for _ in 0..4 {
            tickets.push(app.half_log_in(&a.writer.email).await);
        }
        forgive(&app).await;
        let at = [&app, &other];
        let give = |(i, ticket): (usize, &String)| {
            at[i % 2].anonymous().post("/auth/mfa/verify", body_of(ticket, &code))
        };
        let answers = join_all(tickets.iter().enumerate().map(give)).await;
        let texts: Vec<String> = answers.iter().map(Answer::text).collect();
        assert_eq!(of_status(&answers, 200), 1, "{texts:?}");
        assert_eq!(of_status(&answers, 401), 3, "{texts:?}");
    }
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn one_log_in_gives_one_session() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let phone = app.enroll(&app.log_in(&a.writer).await).await;
    let ticket = app.half_log_in(&a.writer.email).await;
    let before = app.count("sessions", doc! { "user_id": a.writer.id }).await;
    let codes: Vec<String> = phone.recovery.iter().take(4).cloned().collect();
    let give = |code: &String| app.anonymous().post("/auth/mfa/verify", body_of(&ticket, code));
    let answers = join_all(codes.iter().map(give)).await;
    assert_eq!(of_status(&answers, 200), 1, "{:?}", answers.iter().map(Answer::text).collect::<Vec<_>>());
    assert_eq!(app.count("sessions", doc! { "user_id": a.writer.id }).await, before + 1);
    app.verify_mfa(&ticket, &phone.code(&app)).await.refused(422, "invalid_token");
    // Codes of log-ins that lost are not used up.
    let left = app.stored("mfa_factors", doc! { "_id": a.writer.id }).await.unwrap();
    assert_eq!(left.get_array("recovery").unwrap().len(), 9);
    app.finish().await;
}

#[tokio::test]
async fn a_half_log_in_ends_after_five_minutes_and_admits_nothing_else() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let phone = app.enroll(&app.log_in(&a.writer).await).await;
    let ticket = app.half_log_in(&a.writer.email).await;
    let bearer = app.anonymous().with("authorization", format!("Bearer {ticket}"));
    bearer.get("/auth/me").await.refused(401, "unauthenticated");
    app.refresh(&ticket).await.refused(401, "unauthenticated");
    let reset = json!({ "token": ticket, "new_password": "another 7Good&Pass%phrase" });
    app.anonymous().post("/auth/password/reset", reset).await.refused(422, "invalid_token");
    app.clock.advance(Duration::from_secs(301));
    app.verify_mfa(&ticket, &phone.code(&app)).await.refused(422, "invalid_token");
    for text in ["", "x", "💥", &"A".repeat(5000)] {
        let told = app.verify_mfa(&app.half_log_in(&a.writer.email).await, text).await;
        assert!(matches!(told.status.as_u16(), 401 | 422 | 429), "{}", told.text());
    }
    app.finish().await;
}

#[tokio::test]
async fn a_disabled_person_is_told_the_same_as_a_wrong_password() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let phone = app.enroll(&app.log_in(&a.writer).await).await;
    let ticket = app.half_log_in(&a.writer.email).await;
    let path = format!("/api/users/{}/disable", a.writer.id.to_hex());
    a.admin.ask().post(&path, json!({})).await.expect(200);
    app.verify_mfa(&ticket, &phone.code(&app)).await.refused(422, "invalid_token");
    app.try_log_in(&a.writer.email, PASSWORD).await.refused(401, "invalid_grant");
    let body = json!({ "username": a.writer.email, "password": PASSWORD, "otp": phone.code(&app) });
    app.anonymous().post("/auth/token", body).await.refused(401, "invalid_grant");
    app.finish().await;
}

#[tokio::test]
async fn a_thief_of_a_session_does_not_guess_codes_faster() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let tokens = app.log_in(&a.writer).await;
    let phone = app.enroll(&tokens).await;
    let (wrong, started) = (phone.wrong_code(&app), Instant::now());
    let guess = |i: usize| {
        let ask = tokens.ask(&app).coming_from(&format!("203.0.{i}.1"));
        ask.post("/auth/step_up", json!({ "password": PASSWORD, "code": wrong }))
    };
    let answers = join_all((0..20).map(guess)).await;
    let (judged, most) = (of_status(&answers, 422), admitted(started));
    assert!((1..=most).contains(&judged), "{judged} of at most {most}");
    app.finish().await;
}
