//! Disabling, removing and logging out people.

use crate::support::{PASSWORD, TestApp};
use bson::doc;
use futures::future::join_all;
use serde_json::json;

#[tokio::test]
async fn a_disabled_person_is_out_on_every_instance() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let tokens = app.log_in(&a.writer).await;
    let path = format!("/api/users/{}", a.writer.id.to_hex());
    assert_eq!(
        a.admin.ask().post(&format!("{path}/disable"), json!({})).await.expect(200)["status"],
        "disabled"
    );
    for app in [&app, &other] {
        tokens.ask(app).get("/auth/me").await.refused(401, "session_revoked");
        a.writer.ask_at(app).get("/auth/me").await.refused(401, "session_revoked");
        app.refresh(&tokens.refresh).await.refused(401, "session_revoked");
        app.try_log_in(&a.writer.email, PASSWORD).await.refused(401, "invalid_grant");
    }
    a.admin.ask().post(&format!("{path}/enable"), json!({})).await.expect(200);
    tokens.ask(&app).get("/auth/me").await.refused(401, "session_revoked");
    let tokens = other.log_in(&a.writer).await;

    a.admin.ask().post(&format!("{path}/revoke_sessions"), json!({})).await.expect(200);
    tokens.ask(&other).get("/auth/me").await.refused(401, "session_revoked");
    let tokens = other.log_in(&a.writer).await;
    a.admin.ask().delete(&path).await.expect(200);
    tokens.ask(&other).get("/auth/me").await.refused(401, "session_revoked");
    other.try_log_in(&a.writer.email, PASSWORD).await.refused(401, "invalid_grant");
    a.admin.ask().post(&format!("{path}/restore"), json!({})).await.expect(200);
    other.log_in(&a.writer).await;
    let log = a.admin.ask().list("/api/audit_log", json!({ "resource": "users" })).await.expect(200);
    for name in ["users.disable", "users.enable", "users.revoke_sessions", "users.delete", "users.restore"] {
        let entries = log["data"].as_array().unwrap().iter().filter(|entry| entry["action"] == name).count();
        assert_eq!(entries, 1, "{name}");
    }
    let chain = a.admin.ask().get("/api/audit_log?sort=seq").await.expect(200);
    assert!(chain["total"].as_i64().unwrap() > 5);
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn log_ins_beside_a_disabling_leave_no_session() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let path = format!("/api/users/{}", a.writer.id.to_hex());
    for _ in 0..5 {
        let log_ins = (0..4).map(|i| [&app, &other][i % 2].try_log_in(&a.writer.email, PASSWORD));
        let address = format!("{path}/disable");
        let disable = a.admin.ask_at(&other).post(&address, json!({}));
        let (answers, disabled) = futures::join!(join_all(log_ins), disable);
        disabled.expect(200);
        for answer in answers {
            assert!(answer.status == 200 || answer.status == 401, "{}", answer.text());
        }
        assert_eq!(app.count("sessions", doc! { "user_id": a.writer.id }).await, 0);
        a.admin.ask().post(&format!("{path}/enable"), json!({})).await.expect(200);
        app.raw.collection::<bson::Document>("throttle_buckets").delete_many(doc! {}).await.unwrap();
    }
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn nobody_does_it_to_themselves_or_to_another_company() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let own = format!("/api/users/{}", a.admin.id.to_hex());
    for action in ["disable", "enable"] {
        a.admin.ask().post(&format!("{own}/{action}"), json!({})).await.refused(403, "forbidden");
    }
    a.admin.ask().delete(&own).await.refused(403, "forbidden");
    let bulk = json!({ "ids": [a.admin.id.to_hex(), b.client.id.to_hex(), a.client.id.to_hex()] });
    let told = a.admin.ask().send(http::Method::DELETE, "/api/users", Some(bulk)).await.expect(200);
    assert_eq!(told["data"], json!([a.client.id.to_hex()]));
    assert_eq!(
        (told["errors"][0]["code"].as_str(), told["errors"][1]["code"].as_str()),
        (Some("forbidden"), Some("not_found"))
    );
    a.client.ask().get("/auth/me").await.refused(401, "session_revoked");
    let foreign = format!("/api/users/{}", b.writer.id.to_hex());
    for action in ["disable", "enable", "revoke_sessions"] {
        a.admin.ask().post(&format!("{foreign}/{action}"), json!({})).await.refused(404, "not_found");
    }
    b.writer.ask().get("/auth/me").await.expect(200);
    a.admin.ask().post(&format!("{own}/revoke_sessions"), json!({})).await.expect(200);
    a.admin.ask().get("/auth/me").await.refused(401, "session_revoked");
    app.finish().await;
}
