//! Fetching from a real IMAP server (Dovecot): nothing lost, nothing twice, whatever breaks in between.

use super::dovecot::Dovecot;
use super::world::World;
use crate::support::TestApp;
use bson::{Document, doc};
use serde_json::json;
use std::time::Duration;

/// A minute later everything new is fetched.
async fn poll(app: &TestApp) {
    app.clock.advance(Duration::from_secs(60));
    assert_eq!(stoa::services::inbound::sweep(&app.app).await.unwrap(), 1);
    assert_eq!(stoa::services::inbound::sweep(&app.app).await.unwrap(), 0, "once a minute, whoever asks");
    stoa::jobs::run_due(&app.app).await.unwrap();
}

fn mail(n: u32) -> String {
    format!(
        "From: imap@example.com\r\nTo: x\r\nSubject: imap {n}\r\nMessage-ID: <imap{n}@x.example>\r\n\r\nhello {n}\r\n"
    )
}

async fn mailbox(app: &TestApp, world: &World) -> Document {
    world.find(app, "mailboxes", doc! { "_id": world.mailbox }).await
}

#[tokio::test]
async fn mail_is_marked_as_seen_after_it_is_kept_and_comes_once() {
    let app = TestApp::start().await;
    let world = World::new(&app, "acme", &[]).await;
    let server = Dovecot::start();
    let imap = json!({
        "host": "127.0.0.1", "port": server.port, "security": "none", "username": "help", "folder": "INBOX",
    });
    let path = format!("/api/mailboxes/{}", world.mailbox.to_hex());
    let body = json!({ "imap": imap, "imap_password": "wrong" });
    world.tenant.admin.ask().patch(&path, body).await.expect(200);
    server.deliver("a", mail(1).as_bytes());
    // What others read before is theirs.
    server.deliver_seen("old", mail(0).as_bytes());
    poll(&app).await;
    let error = mailbox(&app, &world).await.get_str("last_error").unwrap().to_owned();
    assert!(error.contains("log-in") && !error.contains("wrong"), "{error}");
    let body = json!({ "imap_password": "secret" });
    world.tenant.admin.ask().patch(&path, body).await.expect(200);
    let tickets = async |n: u32| world.count(&app, "tickets", doc! { "subject": format!("imap {n}") }).await;
    poll(&app).await;
    assert_eq!((tickets(0).await, tickets(1).await), (0, 1));
    let now = mailbox(&app, &world).await;
    assert!(now.get("last_error").unwrap().as_null().is_some(), "{now}");
    assert_eq!(server.unseen(), 0);
    // Two more; then the database refuses to keep: nothing is marked.
    server.deliver("b", mail(2).as_bytes());
    server.deliver("c", mail(3).as_bytes());
    let refuse = |level: &str| doc! { "collMod": "inbound_emails", "validationLevel": level, "validator": { "never": 1 } };
    let known = app
        .raw
        .run_command(doc! { "listCollections": 1, "filter": { "name": "inbound_emails" } })
        .await
        .unwrap();
    let known = known.get_document("cursor").unwrap().get_array("firstBatch").unwrap()[0]
        .as_document()
        .unwrap()
        .clone();
    let validator = known.get_document("options").unwrap().get_document("validator").unwrap().clone();
    app.raw.run_command(refuse("strict")).await.unwrap();
    poll(&app).await;
    assert_eq!((server.unseen(), tickets(2).await), (2, 0));
    assert!(mailbox(&app, &world).await.get_str("last_error").unwrap().contains("could not be kept"));
    let again = doc! { "collMod": "inbound_emails", "validationLevel": "strict", "validator": validator };
    app.raw.run_command(again).await.unwrap();
    poll(&app).await;
    assert_eq!((server.unseen(), tickets(2).await, tickets(3).await), (0, 1, 1));
    // A crash after the bytes were kept and before the mail was marked and the place was noted.
    server.deliver("d", mail(4).as_bytes());
    let place = mailbox(&app, &world).await.get_document("imap_state").unwrap().clone();
    poll(&app).await;
    server.forget_flags();
    let boxes = app.raw.collection::<Document>("mailboxes");
    boxes.update_one(doc! { "_id": world.mailbox }, doc! { "$set": { "imap_state": place } }).await.unwrap();
    poll(&app).await;
    assert_eq!(tickets(4).await, 1);
    // The server counts anew: every number means another mail.
    server.recount();
    server.deliver("e", mail(5).as_bytes());
    poll(&app).await;
    for n in 1..=5 {
        assert_eq!(tickets(n).await, 1, "mail {n}");
    }
    assert_eq!(tickets(0).await, 0);
    let unseen =
        world.count(&app, "inbound_emails", doc! { "source": "imap", "state": { "$ne": "processed" } }).await;
    assert_eq!(unseen, 0);
    app.finish().await;
}
