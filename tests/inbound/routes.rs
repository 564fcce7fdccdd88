//! What people do with incoming mail: look, look again, take files out; and two mailboxes of one company.

use super::world::{World, id};
use crate::support::TestApp;
use bson::doc;
use serde_json::{Value, json};

const WITH_FILE: &str = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee file\r\n--b\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=\"a b.html\"\r\n\r\n<script>1</script>\r\n--b--\r\n";

#[tokio::test]
async fn files_go_to_those_who_see_the_message_and_are_never_shown() {
    let app = TestApp::start().await;
    let (world, other) = (World::new(&app, "acme", &[]).await, World::new(&app, "globex", &[]).await);
    let client = &world.tenant.client;
    let raw = format!(
        "From: {}\r\nTo: {}\r\nSubject: file\r\nMessage-ID: <f@x.example>\r\n{WITH_FILE}",
        client.email, world.address
    );
    world.deliver(&app, raw.as_bytes()).await;
    let inbound = world.last(&app).await;
    let hex = |field: &str| inbound.get_object_id(field).unwrap().to_hex();
    let path = format!("/api/tickets/{}/messages/{}", hex("ticket_id"), hex("message"));
    let message = client.ask().get(&path).await.expect(200);
    assert_eq!(message["email_parts"][0]["filename"], "a b.html");
    assert!(message.get("email").is_none() && message.get("full_body").is_none(), "{message}");
    let part = message["email_parts"][0]["part"].as_i64().unwrap();
    let file = format!("{path}/email_parts/{part}");
    for persona in [client, &world.tenant.admin, &world.tenant.manager] {
        let answer = persona.ask().get(&file).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
        assert_eq!(answer.text().trim(), "<script>1</script>");
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.header("content-disposition").starts_with("attachment; filename=\"a b.html\""));
    }
    for stranger in [&world.second, &other.tenant.admin, &other.tenant.client] {
        stranger.ask().get(&file).await.refused(404, "not_found");
    }
    for wrong in ["0", "999", "-1", "x"] {
        client.ask().get(&format!("{path}/email_parts/{wrong}")).await.refused(404, "not_found");
    }
    // Taken out for good, with the file and the bytes.
    world.tenant.admin.ask().delete(&path).await.expect(200);
    client.ask().get(&file).await.refused(404, "not_found");
    world
        .tenant
        .admin
        .ask()
        .get(&format!("/api/inbound_emails/{}/raw", hex("_id")))
        .await
        .refused(404, "not_found");
    app.finish().await;
}

#[tokio::test]
async fn a_mail_that_was_put_aside_can_be_looked_at_again() {
    let app = TestApp::start().await;
    let world = World::new(&app, "acme", &["refuse_unknown"]).await;
    let raw = format!(
        "From: new@example.com\r\nTo: {}\r\nSubject: s\r\nMessage-ID: <p@x.example>\r\n\r\nhi\r\n",
        world.address
    );
    world.deliver(&app, raw.as_bytes()).await;
    let (admin, manager) = (&world.tenant.admin, &world.tenant.manager);
    let list =
        manager.ask().list("/api/inbound_emails", json!({ "reason": "unknown_sender" })).await.expect(200);
    let mail: Value = list["data"][0].clone();
    assert_eq!((&mail["state"], &mail["match"]["rule"]), (&json!("ignored"), &json!("none")), "{mail}");
    let path = format!("/api/inbound_emails/{}", mail["id"].as_str().unwrap());
    let answer = admin.ask().get(&format!("{path}/raw")).await;
    assert_eq!((answer.text(), answer.header("content-type")), (raw.clone(), "text/plain; charset=utf-8"));
    manager.ask().get(&format!("{path}/raw")).await.refused(403, "forbidden");
    manager.ask().post(&format!("{path}/reprocess"), json!({})).await.refused(403, "forbidden");
    world.tenant.writer.ask().get(&path).await.refused(403, "forbidden");
    let mailbox = format!("/api/mailboxes/{}", world.mailbox.to_hex());
    admin.ask().patch(&mailbox, json!({ "accepts_unknown": true })).await.expect(200);
    admin.ask().post(&format!("{path}/reprocess"), json!({})).await.expect(200);
    stoa::jobs::run_due(&app.app).await.unwrap();
    let mail = admin.ask().get(&path).await.expect(200);
    assert_eq!(mail["state"], "processed", "{mail}");
    admin.ask().post(&format!("{path}/reprocess"), json!({})).await.refused(409, "conflict");
    app.finish().await;
}

