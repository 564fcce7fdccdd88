//! Mailboxes: addresses, servers, passwords, signatures.

use super::{file, say};
use crate::support::TestApp;
use crate::support::names::NameServer;
use crate::support::smtp::{Certificates, MailServer};
use bson::{Document, doc};
use serde_json::{Value, json};

fn body(address: &str, port: u16, security: &str, password: &str) -> Value {
    json!({
        "address": address, "smtp_password": password,
        "smtp": { "host": "127.0.0.1", "port": port, "security": security, "username": "acme" },
    })
}

#[tokio::test]
async fn a_mailbox_sends_with_tls_and_log_in() {
    let certificates = Certificates::make();
    let (cert, key) = (certificates.path("cert.pem"), certificates.path("key.pem"));
    for (security, more) in [("tls", &[][..]), ("starttls", &["--starttls"][..])] {
        let app = TestApp::start_trusting(&certificates.authority()).await;
        let options = ["--user", "acme", "--password", "s3cret", "--cert", &cert, "--key", &key];
        let mut server = MailServer::start(&[&options, more].concat());
        let a = app.tenant("acme").await;
        let made = a
            .admin
            .ask()
            .post("/api/mailboxes", body("help@acme.example", server.port, security, "wrong"))
            .await;
        let path = format!("/api/mailboxes/{}", made.expect(201)["id"].as_str().unwrap());
        let tried = a.admin.ask().post(&format!("{path}/test"), json!({})).await.expect(200);
        assert_eq!(tried["smtp"]["ok"], false, "{security} {tried}");
        assert!(!tried.to_string().contains("wrong"));
        a.admin.ask().patch(&path, json!({ "smtp_password": "s3cret" })).await.expect(200);
        let tried = a.admin.ask().post(&format!("{path}/test"), json!({})).await.expect(200);
        assert_eq!(
            tried,
            json!({ "smtp": { "ok": true, "error": null }, "imap": { "ok": null, "error": null } })
        );
        let shown = a.admin.ask().get(&path).await.expect(200);
        assert!(shown["last_checked_at"].is_string() && shown["last_error"].is_null());
        let ticket = file(&a.client, "Printer").await;
        say(&a.admin, &ticket, "public_reply", "Hello").await;
        stoa::jobs::run_due(&app.app).await.unwrap();
        let mails = server.mails();
        assert!(mails.iter().all(|mail| mail.0["tls"] == true && mail.0["user"] == "acme"), "{mails:?}");
        assert!(mails.iter().any(|mail| mail.text().contains("Hello")));
        app.finish().await;
    }
}

#[tokio::test]
async fn a_server_with_a_certificate_of_nobody_gets_neither_mail_nor_password() {
    let certificates = Certificates::make();
    let (cert, key) = (certificates.path("cert.pem"), certificates.path("key.pem"));
    let app = TestApp::start().await;
    let mut server =
        MailServer::start(&["--user", "acme", "--password", "x", "--cert", &cert, "--key", &key]);
    let a = app.tenant("acme").await;
    let made = a
        .admin
        .ask()
        .post("/api/mailboxes", body("help@acme.example", server.port, "tls", "x"))
        .await
        .expect(201);
    let test = format!("/api/mailboxes/{}/test", made["id"].as_str().unwrap());
    let tried = a.admin.ask().post(&test, json!({})).await.expect(200);
    assert_eq!(tried["smtp"]["ok"], false);
    let ticket = file(&a.client, "Printer").await;
    say(&a.admin, &ticket, "public_reply", "Hello").await;
    stoa::jobs::run_due(&app.app).await.unwrap();
    assert!(server.mails().is_empty());
    app.finish().await;
}

