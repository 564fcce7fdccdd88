//! Servers that mailboxes name and that are not what they should be.

use super::{file, say};
use crate::support::{Tenant, TestApp};
use bson::{Document, doc};
use serde_json::json;

/// Makes a mailbox with this SMTP server; the path of its test.
async fn tried_at(a: &Tenant, host: &str, port: u16, security: &str) -> String {
    let address = format!("{}@acme.example", stoa::auth::random::base62(8));
    let smtp = json!({ "host": host, "port": port, "security": security });
    let made = a.admin.ask().post("/api/mailboxes", json!({ "address": address, "smtp": smtp })).await;
    format!("/api/mailboxes/{}/test", made.expect(201)["id"].as_str().unwrap())
}

#[tokio::test]
async fn public_servers_are_connected_to_at_ports_of_mail_and_with_protection_only() {
    let app = TestApp::start().await;
    let a = app.tenant("acme").await;
    // Nobody is asked: whoever could be reached there would answer or not.
    for (port, security, why) in [
        (25, "none", "needs a protected connection"),
        (22, "tls", "at the ports"),
        (6379, "starttls", "at the ports"),
    ] {
        let test = tried_at(&a, "8.8.8.8", port, security).await;
        let tried = a.admin.ask().post(&test, json!({})).await.expect(200);
        assert!(tried["smtp"]["error"].as_str().unwrap().contains(why), "{tried}");
        let imap = json!({ "host": "8.8.8.8", "port": port, "security": security, "username": "x" });
        let path = test.trim_end_matches("/test");
        a.admin
            .ask()
            .patch(path, json!({ "smtp": null, "imap": imap, "imap_password": "x" }))
            .await
            .expect(200);
        let tried = a.admin.ask().post(&test, json!({})).await.expect(200);
        assert!(tried["imap"]["error"].as_str().unwrap().contains(why), "{tried}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_server_whose_line_never_ends_is_left_and_gets_no_memory_for_it() {
    let app = TestApp::start().await;
    let a = app.tenant("acme").await;
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = server.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in server.incoming().flatten() {
            let endless = [b'2'; 1 << 16];
            std::thread::spawn(move || while std::io::Write::write_all(&mut stream, &endless).is_ok() {});
        }
    });
    let test = tried_at(&a, "127.0.0.1", port, "none").await;
    let tried = a.admin.ask().post(&test, json!({})).await.expect(200);
    assert!(tried["smtp"]["error"].as_str().unwrap().contains("sends more than it may"), "{tried}");
    let ticket = file(&a.client, "Printer").await;
    say(&a.admin, &ticket, "public_reply", "Hello").await;
    stoa::jobs::run_due(&app.app).await.unwrap();
    let mails = app.raw.collection::<Document>("outbound_emails");
    let mail = mails.find_one(doc! { "template": "ticket_reply" }).await.unwrap().unwrap();
    assert!(mail.get_str("last_error").unwrap().contains("sends more than it may"), "{mail}");
    // It had no word of the mail.
    assert_eq!((mail.get_str("state").unwrap(), mail.get_bool("uncertain").unwrap()), ("queued", false));
    app.finish().await;
}

#[tokio::test]
async fn a_company_tries_one_mailbox_at_a_time() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = server.local_addr().unwrap().port();
    let (first, other) =
        (tried_at(&a, "127.0.0.1", port, "none").await, tried_at(&a, "10.0.0.1", 25, "none").await);
    let foreign = tried_at(&b, "10.0.0.1", 25, "none").await;
    let meanwhile = async {
        let (silent, _) = server.accept().await.unwrap();
        a.admin.ask().post(&other, json!({})).await.refused(429, "rate_limited");
        b.admin.ask().post(&foreign, json!({})).await.expect(200);
        drop(silent);
    };
    let (tried, ()) = tokio::join!(a.admin.ask().post(&first, json!({})), meanwhile);
    assert_eq!(tried.expect(200)["smtp"]["ok"], false);
    a.admin.ask().post(&other, json!({})).await.expect(200);
    app.finish().await;
}
