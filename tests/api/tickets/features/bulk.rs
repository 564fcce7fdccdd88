//! One action on many tickets.

use super::super::{id, path, plain, seen, to_status};
use crate::support::{Answer, Persona, TestApp};
use serde_json::{Value, json};

async fn bulk(who: &Persona, key: &str, body: Value) -> Answer {
    who.ask().with("idempotency-key", key).post("/api/tickets/bulk", body).await
}

#[tokio::test]
async fn each_ticket_has_its_own_result_and_all_belong_to_one_operation() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let (one, two, foreign) = (plain(&a.client).await, plain(&a.client).await, plain(&b.client).await);
    to_status(&a.manager, &two, "solved").await;
    let ids = json!([id(&one), id(&two), id(&foreign), "999", "nonsense"]);
    let body = json!({ "ids": ids, "action": "status", "status": "pending" });
    let answer = bulk(&a.manager, "k1", body).await.expect(200);
    assert_eq!(answer["data"], json!([id(&one)]));
    let codes: Vec<_> =
        answer["errors"].as_array().unwrap().iter().map(|error| error["code"].clone()).collect();
    assert_eq!(codes, ["invalid_transition", "not_found", "not_found", "not_found"]);
    assert_eq!((&answer["succeeded"], &answer["failed"]), (&json!(1), &json!(4)));
    let events = a.manager.ask().get(&path(&one, "/events")).await.expect(200);
    assert_eq!(events["data"][1]["bulk_id"], answer["bulk_id"]);
    assert_eq!(events["data"][0]["bulk_id"], json!(null));
    app.finish().await;
}

#[tokio::test]
async fn a_repeated_call_has_one_effect_and_a_call_without_key_none() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let body = json!({ "ids": [id(&ticket)], "action": "status", "status": "open", "comment": "Here we go" });
    let unkeyed = a.manager.ask().post("/api/tickets/bulk", body.clone()).await;
    unkeyed.refused(400, "malformed_request");
    let first = bulk(&a.manager, "k1", body.clone()).await;
    let again = bulk(&a.manager, "k1", body.clone()).await;
    assert_eq!(first.expect(200), again.expect(200));
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(seen(&a.manager, &ticket).await["message_count"], 2);
    let other = json!({ "ids": [id(&ticket)], "action": "delete" });
    bulk(&a.manager, "k1", other).await.refused(422, "idempotency_mismatch");
    app.finish().await;
}

#[tokio::test]
async fn a_call_that_runs_many_times_at_once_does_each_part_once() {
    let app = TestApp::start().await;
    let sibling = app.sibling().await;
    let a = app.tenant("a").await;
    let (one, two) = (plain(&a.client).await, plain(&a.client).await);
    for ticket in [&one, &two] {
        to_status(&a.manager, ticket, "pending").await;
    }
    let body = json!({ "ids": [id(&one), id(&two)], "action": "status", "status": "pending", "comment": "Still there?" });
    let calls = (0..8).map(|n| {
        let ask = if n % 2 == 0 { a.manager.ask() } else { a.manager.ask_at(&sibling) };
        let ask = ask.with("idempotency-key", "at-once");
        let body = body.clone();
        async move { ask.post("/api/tickets/bulk", body).await.expect(200) }
    });
    let answers = futures::future::join_all(calls).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(answers[0]["succeeded"], 2);
    for ticket in [&one, &two] {
        assert_eq!(seen(&a.manager, ticket).await["message_count"], 2, "one comment each");
    }
    app.finish().await;
}

#[tokio::test]
async fn every_action_follows_the_rules_of_its_own_endpoint() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let tag = a.manager.ask().post("/api/tags", json!({ "name": "vip" })).await.expect(201);
    let run = |key: &'static str, body: Value| {
        let (manager, mut body) = (a.manager.clone(), body);
        body["ids"] = json!([id(&ticket)]);
        async move { bulk(&manager, key, body).await.expect(200) }
    };
    let tags = json!({ "action": "add_tags", "tag_ids": [id(&tag)] });
    assert_eq!(run("1", tags.clone()).await["succeeded"], 1);
    assert_eq!(run("2", tags).await["succeeded"], 1);
    assert_eq!(seen(&a.manager, &ticket).await["tag_ids"], json!([id(&tag)]));
    let unknown = json!({ "action": "add_tags", "tag_ids": [id(&ticket)] });
    assert_eq!(run("3", unknown).await["errors"][0]["code"], "reference_not_found");
    run("4", json!({ "action": "remove_tags", "tag_ids": [id(&tag)] })).await;
    assert_eq!(seen(&a.manager, &ticket).await["tag_ids"], json!([]));
    let to_client = json!({ "action": "assign", "assignee_id": a.client.id.to_hex() });
    assert_eq!(run("5", to_client).await["errors"][0]["code"], "validation_failed");
    run("6", json!({ "action": "assign", "assignee_id": "me" })).await;
    assert_eq!(seen(&a.manager, &ticket).await["assignee_id"], a.manager.id.to_hex());
    assert_eq!(run("7", json!({ "action": "archive" })).await["errors"][0]["code"], "conflict");
    run("8", json!({ "action": "status", "status": "solved" })).await;
    assert_eq!(run("9", json!({ "action": "archive" })).await["succeeded"], 1);
    assert_eq!(run("10", json!({ "action": "delete" })).await["succeeded"], 1);
    assert_eq!(run("11", json!({ "action": "delete" })).await["errors"][0]["code"], "deleted");
    app.finish().await;
}

#[tokio::test]
async fn a_bulk_call_says_what_it_needs() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let many: Vec<String> = (0..501).map(|n| n.to_string()).collect();
    for body in [
        json!({ "ids": [], "action": "archive" }),
        json!({ "ids": many, "action": "archive" }),
        json!({ "ids": [id(&ticket)], "action": "explode" }),
        json!({ "ids": [id(&ticket)], "action": "status" }),
        json!({ "ids": [id(&ticket)], "action": "add_tags" }),
        json!({ "ids": [id(&ticket)], "action": "assign" }),
    ] {
        bulk(&a.manager, "k", body).await.refused(422, "validation_failed");
    }
    let body = json!({ "ids": [id(&ticket)], "action": "archive" });
    for who in [&a.writer, &a.client] {
        bulk(who, "k", body.clone()).await.refused(403, "forbidden");
    }
    app.finish().await;
}
