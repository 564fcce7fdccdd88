//! The status machine: every step that exists and every one that does not.

use super::super::{change, events_of, id, oid, path, plain, seen, to_status};
use crate::support::{Persona, TestApp};
use bson::doc;
use serde_json::json;

const ALL: [&str; 6] = ["new", "open", "pending", "on_hold", "solved", "closed"];

fn steps(from: &str) -> &'static [&'static str] {
    match from {
        "new" => &["open", "pending", "on_hold", "solved", "closed"],
        "open" => &["pending", "on_hold", "solved", "closed"],
        "pending" | "on_hold" => &["open", "solved", "closed"],
        "solved" => &["open", "closed"],
        _ => &[],
    }
}

#[tokio::test]
async fn the_machine_has_these_steps_and_no_others() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    for from in ALL {
        for to in ALL {
            let ticket = plain(&a.client).await;
            change(&app, "tickets", doc! { "_id": oid(&ticket) }, doc! { "$set": { "status": from } }).await;
            let body = json!({ "status": to, "reason": "as it is" });
            let answer = a.admin.ask().post(&path(&ticket, "/status"), body).await;
            if from == to {
                assert_eq!(answer.expect(200)["version"], ticket["version"], "{from} again changes nothing");
                assert_eq!(events_of(&a.admin, &ticket).await, ["ticket.created"]);
            } else if steps(from).contains(&to) {
                assert_eq!(answer.expect(200)["status"], to);
                assert_eq!(events_of(&a.admin, &ticket).await, ["ticket.created", "ticket.status_changed"]);
            } else {
                let problem = answer.refused(409, "invalid_transition");
                assert_eq!((&problem["from"], &problem["to"]), (&json!(from), &json!(to)));
                assert_eq!(problem["allowed"], json!(steps(from)), "from {from}");
            }
        }
    }
    app.finish().await;
}

#[tokio::test]
async fn times_and_counts_follow_the_status() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let solved = to_status(&a.manager, &ticket, "solved").await;
    assert_eq!(solved["solved_at"], solved["first_solved_at"]);
    app.clock.advance(std::time::Duration::from_secs(60));
    let open = to_status(&a.manager, &ticket, "open").await;
    assert_eq!(open["reopen_count"], 1);
    assert!(open["reopened_at"].as_str() > solved["solved_at"].as_str());
    let again = to_status(&a.manager, &ticket, "solved").await;
    assert!(again["solved_at"].as_str() > solved["solved_at"].as_str());
    assert_eq!(again["first_solved_at"], solved["first_solved_at"]);
    let closed = to_status(&a.admin, &ticket, "closed").await;
    assert!(closed["closed_at"].is_string());
    app.finish().await;
}

#[tokio::test]
async fn a_comment_goes_with_a_status_in_one_event() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let body = json!({ "status": "solved", "comment": "Switch it on." });
    let solved = a.manager.ask().post(&path(&ticket, "/status"), body).await.expect(200);
    assert_eq!(solved["status"], "solved");
    assert_eq!(solved["public_message_count"], 2);
    assert!(solved["first_responded_at"].is_string());
    assert_eq!(events_of(&a.client, &ticket).await, ["ticket.created", "ticket.status_changed"]);
    assert_eq!(solved["version"], 2, "one change");

    // The client agrees: the explicit status wins over reopening by reply.
    let thanks = json!({ "status": "solved", "comment": "Thanks" });
    let after = a.client.ask().post(&path(&ticket, "/status"), thanks).await.expect(200);
    assert_eq!(after["status"], "solved");
    assert_eq!(after["last_message_preview"], "Thanks");

    let refused = json!({ "status": "pending", "comment": "lost" });
    a.manager.ask().post(&path(&ticket, "/status"), refused).await.refused(409, "invalid_transition");
    assert_eq!(seen(&a.manager, &ticket).await["message_count"], 3, "a refused step leaves no comment");
    app.finish().await;
}

#[tokio::test]
async fn a_comment_without_a_step_moves_the_ticket_as_a_reply_does() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let comment = async |who: &Persona, status: &str| {
        let body = json!({ "status": status, "comment": "Some words" });
        who.ask().post(&path(&ticket, "/status"), body).await.expect(200)["status"].clone()
    };
    assert_eq!(comment(&a.client, "new").await, "new");
    assert_eq!(comment(&a.manager, "new").await, "open");
    for waiting in ["pending", "on_hold"] {
        let before = to_status(&a.manager, &ticket, waiting).await["version"].as_i64().unwrap();
        assert_eq!(comment(&a.manager, waiting).await, waiting);
        assert_eq!(comment(&a.client, waiting).await, "open", "from {waiting}");
        assert_eq!(seen(&a.manager, &ticket).await["version"], before + 2, "one change each");
    }
    app.finish().await;
}

#[tokio::test]
async fn only_waiting_tickets_wake_and_only_in_the_future() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let ask = |status: &str, wake_at: &str| {
        let body = json!({ "status": status, "wake_at": wake_at });
        let (ask, path) = (a.manager.ask(), path(&ticket, "/status"));
        async move { ask.post(&path, body).await }
    };
    ask("pending", "2020-01-01T00:00:00Z").await.refused(422, "validation_failed");
    ask("open", "2999-01-01T00:00:00Z").await.refused(422, "validation_failed");
    let pending = ask("pending", "2999-01-01T00:00:00Z").await.expect(200);
    assert_eq!(pending["wake_at"], "2999-01-01T00:00:00.000Z");
    assert_eq!(to_status(&a.manager, &ticket, "open").await["wake_at"], json!(null));
    app.finish().await;
}

#[tokio::test]
async fn what_the_category_requires_must_be_there_to_solve() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let category = json!({ "name": "Faults", "required_for_solved": ["tag_ids"] });
    let category = a.admin.ask().post("/api/categories", category).await.expect(201);
    let body = json!({ "subject": "x", "category_id": id(&category) });
    let ticket = super::super::file(&a.client, body).await;
    let solve = json!({ "status": "solved", "comment": "Done" });
    let refused = a.manager.ask().post(&path(&ticket, "/status"), solve.clone()).await;
    assert!(refused.refused(422, "required_for_solved")["errors"]["tag_ids"].is_object());
    let blind = a.client.ask().post(&path(&ticket, "/status"), json!({ "status": "solved" })).await;
    assert!(!blind.refused(422, "required_for_solved").to_string().contains("tag_ids"));
    assert_eq!(seen(&a.manager, &ticket).await["message_count"], 0);
    let tag = a.manager.ask().post("/api/tags", json!({ "name": "fuse" })).await.expect(201);
    a.manager.ask().patch(&path(&ticket, ""), json!({ "tag_ids": [id(&tag)] })).await.expect(200);
    a.manager.ask().post(&path(&ticket, "/status"), solve).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn racing_steps_leave_one_event_each_that_happened() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let paths: Vec<_> = (0..8).map(|n| if n % 2 == 0 { &app } else { &other }).collect();
    let answers = futures::future::join_all(paths.into_iter().map(|at| {
        let (ask, path) = (a.manager.ask_at(at), path(&ticket, "/status"));
        async move { ask.post(&path, json!({ "status": "solved" })).await }
    }))
    .await;
    assert!(answers.iter().all(|answer| answer.status == 200));
    assert_eq!(events_of(&a.manager, &ticket).await, ["ticket.created", "ticket.status_changed"]);
    app.finish().await;
}
