//! What a mail looks like when it arrives.

use super::{Stage, file, plant, reset, say};
use crate::support::TestApp;
use crate::support::smtp::MailServer;
use bson::doc;
use serde_json::json;
use stoa::services::mail_ids::{is_loop_mark, verify_message_id, verify_reply_address};

#[tokio::test]
async fn an_answer_reaches_the_client_with_everything_that_finds_the_way_back() {
    let mut stage = Stage::set().await;
    let box_ = json!({ "address": "help@acme.example", "from_name": "Acme Help" });
    stage.tenant.admin.ask().post("/api/mailboxes", box_).await.expect(201);
    stage.reply("Use <water> & sand.\nThen tell us.").await;
    stage.work().await;
    let mail = stage.server.one();
    assert_eq!(mail.envelope_to(), [stage.tenant.client.email.as_str()]);
    assert!(mail.header("to").contains(&stage.tenant.client.email));
    assert_eq!(mail.header("from"), "Acme Help <no-reply@stoa.test>");
    assert!(mail.header("subject").contains("Printer on fire"), "{}", mail.header("subject"));
    assert!(mail.text().contains("Use <water> & sand.\nThen tell us."), "{}", mail.text());
    assert!(mail.html().contains("Use &lt;water&gt; &amp; sand.<br>"), "{}", mail.html());
    assert!(mail.text().contains(&format!("https://stoa.test/tickets/{}/show", stage.ticket)));
    let keys = stage.app.app.data_keys();
    let reply_to = mail.header("reply-to");
    let ticket = verify_reply_address(keys, stage.tenant.id, &reply_to);
    assert_eq!(ticket.map(|id| id.to_hex()).as_deref(), Some(stage.ticket.as_str()), "{reply_to}");
    let row = stage.newest().await;
    let signed = verify_message_id(keys, Some(stage.tenant.id), &mail.header("message-id"));
    assert_eq!(json!(signed.map(|id| id.to_hex())), row["id"]);
    assert_eq!(row["internet_message_id"], json!(mail.header("message-id")));
    assert_eq!((row["state"].as_str(), row["attempts"].as_i64()), (Some("sent"), Some(1)));
    assert!(
        row["sent_at"].is_string() && row["uncertain"] == false && row["ticket_id"] == json!(stage.ticket)
    );
    // A person wrote it: failures shall come back, and nobody is told that it is automatic.
    assert_eq!(mail.envelope_from(), "no-reply@stoa.test");
    assert_eq!(mail.headers("auto-submitted"), Vec::<String>::new());
    assert_eq!(mail.header("x-auto-response-suppress"), "All");
    assert!(is_loop_mark(keys, Some(stage.tenant.id), &mail.header("x-stoa-loop")));
    // The next one names it.
    stage.reply("Any news?").await;
    stage.work().await;
    let next = stage.server.one();
    assert_eq!(next.header("in-reply-to"), mail.header("message-id"));
    assert_eq!(next.header("references"), mail.header("message-id"));
    assert_ne!(next.header("message-id"), mail.header("message-id"));
    assert_eq!(stage.work().await, 0, "nothing is left to do");
    stage.finish().await;
}

#[tokio::test]
async fn automatic_mail_says_so_and_comes_from_nobody() {
    let mut stage = Stage::set().await;
    let path = format!("/api/tickets/{}/status", stage.ticket);
    stage.tenant.admin.ask().post(&path, json!({ "status": "pending" })).await.expect(200);
    stage.work().await;
    let mail = stage.server.one();
    assert_eq!(mail.envelope_from(), "");
    assert_eq!(mail.header("auto-submitted"), "auto-generated");
    assert_eq!(mail.header("precedence"), "bulk");
    assert!(mail.text().contains("pending"));
    stage.finish().await;
}

#[tokio::test]
async fn a_server_that_wants_a_sender_gets_one() {
    let app = TestApp::start().await;
    let mut server = MailServer::start(&["--no-null-sender"]);
    super::use_server(&app, &server);
    let tenant = app.tenant("acme").await;
    let id = plant(&app, Some(tenant.id), doc! {}, reset()).await;
    tenant.admin.ask().post(&format!("/api/outbound_emails/{id}/retry"), json!({})).await.expect(200);
    stoa::jobs::run_due(&app.app).await.unwrap();
    assert_eq!(server.one().envelope_from(), "no-reply@stoa.test");
    app.finish().await;
}

