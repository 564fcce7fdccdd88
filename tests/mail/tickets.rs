//! Which events of tickets are told by mail, and to whom.

use super::{Stage, say};
use bson::doc;
use serde_json::json;

#[tokio::test]
async fn private_notes_never_leave() {
    let mut stage = Stage::set().await;
    say(&stage.tenant.admin, &stage.ticket, "private_note", "The client is CANARY.").await;
    stage.work().await;
    for mail in stage.server.mails() {
        assert!(!mail.envelope_to().contains(&stage.tenant.client.email.as_str()));
        assert!(!mail.text().contains("CANARY") && !mail.html().contains("CANARY"));
    }
    stage.finish().await;
}

#[tokio::test]
async fn staff_hear_of_notes_without_their_words() {
    let mut stage = Stage::set().await;
    let follow = format!("/api/tickets/{}/followers/me", stage.ticket);
    stage.tenant.manager.ask().post(&follow, json!({})).await.expect(200);
    say(&stage.tenant.admin, &stage.ticket, "private_note", "The client is CANARY.").await;
    stage.work().await;
    let mail = stage.server.one();
    assert_eq!(mail.envelope_to(), [stage.tenant.manager.email.as_str()]);
    assert!(!mail.text().contains("CANARY") && !mail.html().contains("CANARY"), "{}", mail.text());
    stage.finish().await;
}

#[tokio::test]
async fn nobody_is_told_of_the_own_acts_and_everyone_once() {
    let mut stage = Stage::set().await;
    say(&stage.tenant.client, &stage.ticket, "public_reply", "More smoke.").await;
    stage.work().await;
    assert!(
        stage.server.mails().iter().all(|mail| mail.envelope_to() != [stage.tenant.client.email.as_str()])
    );
    // An answer opens the ticket: one mail, not two.
    stage.reply("We come.").await;
    stage.work().await;
    assert_eq!(stage.server.mails().len(), 1);
    stage.finish().await;
}

#[tokio::test]
async fn who_lost_the_ticket_meanwhile_gets_no_mail() {
    let mut stage = Stage::set().await;
    stage.reply("For your eyes only.").await;
    let tickets = stage.app.raw.collection::<bson::Document>("tickets");
    let other = doc! { "$set": { "requester_id": stage.tenant.admin.id } };
    tickets.update_many(doc! {}, other).await.unwrap();
    stage.work().await;
    assert!(stage.server.mails().is_empty());
    let row = stage.newest().await;
    assert_eq!(row["state"], "dropped");
    let path = format!("/api/outbound_emails/{}/content", row["id"].as_str().unwrap());
    stage.tenant.admin.ask().get(&path).await.refused(409, "content_unavailable");
    stage.finish().await;
}

#[tokio::test]
async fn a_message_that_became_private_or_was_redacted_is_not_sent_as_it_was() {
    let mut stage = Stage::set().await;
    let message = stage.reply("CANARY").await;
    let path = format!("/api/tickets/{}/messages/{}", stage.ticket, message["id"].as_str().unwrap());
    stage.tenant.admin.ask().delete(&path).await.expect(200);
    stage.work().await;
    assert!(stage.server.mails().iter().all(|mail| !mail.text().contains("CANARY")));
    stage.reply("CANARY").await;
    let messages = stage.app.raw.collection::<bson::Document>("ticket_messages");
    messages.update_many(doc! {}, doc! { "$set": { "visibility": "private" } }).await.unwrap();
    stage.work().await;
    assert!(stage.server.mails().is_empty());
    stage.finish().await;
}

#[tokio::test]
async fn people_choose_what_they_are_told_by_mail() {
    let mut stage = Stage::set().await;
    let path = "/api/email_preferences";
    let shown = stage.tenant.client.ask().get(path).await.expect(200);
    assert_eq!(
        shown["message_added"],
        json!({ "mine": true, "followed": true, "unassigned_in_department": false })
    );
    assert_eq!(shown["ticket_updated"]["mine"], false);
    let none =
        json!({ "message_added": { "mine": false, "followed": false, "unassigned_in_department": false } });
    let kept = stage.tenant.client.ask().put(path, none).await.expect(200);
    assert_eq!(kept["message_added"]["mine"], false);
    assert_eq!(kept["ticket_created"]["mine"], true, "what is left out has its default");
    stage.reply("Unheard.").await;
    stage.work().await;
    assert!(stage.server.mails().is_empty());
    let told = stage.tenant.client.ask().get("/api/notifications").await.expect(200);
    assert_ne!(told["total"], 0, "the other channel is not touched");
    stage.tenant.client.ask().put(path, json!({ "nothing": {} })).await.refused(422, "unknown_field");
    stage.finish().await;
}