#[tokio::test]
async fn passwords_go_in_and_never_come_out() {
    let app = TestApp::start().await;
    let a = app.tenant("acme").await;
    let mut sent = body("Help@Acme.example", 2525, "none", "CANARY-smtp");
    sent["imap"] = json!({ "host": "imap.acme.example", "port": 993, "username": "acme" });
    sent["imap_password"] = json!("CANARY-imap");
    let made =
        a.admin.ask().with("idempotency-key", "k1").post("/api/mailboxes", sent.clone()).await.expect(201);
    assert_eq!(made["address"], "help@acme.example");
    let again = a.admin.ask().with("idempotency-key", "k1").post("/api/mailboxes", sent).await.expect(201);
    assert_eq!(again["id"], made["id"]);
    let path = format!("/api/mailboxes/{}", made["id"].as_str().unwrap());
    let log = a.admin.ask().get("/api/audit_log").await.expect(200);
    let seen = [
        made.clone(),
        a.admin.ask().get(&path).await.expect(200),
        a.admin.ask().get("/api/mailboxes").await.expect(200),
        log,
    ];
    for shown in seen {
        let text = shown.to_string();
        assert!(!text.contains("CANARY") && !text.contains("_password") && !text.contains("v1."), "{text}");
    }
    let row = app.raw.collection::<Document>("mailboxes").find_one(doc! {}).await.unwrap().unwrap();
    assert!(
        !format!("{row:?}").contains("CANARY") && row.get_str("smtp_password").unwrap().starts_with("v1.")
    );
    // A manager sees that there is one, not where it is served.
    let seen = a.manager.ask().get(&path).await.expect(200);
    assert_eq!(seen["address"], "help@acme.example");
    assert!(seen.get("smtp").is_none() && seen.get("imap").is_none(), "{seen}");
    a.writer.ask().get(&path).await.refused(403, "forbidden");
    // A server of someone else does not get the password that was given for this one.
    let elsewhere =
        json!({ "smtp": { "host": "evil.example", "port": 2525, "security": "none", "username": "acme" } });
    let refused = a.admin.ask().patch(&path, elsewhere.clone()).await.refused(422, "validation_failed");
    assert!(refused["errors"]["smtp_password"].is_object(), "{refused}");
    let mut whole = elsewhere;
    whole["smtp_password"] = json!("another");
    a.admin.ask().patch(&path, whole).await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn an_address_belongs_to_one_mailbox_of_the_platform() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let first =
        json!({ "address": "help@acme.example", "aliases": ["Info@acme.example", "help@acme.example"] });
    let made = a.admin.ask().post("/api/mailboxes", first).await.expect(201);
    assert_eq!(made["aliases"], json!(["info@acme.example"]));
    let own = a.admin.ask().post("/api/mailboxes", json!({ "address": "HELP@acme.example" })).await;
    let own = own.refused(409, "unique_violation");
    let foreign = b.admin.ask().post("/api/mailboxes", json!({ "address": "help@ACME.example" })).await;
    assert_eq!(foreign.refused(409, "unique_violation")["errors"], own["errors"], "the same answer");
    let alias = json!({ "address": "b@b.example", "aliases": ["info@acme.example"] });
    b.admin.ask().post("/api/mailboxes", alias.clone()).await.refused(409, "unique_violation");
    // What is given up is free again, and only that.
    let path = format!("/api/mailboxes/{}", made["id"].as_str().unwrap());
    a.admin.ask().patch(&path, json!({ "aliases": ["post@acme.example"] })).await.expect(200);
    b.admin.ask().post("/api/mailboxes", alias).await.expect(201);
    let back = json!({ "aliases": ["post@acme.example", "info@acme.example"] });
    a.admin.ask().patch(&path, back).await.refused(409, "unique_violation");
    let wrong = a
        .admin
        .ask()
        .patch(&path, json!({ "aliases": ["no address"] }))
        .await
        .refused(422, "validation_failed");
    assert!(wrong["errors"]["aliases.0"].is_object(), "{wrong}");
    // Many at once: one gets it.
    let wanted = json!({ "address": "new@acme.example" });
    let tries = (0..8).map(|n| {
        let who = if n % 2 == 0 { &a.admin } else { &b.admin };
        who.ask().post("/api/mailboxes", wanted.clone())
    });
    let statuses: Vec<u16> =
        futures::future::join_all(tries).await.iter().map(|answer| answer.status.as_u16()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    app.finish().await;
}

#[tokio::test]
async fn the_own_network_is_not_connected_to() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    for (n, host) in ["10.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "192.168.1.1", "100.64.0.1"]
        .into_iter()
        .enumerate()
    {
        let address = format!("help{n}@acme.example");
        let sent = json!({ "address": address, "smtp": { "host": host, "port": 25, "security": "none" } });
        let made = a.admin.ask().post("/api/mailboxes", sent).await.expect(201);
        let test = format!("/api/mailboxes/{}/test", made["id"].as_str().unwrap());
        let tried = a.admin.ask().post(&test, json!({})).await.expect(200);
        assert!(tried["smtp"]["error"].as_str().unwrap().contains("address_not_allowed"), "{host}: {tried}");
    }
    for host in ["", "a b", "http://x", "x/y", "[::1]", "-x.example", "x\r\ny"] {
        let sent = json!({ "address": "bad@acme.example", "smtp": { "host": host, "port": 25 } });
        a.admin.ask().post("/api/mailboxes", sent).await.refused(422, "validation_failed");
    }
    app.finish().await;
}

#[tokio::test]
async fn mail_is_signed_so_that_others_find_it_right() {
    for algorithm in ["rsa-sha256", "ed25519-sha256"] {
        let names = NameServer::start();
        let app = TestApp::start_asking(names.address).await;
        let a = app.tenant("acme").await;
        let made =
            a.admin.ask().post("/api/mailboxes", json!({ "address": "help@acme.example" })).await.expect(201);
        let path = format!("/api/mailboxes/{}/dkim", made["id"].as_str().unwrap());
        let key =
            a.admin.ask().post(&path, json!({ "algorithm": algorithm, "selector": "s1" })).await.expect(200);
        let dkim = &key["dkim"];
        assert_eq!(dkim["dns_name"], "s1._domainkey.acme.example");
        assert!(!key.to_string().contains("dkim_key"));
        let record =
            format!("{}={}", dkim["dns_name"].as_str().unwrap(), dkim["dns_value"].as_str().unwrap());
        let mut server = MailServer::start(&["--dkim", &record]);
        super::use_server(&app, &server);
        let ticket = file(
            &a.client,
            "Gr\u{fc}\u{df}e \u{1f600} and a subject that is long enough to be folded somewhere",
        )
        .await;
        say(&a.admin, &ticket, "public_reply", "Before the key is published.").await;
        stoa::jobs::run_due(&app.app).await.unwrap();
        let mails = server.mails();
        let mail = mails.iter().find(|mail| mail.text().contains("Before")).expect("the answer");
        // Whoever writes an address into a mailbox need not own it.
        assert!(
            mail.header("from").ends_with("<no-reply@stoa.test>")
                && mail.headers("dkim-signature").is_empty()
        );
        names.publish(dkim["dns_name"].as_str().unwrap(), "v=DKIM1; k=rsa; p=c29tZWJvZHkgZWxzZQ==");
        say(&a.admin, &ticket, "public_reply", "While another one is.").await;
        stoa::jobs::run_due(&app.app).await.unwrap();
        let mails = server.mails();
        let mail = mails.iter().find(|mail| mail.text().contains("another one")).expect("the answer");
        assert!(mail.header("from").ends_with("<no-reply@stoa.test>"));
        names.publish(dkim["dns_name"].as_str().unwrap(), dkim["dns_value"].as_str().unwrap());
        say(&a.admin, &ticket, "public_reply", "One line.\n.\n..dots\nFrom here\n\u{e4}").await;
        stoa::jobs::run_due(&app.app).await.unwrap();
        let mails = server.mails();
        let mail = mails.iter().find(|mail| mail.text().contains("dots")).expect("the answer");
        assert_eq!(mail.0["dkim"], true, "{algorithm}");
        // The signature lets it come from the mailbox's address although the platform's server sends it.
        assert!(mail.header("from").ends_with("<help@acme.example>"));
        let signed = mail.header("dkim-signature").to_lowercase();
        assert!(["from", "to", "subject", "message-id", "reply-to"].iter().all(|name| signed.contains(name)));
        app.finish().await;
    }
}

#[tokio::test]
async fn a_department_has_its_own_mailbox() {
    let app = TestApp::start().await;
    let a = app.tenant("acme").await;
    let mut server = MailServer::start(&[]);
    super::use_server(&app, &server);
    let department = a.admin.ask().post("/api/departments", json!({ "name": "Sales" })).await.expect(201);
    let of = |address: &str, department: Value| json!({ "address": address, "from_name": address, "department_id": department });
    a.admin.ask().post("/api/mailboxes", of("help@acme.example", Value::Null)).await.expect(201);
    a.admin
        .ask()
        .post("/api/mailboxes", of("sales@acme.example", department["id"].clone()))
        .await
        .expect(201);
    let (general, sales) = (file(&a.client, "General").await, file(&a.client, "Sales").await);
    let path = format!("/api/tickets/{sales}/assign");
    a.admin.ask().post(&path, json!({ "department_id": department["id"] })).await.expect(200);
    stoa::jobs::run_due(&app.app).await.unwrap();
    server.mails();
    for (ticket, local) in [(general, "help+"), (sales, "sales+")] {
        say(&a.admin, &ticket, "public_reply", "Hello").await;
        stoa::jobs::run_due(&app.app).await.unwrap();
        let mail = server.one();
        assert!(mail.header("reply-to").starts_with(local), "{}", mail.header("reply-to"));
    }
    app.finish().await;
}
