//! Servers that refuse, fail or vanish, and programs that die while they send.

use super::{Stage, stored, use_server};
use crate::support::smtp::MailServer;
use bson::{DateTime, doc, oid::ObjectId};
use serde_json::json;
use std::time::Duration;

async fn set(stage: &Stage, id: &str, change: bson::Document) {
    let wanted = doc! { "_id": ObjectId::parse_str(id).unwrap() };
    let emails = stage.app.raw.collection::<bson::Document>("outbound_emails");
    emails.update_one(wanted, doc! { "$set": change }).await.unwrap();
}

#[tokio::test]
async fn a_server_that_is_busy_gets_the_mail_later() {
    let mut stage = Stage::set().await;
    stage.server.answer("451 4.3.0 Try later");
    stage.reply("Hello").await;
    assert_eq!(stage.work().await, 1);
    let row = stage.newest().await;
    assert_eq!((row["state"].as_str(), row["attempts"].as_i64()), (Some("queued"), Some(1)));
    assert!(row["last_error"].as_str().unwrap().contains("Try later"), "{row}");
    assert_eq!(row["uncertain"], false, "the server said that it does not have it");
    assert_eq!(stage.work().await, 0, "not before the pause is over");
    stage.server.answer("accept");
    stage.app.clock.advance(Duration::from_secs(3600));
    stage.work().await;
    stage.server.one();
    let row = stage.newest().await;
    assert_eq!((row["state"].as_str(), row["attempts"].as_i64()), (Some("sent"), Some(2)));
    stage.finish().await;
}

#[tokio::test]
async fn after_six_attempts_it_is_given_up_and_can_be_sent_by_hand() {
    let mut stage = Stage::set().await;
    stage.server.answer("451 4.3.0 Try later");
    stage.reply("Hello").await;
    // The clock moves on further than sessions live.
    let later = bson::DateTime::from_millis(bson::DateTime::now().timestamp_millis() + 30 * 86_400_000);
    let longer = doc! { "$set": { "expires_at": later, "idle_expires_at": later } };
    stage.app.alter("sessions", doc! {}, longer).await;
    for attempt in 1..=6 {
        stage.work().await;
        assert_eq!(stage.newest().await["attempts"], attempt);
        stage.app.clock.advance(Duration::from_secs(7 * 3600));
    }
    let row = stage.newest().await;
    assert_eq!(row["state"], "failed");
    assert_eq!(stage.work().await, 0);
    stage.server.answer("accept");
    let path = format!("/api/outbound_emails/{}/retry", row["id"].as_str().unwrap());
    let again = stage.tenant.admin.ask().post(&path, json!({})).await.expect(200);
    assert_eq!((again["state"].as_str(), again["attempts"].as_i64()), (Some("queued"), Some(0)));
    stage.tenant.admin.ask().post(&path, json!({})).await.refused(409, "invalid_transition");
    stage.work().await;
    stage.server.one();
    stage.finish().await;
}

#[tokio::test]
async fn a_refusal_is_final() {
    let mut stage = Stage::set().await;
    stage.server.answer("554 5.7.1 No thanks");
    stage.reply("Hello").await;
    stage.work().await;
    let row = stage.newest().await;
    assert_eq!((row["state"].as_str(), row["attempts"].as_i64()), (Some("failed"), Some(1)));
    assert!(row["last_error"].as_str().unwrap().contains("No thanks"));
    stage.app.clock.advance(Duration::from_secs(86_400));
    assert_eq!(stage.work().await, 0);
    stage.finish().await;
}

#[tokio::test]
async fn a_server_that_dies_in_the_middle_gets_the_same_mail_again() {
    let mut stage = Stage::set().await;
    stage.server.answer("die");
    stage.reply("Hello").await;
    stage.work().await;
    let before = stage.newest().await;
    assert_eq!(before["state"], "queued");
    assert_eq!(before["uncertain"], true, "nobody knows whether the server kept it");
    stage.server = MailServer::start(&[]);
    use_server(&stage.app, &stage.server);
    stage.app.clock.advance(Duration::from_secs(3600));
    stage.work().await;
    assert_eq!(json!(stage.server.one().header("message-id")), before["internet_message_id"]);
    stage.finish().await;
}

#[tokio::test]
async fn an_answer_that_is_lost_leads_to_the_same_message_id() {
    let mut stage = Stage::set().await;
    stage.server.answer("accept-and-hang-up");
    stage.reply("Hello").await;
    stage.work().await;
    assert_eq!(stage.newest().await["uncertain"], true);
    stage.app.clock.advance(Duration::from_secs(3600));
    stage.work().await;
    let ids: Vec<String> = stage.server.mails().iter().map(|mail| mail.header("message-id")).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1], "the recipient's server can tell that it is the same");
    stage.finish().await;
}

#[tokio::test]
async fn a_mail_that_was_accepted_before_the_program_died_is_not_sent_again() {
    let mut stage = Stage::set().await;
    stage.reply("Hello").await;
    let id = stage.newest().await["id"].as_str().unwrap().to_owned();
    let accepted = DateTime::now();
    set(&stage, &id, doc! { "accepted_at": accepted, "attempts": 1_i64, "claimed_until": accepted }).await;
    stage.work().await;
    assert!(stage.server.mails().is_empty());
    let row = stored(&stage.app, &id).await;
    assert_eq!(row.get_str("state").unwrap(), "sent");
    assert_eq!(*row.get_datetime("sent_at").unwrap(), accepted);
    stage.finish().await;
}

#[tokio::test]
async fn a_mail_in_the_hands_of_a_worker_is_left_to_it_until_it_must_be_dead() {
    let mut stage = Stage::set().await;
    stage.reply("Hello").await;
    let id = stage.newest().await["id"].as_str().unwrap().to_owned();
    let until = DateTime::from_millis(stage.app.clock.now().timestamp_millis() + 60_000);
    set(&stage, &id, doc! { "attempts": 1_i64, "claimed_until": until }).await;
    stage.work().await;
    assert!(stage.server.mails().is_empty());
    stage.app.clock.advance(Duration::from_secs(120));
    stage.work().await;
    stage.server.one();
    let row = stored(&stage.app, &id).await;
    assert_eq!((row.get_str("state").unwrap(), row.get_bool("uncertain").unwrap()), ("sent", true));
    stage.finish().await;
}
