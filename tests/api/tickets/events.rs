//! The history of tickets.

use super::{events_of, note, path, plain, say, to_status};
use crate::support::TestApp;
use serde_json::json;

#[tokio::test]
async fn staff_read_everything_and_clients_what_concerns_them() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let ticket = plain(&a.client).await;
    a.manager.ask().post(&path(&ticket, "/assign"), json!({ "assignee_id": "me" })).await.expect(200);
    note(&a.manager, &ticket, "private").await;
    say(&a.manager, &ticket, "public").await;
    a.manager.ask().patch(&path(&ticket, ""), json!({ "priority": "high" })).await.expect(200);
    to_status(&a.manager, &ticket, "solved").await;
    let all = [
        "ticket.created",
        "ticket.assigned",
        "ticket.status_changed",
        "message.added",
        "message.added",
        "ticket.updated",
        "ticket.status_changed",
    ];
    assert_eq!(events_of(&a.admin, &ticket).await, all);
    let public = ["ticket.created", "ticket.status_changed", "message.added", "ticket.status_changed"];
    assert_eq!(events_of(&a.client, &ticket).await, public);
    b.admin.ask().get(&path(&ticket, "/events")).await.refused(404, "not_found");

    let list = a.admin.ask().get(&path(&ticket, "/events?sort=seq")).await.expect(200);
    let numbers: Vec<_> =
        list["data"].as_array().unwrap().iter().map(|e| e["seq"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=7).collect::<Vec<_>>());
    assert_eq!(list["data"][1]["actor_name"], a.manager.name);
    assert!(list["data"][1]["changes"].to_string().contains("assignee_id"));

    let seen = a.client.ask().get(&path(&ticket, "/events")).await.expect(200);
    let text = seen.to_string();
    for hidden in ["assignee_id", "department_id", "actor_name", "\"seq\"", &a.manager.id.to_hex(), "private"]
    {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    assert!(seen["data"][3]["changes"].to_string().contains("solved"));
    app.finish().await;
}

#[tokio::test]
async fn events_cannot_be_written_or_asked_for_without_a_ticket() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    a.admin.ask().post(&path(&ticket, "/events"), json!({})).await.refused(405, "method_not_allowed");
    a.admin.ask().get("/api/ticket_events").await.refused(422, "filter_not_allowed");
    let by_filter = format!("/api/ticket_events?filter=%7B%22ticket_id%22%3A%22{}%22%7D", super::id(&ticket));
    assert_eq!(a.client.ask().get(&by_filter).await.expect(200)["total"], 1);
    a.client.ask().get(&format!("{by_filter}&sort=seq")).await.refused(422, "sort_not_allowed");
    app.finish().await;
}