#[tokio::test]
async fn a_mail_whose_job_was_cancelled_is_not_lost_and_a_repeated_one_is_kept_in_short() {
    let app = TestApp::start().await;
    let world = World::new(&app, "acme", &[]).await;
    let head = format!(
        "From: {}\r\nTo: {}\r\nSubject: s\r\nMessage-ID: <p@x.example>\r\n\r\n",
        world.tenant.client.email, world.address
    );
    let raw = format!("{head}hi\r\n");
    assert_eq!(world.send(&app, raw.as_bytes()).await.status.as_u16(), 202);
    let admin = || world.tenant.admin.ask();
    let inbound = world.last(&app).await.get_object_id("_id").unwrap().to_hex();
    let path = format!("/api/inbound_emails/{inbound}");
    admin().post(&format!("{path}/reprocess"), json!({})).await.refused(409, "conflict");
    let job = world.find(&app, "jobs", doc! { "kind": "emails.receive", "state": "ready" }).await;
    let job = job.get_object_id("_id").unwrap().to_hex();
    admin().post(&format!("/api/jobs/{job}/cancel"), json!({})).await.expect(200);
    stoa::jobs::run_due(&app.app).await.unwrap();
    assert_eq!(admin().get(&path).await.expect(200)["state"], "received", "nobody looks at it any more");
    admin().post(&format!("{path}/reprocess"), json!({})).await.expect(200);
    stoa::jobs::run_due(&app.app).await.unwrap();
    assert_eq!(admin().get(&path).await.expect(200)["state"], "processed");
    // The same words with other trace headers, and other words under the same id.
    for (trace, words, kept) in [("a", "hi\r\n", ""), ("b", "other\r\n", "other\r\n")] {
        let again = format!("Received: from {trace}\r\n{head}{words}");
        world.deliver(&app, again.as_bytes()).await;
        let repeated = world.last(&app).await;
        assert_eq!(repeated.get_str("reason").unwrap(), "duplicate");
        let path = format!("/api/inbound_emails/{}", repeated.get_object_id("_id").unwrap().to_hex());
        let bytes = admin().get(&format!("{path}/raw")).await.text();
        assert_eq!(bytes, format!("Received: from {trace}\r\n{head}{kept}"));
        admin().post(&format!("{path}/reprocess"), json!({})).await.refused(409, "conflict");
    }
    app.finish().await;
}

#[tokio::test]
async fn the_same_mail_to_two_mailboxes_is_one_ticket_unless_departments_differ() {
    let app = TestApp::start().await;
    let world = World::new(&app, "acme", &[]).await;
    let admin = || world.tenant.admin.ask();
    let department = admin().post("/api/departments", json!({ "name": "Billing" })).await.expect(201);
    let more = async |address: &str, department: Value| {
        let body = json!({ "address": address, "department_id": department });
        let made = admin().post("/api/mailboxes", body).await.expect(201);
        let path = format!("/api/mailboxes/{}/webhook", made["id"].as_str().unwrap());
        let hook = admin().post(&path, json!({})).await.expect(200);
        let url = hook["url"].as_str().unwrap().strip_prefix("https://stoa.test").unwrap().to_owned();
        (id(&made["id"]), url, hook["secret"].as_str().unwrap().to_owned())
    };
    let same = more("info@acme.test", Value::Null).await;
    let billing = more("billing@acme.test", department["id"].clone()).await;
    let raw = format!(
        "From: {}\r\nTo: a, b, c\r\nSubject: both\r\nMessage-ID: <both@x.example>\r\n\r\nhi\r\n",
        world.tenant.client.email
    );
    let mut world = world;
    world.send(&app, raw.as_bytes()).await;
    for (mailbox, url, secret) in [same, billing] {
        (world.mailbox, world.url, world.secret) = (mailbox, url, secret);
        world.send(&app, raw.as_bytes()).await;
    }
    stoa::jobs::run_due(&app.app).await.unwrap();
    assert_eq!(
        world
            .count(&app, "inbound_emails", doc! { "message_id": "both@x.example", "state": "processed" })
            .await,
        3
    );
    assert_eq!(world.count(&app, "tickets", doc! { "subject": "both" }).await, 2);
    assert_eq!(world.count(&app, "inbound_emails", doc! { "match.rule": "same_mail" }).await, 1);
    app.finish().await;
}
