//! Programs that answer each other: it ends, whatever their headers say.

use super::world::World;
use crate::support::TestApp;
use crate::support::smtp::MailServer;
use bson::{Document, doc};
use serde_json::json;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_responder_that_hides_what_it_is_gets_thirty_answers_in_ten_minutes_and_administrators_are_told_once()
 {
    let app = TestApp::start().await;
    let world = World::new(&app, "acme", &[]).await;
    let to_robot = doc! { "template": "ticket_created", "to": "robot@example.com" };
    let robot = async |round: u32| {
        // No header tells what it is, and no id that it answers: each mail looks like a new request.
        let raw = format!(
            "From: robot@example.com\r\nTo: {}\r\nSubject: I am away\r\nMessage-ID: <r{round}@example.com>\r\n\r\nround {round}\r\n",
            world.address
        );
        world.deliver(&app, raw.as_bytes()).await;
    };
    for round in 0..40 {
        robot(round).await;
    }
    assert_eq!(world.count(&app, "outbound_emails", to_robot.clone()).await, 30);
    assert_eq!(world.last(&app).await.get_str("reason").unwrap(), "capped");
    assert_eq!(world.count(&app, "tickets", doc! { "subject": "I am away" }).await, 40, "no mail is lost");
    let told = doc! { "kind": "ticket.loop_suppressed" };
    assert_eq!(world.count(&app, "notifications", told.clone()).await, 1);
    assert_eq!(world.count(&app, "ticket_events", told.clone()).await, 10);
    // The next steps of the ladder: 60 in half an hour.
    app.clock.advance(Duration::from_secs(11 * 60));
    for round in 40..80 {
        robot(round).await;
    }
    assert_eq!(world.count(&app, "outbound_emails", to_robot.clone()).await, 60);
    assert_eq!(world.count(&app, "notifications", told).await, 1, "told once a day");
    app.finish().await;
}

#[tokio::test]
async fn two_responders_that_face_each_other_fall_silent() {
    let app = TestApp::start().await;
    let one = World::new(&app, "acme", &[]).await;
    let two = World::new(&app, "globex", &[]).await;
    // Each is a mailbox of the platform that answers by itself: a first mail from one to the other.
    let first = format!(
        "From: {}\r\nTo: {}\r\nSubject: hello\r\nMessage-ID: <loop@example.com>\r\n\r\nhello\r\n",
        one.address, two.address
    );
    two.deliver(&app, first.as_bytes()).await;
    let inbound = two.last(&app).await;
    assert_eq!(inbound.get_str("reason").unwrap(), "own_mailbox");
    assert_eq!(two.count(&app, "outbound_emails", doc! { "to": &one.address }).await, 0);
    app.finish().await;
}