#[tokio::test]
async fn no_line_break_gets_into_a_header() {
    let mut stage = Stage::set().await;
    let bad = "Eve\r\nBcc: victim@example.org\r\n\r\n<script>";
    let users = stage.app.raw.collection::<bson::Document>("users");
    let client = doc! { "_id": stage.tenant.client.id };
    users.update_one(client, doc! { "$set": { "name": bad } }).await.unwrap();
    let companies = stage.app.raw.collection::<bson::Document>("companies");
    let own = doc! { "_id": stage.tenant.id };
    companies.update_one(own, doc! { "$set": { "name": format!("Acme\n{bad}\u{2028}X: y") } }).await.unwrap();
    let tickets = stage.app.raw.collection::<bson::Document>("tickets");
    tickets
        .update_many(doc! {}, doc! { "$set": { "subject": format!("Hot\r\n{bad}\u{85}\u{0}") } })
        .await
        .unwrap();
    stage.reply("Hello").await;
    stage.work().await;
    let mail = stage.server.one();
    assert_eq!(mail.envelope_to(), [stage.tenant.client.email.as_str()]);
    assert_eq!(mail.headers("bcc"), Vec::<String>::new());
    assert_eq!(mail.headers("x"), Vec::<String>::new());
    assert!(mail.header("subject").contains("Hot Eve Bcc: victim@example.org"), "{}", mail.header("subject"));
    assert!(mail.header("to").contains("Bcc"), "it is part of the name: {}", mail.header("to"));
    assert!(!mail.html().contains("<script>"), "{}", mail.html());
    // An address that is none is not sent to at all.
    for address in [
        "x@example.org\r\nBcc: y@example.org",
        "a b@example.org",
        "<x@example.org>",
        "x@example.org, y@example.org",
    ] {
        let id = plant(&stage.app, Some(stage.tenant.id), doc! { "to": address }, reset()).await;
        let path = format!("/api/outbound_emails/{id}/retry");
        stage.tenant.admin.ask().post(&path, json!({})).await.expect(200);
        stage.work().await;
        assert_eq!(super::stored(&stage.app, &id).await.get_str("state").unwrap(), "failed", "{address}");
    }
    assert!(stage.server.mails().is_empty());
    stage.finish().await;
}

#[tokio::test]
async fn a_mail_is_worded_in_the_recipients_language() {
    let mut stage = Stage::set().await;
    let users = stage.app.raw.collection::<bson::Document>("users");
    let client = doc! { "_id": stage.tenant.client.id };
    users.update_one(client, doc! { "$set": { "locale": "de-AT" } }).await.unwrap();
    let path = format!("/api/tickets/{}/status", stage.ticket);
    stage.tenant.admin.ask().post(&path, json!({ "status": "pending" })).await.expect(200);
    stage.work().await;
    let mail = stage.server.one();
    assert!(mail.header("subject").contains("Neuer Stand"), "{}", mail.header("subject"));
    assert!(mail.html().contains("<html lang=\"de\">"));
    stage.finish().await;
}

#[tokio::test]
async fn many_workers_send_each_mail_once() {
    let mut stage = Stage::set().await;
    for n in 0..12 {
        stage.reply(&format!("Answer {n}.")).await;
    }
    let other = stage.app.sibling().await;
    super::use_server(&other, &stage.server);
    let work = |app: &TestApp| {
        let app = app.app.clone();
        async move { stoa::jobs::run_due(&app).await.unwrap() }
    };
    let (a, b) = (&stage.app, &other);
    tokio::join!(work(a), work(b), work(a), work(b), work(a), work(b));
    let mut texts: Vec<String> =
        stage.server.mails().iter().map(|mail| mail.text().lines().next().unwrap().to_owned()).collect();
    texts.sort();
    let mut wanted: Vec<String> = (0..12).map(|n| format!("Answer {n}.")).collect();
    wanted.sort();
    assert_eq!(texts, wanted);
    other.finish_keeping().await;
    stage.finish().await;
}

#[tokio::test]
async fn nobody_reads_or_sends_the_mail_of_another_company() {
    let stage = Stage::set().await;
    let other = stage.app.tenant("other").await;
    let ticket = file(&other.client, "Elsewhere").await;
    say(&other.admin, &ticket, "public_reply", "Secret of other").await;
    let list = other.admin.ask().get("/api/outbound_emails").await.expect(200);
    let id = list["data"][0]["id"].as_str().unwrap().to_owned();
    for path in [format!("/api/outbound_emails/{id}"), format!("/api/outbound_emails/{id}/content")] {
        stage.tenant.admin.ask().get(&path).await.refused(404, "not_found");
        stage.tenant.manager.ask().get(&path).await.refused(403, "forbidden");
    }
    let retry = format!("/api/outbound_emails/{id}/retry");
    stage.tenant.admin.ask().post(&retry, json!({})).await.refused(404, "not_found");
    stage.finish().await;
}
