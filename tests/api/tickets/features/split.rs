//! Splitting messages off.

use super::super::{events_of, id, note, path, plain, say, seen};
use super::merge::bodies;
use crate::support::TestApp;
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn chosen_messages_make_a_ticket_of_their_own_and_stay_where_they_were() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let second = say(&a.client, &ticket, "Also, the scanner.").await;
    let secret = note(&a.manager, &ticket, "secret").await;
    app.clock.advance(Duration::from_secs(60));
    let body = json!({ "message_ids": [id(&secret), id(&second)], "subject": "Scanner" });
    let answer = a.manager.ask().post(&path(&ticket, "/split"), body.clone()).await;
    let made = answer.expect(201);
    assert_eq!(answer.header("location"), path(&made, ""));
    assert_eq!((&made["subject"], &made["split_from"]), (&json!("Scanner"), &ticket["id"]));
    assert_eq!((&made["requester_id"], &made["number"]), (&json!(a.client.id.to_hex()), &json!(2)));
    assert_eq!((&made["message_count"], &made["public_message_count"]), (&json!(2), &json!(1)));
    assert_eq!(made["description"], "Also, the scanner.");
    assert_eq!(bodies(&a.client, &made).await, ["Also, the scanner."]);
    let copy = a.manager.ask().get(&path(&made, "/messages")).await.expect(200)["data"][0].clone();
    assert_eq!(copy["created_at"], second["created_at"], "the time at which it was written");
    assert_eq!((&copy["author_name"], &copy["origin_ticket_id"]), (&json!(a.client.name), &ticket["id"]));
    assert_eq!(seen(&a.manager, &ticket).await["message_count"], 3);
    assert_eq!(events_of(&a.manager, &ticket).await.last().unwrap(), "ticket.split");
    assert_eq!(say(&a.client, &made, "Thanks").await["ticket_id"], made["id"]);
    a.writer.ask().post(&path(&ticket, "/split"), body).await.refused(403, "forbidden");
    app.finish().await;
}

#[tokio::test]
async fn only_messages_of_the_ticket_can_be_split_off() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let (ticket, other, foreign) = (plain(&a.client).await, plain(&a.client).await, plain(&b.client).await);
    let (mine, theirs) = (say(&a.client, &ticket, "x").await, say(&a.client, &other, "y").await);
    let far = say(&b.client, &foreign, "z").await;
    for wrong in [&theirs, &far, &ticket] {
        let body = json!({ "message_ids": [id(&mine), id(wrong)] });
        a.manager.ask().post(&path(&ticket, "/split"), body).await.refused(422, "reference_not_found");
    }
    a.manager
        .ask()
        .post(&path(&ticket, "/split"), json!({ "message_ids": [] }))
        .await
        .refused(422, "validation_failed");
    assert_eq!(
        a.manager.ask().get("/api/tickets").await.expect(200)["total"],
        2,
        "no ticket was left behind"
    );
    app.finish().await;
}
