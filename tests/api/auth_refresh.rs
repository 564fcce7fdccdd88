//! Refresh: rotation, retries, reuse, and the end of sessions.

use crate::support::{LogIn, TestApp};
use bson::{DateTime, doc, oid::ObjectId};
use futures::future::join_all;
use std::time::Duration;

#[tokio::test]
async fn twenty_parallel_refreshes_give_one_successor_and_one_session() {
    let app = TestApp::start().await;
    let (two, three) = (app.sibling().await, app.sibling().await);
    let a = app.tenant("a").await;
    app.give_password(&a.client).await;
    let tokens = app.log_in(&a.client).await;
    let at = [&app, &two, &three];
    let answers = join_all((0..20).map(|i| at[i % 3].refresh(&tokens.refresh))).await;
    let all: Vec<LogIn> = answers.iter().map(|answer| LogIn::of(&answer.expect(200))).collect();
    assert!(all.iter().all(|one| one.refresh == all[0].refresh && one.session == tokens.session));
    assert_ne!(all[0].refresh, tokens.refresh);
    let session = ObjectId::parse_str(&tokens.session).unwrap();
    assert_eq!(app.count("refresh_tokens", doc! { "session_id": session }).await, 2);
    assert_eq!(app.count("sessions", doc! { "_id": session }).await, 1);
    all[7].ask(&app).get("/auth/me").await.expect(200);
    two.finish_keeping().await;
    three.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn a_replay_after_the_grace_ends_the_family() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.client).await;
    let first = app.log_in(&a.client).await;
    let second = LogIn::of(&app.refresh(&first.refresh).await.expect(200));
    app.clock.advance(Duration::from_secs(29));
    let again = LogIn::of(&app.refresh(&first.refresh).await.expect(200));
    assert_eq!(again.refresh, second.refresh, "a retry within the grace");
    app.clock.advance(Duration::from_secs(2));
    app.refresh(&first.refresh).await.refused(401, "refresh_reused");
    app.refresh(&second.refresh).await.refused(401, "unauthenticated");
    first.ask(&app).get("/auth/me").await.refused(401, "session_revoked");
    let session = ObjectId::parse_str(&first.session).unwrap();
    assert_eq!(app.count("refresh_tokens", doc! { "session_id": session }).await, 0);
    let entry = doc! { "company_id": a.id, "action": "auth.refresh_reuse", "resource_id": a.client.id };
    assert_eq!(app.count("audit_log", entry).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn a_retry_is_refused_once_the_successor_was_used_or_from_another_program() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.client).await;
    let first = app.log_in(&a.client).await;
    let second = LogIn::of(&app.refresh(&first.refresh).await.expect(200));
    app.refresh(&second.refresh).await.expect(200);
    app.refresh(&first.refresh).await.refused(401, "refresh_reused");

    let first = app.log_in(&a.client).await;
    app.refresh(&first.refresh).await.expect(200);
    let thief = app.anonymous().with("user-agent", "another program");
    thief
        .post("/auth/refresh", serde_json::json!({ "refresh_token": first.refresh }))
        .await
        .refused(401, "refresh_reused");
    app.finish().await;
}

#[tokio::test]
async fn a_retry_comes_from_the_program_that_used_the_token_which_may_be_another_than_got_it() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.client).await;
    let first = app.log_in(&a.client).await;
    // The browser was updated, and comes back with two tabs.
    let tab = || {
        let ask = app.anonymous().with("user-agent", "browser 2");
        async { ask.post("/auth/refresh", serde_json::json!({ "refresh_token": first.refresh })).await }
    };
    let (one, two) = (LogIn::of(&tab().await.expect(200)), LogIn::of(&tab().await.expect(200)));
    assert_eq!(one.refresh, two.refresh);
    two.ask(&app).get("/auth/me").await.expect(200);
    // Whoever had it before the update is not the one that used it.
    app.refresh(&first.refresh).await.refused(401, "refresh_reused");
    app.finish().await;
}

#[tokio::test]
async fn a_client_that_loses_answers_and_retries_is_never_logged_out() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.client).await;
    let mut tokens = app.log_in(&a.client).await;
    // Which of the answers are lost: every pattern of five rounds with up to three losses each.
    for round in 0..40_u32 {
        for _ in 0..(round * 7 + round / 5) % 4 {
            app.refresh(&tokens.refresh).await.expect(200);
        }
        tokens = LogIn::of(&app.refresh(&tokens.refresh).await.expect(200));
        app.clock.advance(Duration::from_secs(u64::from(round % 3) * 40));
    }
    assert_eq!(app.count("sessions", doc! { "_id": ObjectId::parse_str(&tokens.session).unwrap() }).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn what_is_no_refresh_token_is_refused_and_idle_sessions_end() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    app.give_password(&a.client).await;
    let tokens = app.log_in(&a.client).await;
    for text in ["x", &tokens.access, &tokens.refresh[1..], &tokens.refresh.to_uppercase()] {
        app.refresh(text).await.refused(401, "unauthenticated");
    }
    let unknown = stoa::auth::refresh_token::RefreshToken::generate();
    app.refresh(unknown.expose()).await.refused(401, "unauthenticated");
    app.anonymous()
        .with("authorization", format!("Bearer {}", tokens.refresh))
        .get("/auth/me")
        .await
        .refused(401, "unauthenticated");
    let session = ObjectId::parse_str(&tokens.session).unwrap();
    app.alter("sessions", doc! { "_id": session }, doc! { "$set": { "idle_expires_at": DateTime::now() } })
        .await;
    app.refresh(&tokens.refresh).await.refused(401, "session_revoked");
    tokens.ask(&app).get("/auth/me").await.refused(401, "session_revoked");
    app.finish().await;
}
