//! Settings through HTTP: one record a company, there from the first question on, changed with care.

use crate::support::TestApp;
use bson::{Document, doc};
use serde_json::json;

#[tokio::test]
async fn the_record_is_there_from_the_first_question_on() {
    let app = TestApp::start().await;
    let sibling = app.sibling().await;
    let a = app.tenant("a").await;
    let asks = (0..20).map(|n| {
        let ask = if n % 2 == 0 { a.client.ask() } else { a.admin.ask_at(&sibling) };
        async move { ask.get("/api/settings").await }
    });
    for answer in futures::future::join_all(asks).await {
        let body = answer.expect(200);
        assert_eq!((&body["total"], &body["data"][0]["id"]), (&json!(1), &json!(a.id.to_hex())), "{body}");
    }
    let stored = app.raw.collection::<Document>("settings").count_documents(doc! {}).await.unwrap();
    assert_eq!(stored, 1);
    let log = a.admin.ask().get("/api/audit_log").await.expect(200);
    assert_eq!((&log["total"], &log["data"][0]["action"]), (&json!(1), &json!("settings.create")));
    let b = app.tenant("b").await;
    let shown = b.manager.ask().get(&format!("/api/settings/{}", b.id.to_hex())).await.expect(200);
    assert_eq!((&shown["ticket_prefix"], &shown["version"]), (&json!("T"), &json!(1)));
    b.admin.ask().get(&format!("/api/settings/{}", a.id.to_hex())).await.refused(404, "not_found");
    app.finish().await;
}

#[tokio::test]
async fn a_change_says_which_version_it_is_made_from() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let path = format!("/api/settings/{}", a.id.to_hex());
    let change = json!({ "auto_close_hours": 3 });
    a.admin.ask().patch(&path, change.clone()).await.refused(428, "precondition_required");
    for nonsense in [json!("1"), json!(null), json!(1.5), json!({ "$gt": 0 })] {
        let body = json!({ "auto_close_hours": 3, "version": nonsense });
        a.admin.ask().patch(&path, body).await.refused(428, "precondition_required");
    }
    let future = json!({ "auto_close_hours": 3, "version": 99 });
    a.admin.ask().patch(&path, future).await.refused(412, "precondition_failed");
    a.admin
        .ask()
        .with("if-match", "\"7\"")
        .patch(&path, change.clone())
        .await
        .refused(412, "precondition_failed");
    let tag = a.admin.ask().get(&path).await.header("etag").to_owned();
    let done = a.admin.ask().with("if-match", &tag).patch(&path, change.clone()).await.expect(200);
    assert_eq!((&done["auto_close_hours"], &done["version"]), (&json!(3), &json!(2)));
    a.admin.ask().with("if-match", &tag).put(&path, change).await.refused(412, "precondition_failed");
    let stale = json!({ "auto_close_hours": 4, "version": 1 });
    a.admin.ask().patch(&path, stale).await.refused(409, "version_conflict");
    let whole = a.admin.ask().get(&path).await.expect(200);
    a.admin.ask().put(&path, whole).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn one_of_many_parallel_changes_from_one_version_wins() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let path = format!("/api/settings/{}", a.id.to_hex());
    let tag = a.admin.ask().get(&path).await.header("etag").to_owned();
    let changes = (1..=10).map(|days| {
        let ask = a.admin.ask().with("if-match", &tag);
        let path = path.clone();
        async move { ask.patch(&path, json!({ "auto_close_hours": 100 + days })).await.status.as_u16() }
    });
    let mut told = futures::future::join_all(changes).await;
    told.sort_unstable();
    assert_eq!(told, [vec![200], vec![412; 9]].concat());
    app.finish().await;
}

#[tokio::test]
async fn roles_see_and_change_what_the_table_says() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let path = format!("/api/settings/{}", a.id.to_hex());
    let seen = a.client.ask().get(&path).await.expect(200);
    assert!(seen.get("ticket_prefix").is_some() && seen.get("auto_close_hours").is_none(), "{seen}");
    let seen = a.writer.ask().get(&path).await.expect(200);
    assert!(seen.get("auto_close_hours").is_some() && seen.get("assignment_pointer").is_none(), "{seen}");
    for person in [&a.manager, &a.writer, &a.client] {
        let ask = person.ask().with("if-match", "*");
        ask.patch(&path, json!({ "auto_close_hours": 1 })).await.refused(403, "forbidden");
    }
    let ask = || a.admin.ask().with("if-match", "*");
    for body in [
        json!({ "auto_close_hours": 0 }),
        json!({ "ticket_prefix": "a-b" }),
        json!({ "auto_close_hours": "x" }),
    ] {
        ask().patch(&path, body).await.refused(422, "validation_failed");
    }
    for method in [http::Method::POST, http::Method::DELETE] {
        ask().send(method, "/api/settings", Some(json!({}))).await.refused(405, "method_not_allowed");
    }
    ask().delete(&path).await.refused(405, "method_not_allowed");
    let root = app.superadmin().await;
    root.ask().get("/api/settings").await.refused(400, "company_required");
    assert_eq!(root.ask().acting_in(a.id).get("/api/settings").await.expect(200)["total"], 1);
    app.finish().await;
}