#[tokio::test]
async fn a_hard_bounce_keeps_automatic_mail_away_for_sixty_days() {
    let app = TestApp::start().await;
    let world = World::new(&app, "acme", &[]).await;
    let client = world.tenant.client.email.clone();
    let values = world.values(&app, &world);
    let bounce = super::world::filled(
        b"Return-Path: <>\r\nFrom: mailer-daemon@mx.example.com\r\nTo: {{mailbox}}\r\nX-Failed-Recipients: {{client}}\r\nMessage-ID: <b@mx.example.com>\r\n\r\n550 5.1.1 no such user\r\n\r\nMessage-ID: <{{msgid}}>\r\n",
        &values,
    );
    world.deliver(&app, &bounce).await;
    let answer = world.find(&app, "ticket_messages", doc! { "_id": world.answer }).await;
    assert_eq!(answer.get_str("delivery").unwrap(), "bounced");
    let sent = world.find(&app, "outbound_emails", doc! { "_id": world.sent }).await;
    assert_eq!((sent.get_str("delivery").unwrap(), sent.get_str("state").unwrap()), ("bounced", "bounced"));
    let author: Document = world.find(&app, "notifications", doc! { "kind": "message.bounced" }).await;
    assert_eq!(author.get_object_id("user_id").unwrap(), world.tenant.admin.id, "the author is told");
    let ask = async |n: u32| {
        let before = world.count(&app, "outbound_emails", doc! { "to": &client }).await;
        let raw = format!(
            "From: {client}\r\nTo: {}\r\nSubject: again {n}\r\nMessage-ID: <again{n}@x.example>\r\n\r\nx\r\n",
            world.address
        );
        world.deliver(&app, raw.as_bytes()).await;
        world.count(&app, "outbound_emails", doc! { "to": &client }).await - before
    };
    assert_eq!(ask(1).await, 0);
    assert_eq!(world.last(&app).await.get_str("reason").unwrap(), "suppressed");
    let retry = format!("/api/outbound_emails/{}/retry", world.sent.to_hex());
    let again = world.tenant.admin.ask().post(&retry, json!({})).await.expect(200);
    assert_eq!((&again["state"], &again["delivery"]), (&json!("queued"), &json!(null)));
    app.clock.advance(Duration::from_secs(59 * 86_400));
    assert_eq!(ask(2).await, 0);
    app.clock.advance(Duration::from_secs(2 * 86_400));
    assert_eq!(ask(3).await, 1);
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_who_are_copied_do_not_get_the_mail_of_anothers_program_for_ever() {
    let app = TestApp::start().await;
    let world = World::new(&app, "acme", &["cc"]).await;
    let other = World::new(&app, "globex", &[]).await;
    let values = world.values(&app, &other);
    let reply = &values.iter().find(|(name, _)| *name == "reply").unwrap().1;
    let to_client = doc! { "template": "ticket_reply", "to": &world.tenant.client.email };
    let before = world.count(&app, "outbound_emails", to_client.clone()).await;
    for round in 0..20 {
        let raw = format!(
            "From: {}\r\nTo: {reply}\r\nSubject: Re: First\r\nMessage-ID: <w{round}@example.com>\r\n\r\nround {round}\r\n",
            world.second.email
        );
        world.deliver(&app, raw.as_bytes()).await;
    }
    assert_eq!(
        world.count(&app, "ticket_messages", doc! { "mail_id": { "$regex": "^w" } }).await,
        20,
        "all are kept"
    );
    // Ten in ten minutes, with the automatic answer to the first mail.
    assert_eq!(world.count(&app, "outbound_emails", to_client.clone()).await - before, 9);
    // What staff write is no program's.
    let path = format!("/api/tickets/{}/messages", world.ticket.to_hex());
    world.tenant.admin.ask().post(&path, json!({ "body": "We are there." })).await.expect(201);
    assert_eq!(world.count(&app, "outbound_emails", to_client).await - before, 10);
    app.finish().await;
}

#[tokio::test]
async fn what_people_of_two_companies_write_to_each_other_arrives_and_what_comes_back_does_not() {
    let app = TestApp::start().await;
    let mut server = MailServer::start(&[]);
    app.app.mail().replace_url(Some(format!("smtp://127.0.0.1:{}", server.port).into()));
    let one = World::new(&app, "acme", &[]).await;
    let two = World::new(&app, "globex", &[]).await;
    let first = format!(
        "From: {}\r\nTo: {}\r\nSubject: offer\r\nMessage-ID: <offer@example.com>\r\n\r\nhello\r\n",
        two.address, one.address
    );
    one.deliver(&app, first.as_bytes()).await;
    let ticket = one.last(&app).await.get_object_id("ticket_id").unwrap().to_hex();
    stoa::jobs::run_due(&app.app).await.unwrap();
    server.mails();
    let path = format!("/api/tickets/{ticket}/messages");
    one.tenant.admin.ask().post(&path, json!({ "body": "Here is our offer." })).await.expect(201);
    stoa::jobs::run_due(&app.app).await.unwrap();
    let mut sent = server.mails();
    sent.retain(|mail| mail.envelope_to() == [two.address.as_str()]);
    let mail = sent.pop().expect("the offer");
    let raw = format!(
        "From: {}\r\nTo: {}\r\nSubject: {}\r\nMessage-ID: {}\r\nX-Auto-Response-Suppress: All\r\nX-Stoa-Loop: {}\r\n\r\n{}",
        one.address,
        two.address,
        mail.header("subject"),
        mail.header("message-id"),
        mail.header("x-stoa-loop"),
        mail.text()
    );
    two.deliver(&app, raw.as_bytes()).await;
    let arrived = two.last(&app).await;
    assert_eq!(
        (arrived.get_str("state").unwrap(), arrived.get_str("reason").unwrap()),
        ("processed", "own_mark")
    );
    assert_eq!(
        two.count(&app, "outbound_emails", doc! { "to": &one.address }).await,
        0,
        "nothing answers by itself"
    );
    one.deliver(&app, raw.as_bytes()).await;
    let back = one.last(&app).await;
    assert_eq!((back.get_str("state").unwrap(), back.get_str("reason").unwrap()), ("ignored", "own_mark"));
    app.finish().await;
}
