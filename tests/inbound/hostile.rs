//! Mail that is made to take the program down: it is kept, and ends nothing.

use super::world::World;
use crate::support::TestApp;
use bson::doc;
use std::time::{Duration, Instant};

#[tokio::test]
async fn mails_within_mails_without_end_are_one_file() {
    let app = TestApp::start().await;
    let world = World::new(&app, "acme", &[]).await;
    let client = &world.tenant.client;
    let head = |id: &str| {
        format!("From: {}\r\nTo: x\r\nSubject: Fwd: deep\r\nMessage-ID: <{id}@x.example>\r\n", client.email)
    };
    let deep = "Content-Type: message/rfc822\n\n".repeat(30_000);
    world.deliver(&app, format!("{}{deep}", head("top")).as_bytes()).await;
    assert_eq!(world.last(&app).await.get_str("state").unwrap(), "processed");
    let body = format!("--b\n\nwords\n--b\n{deep}\n--b--\n");
    let raw = format!("{}Content-Type: multipart/mixed; boundary=b\n\n{body}", head("part"));
    world.deliver(&app, raw.as_bytes()).await;
    let inbound = world.last(&app).await;
    let message = world.find(&app, "ticket_messages", doc! { "_id": inbound.get("message") }).await;
    assert_eq!(message.get_str("body").unwrap(), "words");
    let parts = message.get_array("email_parts").unwrap();
    assert_eq!(parts.len(), 1);
    let (ticket, message) =
        (inbound.get_object_id("ticket_id").unwrap(), message.get_object_id("_id").unwrap());
    let part = parts[0].as_document().unwrap().get_i64("part").unwrap();
    let path = format!("/api/tickets/{}/messages/{}/email_parts/{part}", ticket.to_hex(), message.to_hex());
    let file = client.ask().get(&path).await;
    assert_eq!(file.status.as_u16(), 200);
    assert!(file.text().matches("message/rfc822").count() >= 29_999);
    app.finish().await;
}

#[tokio::test]
async fn what_no_program_sends_is_put_aside_and_can_be_read_as_it_came() {
    let app = TestApp::start().await;
    let world = World::new(&app, "acme", &[]).await;
    let raw = format!(
        "From: {}\r\nMessage-ID: <many@x.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{}",
        world.tenant.client.email,
        "--b\n\n.\n".repeat(150_000)
    );
    let begun = Instant::now();
    world.deliver(&app, raw.as_bytes()).await;
    assert!(begun.elapsed() < Duration::from_secs(20));
    let inbound = world.last(&app).await;
    assert_eq!(
        (inbound.get_str("state").unwrap(), inbound.get_str("reason").unwrap()),
        ("ignored", "too_complex")
    );
    let path = format!("/api/inbound_emails/{}/raw", inbound.get_object_id("_id").unwrap().to_hex());
    assert!(world.tenant.admin.ask().get(&path).await.text() == raw);
    app.finish().await;
}
