//! Mails with credentials: who reads them, by which way they go, and what is left of them.

use super::{Stage, plant, reset, stored, use_server};
use crate::support::TestApp;
use crate::support::smtp::MailServer;
use bson::doc;
use serde_json::json;

#[tokio::test]
async fn while_the_program_is_tried_out_every_mail_can_be_read() {
    let app = TestApp::start().await;
    let tenant = app.tenant("acme").await;
    let id = plant(&app, Some(tenant.id), doc! {}, reset()).await;
    let (content, retry) =
        (format!("/api/outbound_emails/{id}/content"), format!("/api/outbound_emails/{id}/retry"));
    tenant.admin.ask().get(&content).await.refused(403, "content_sealed");
    tenant.admin.ask().post(&retry, json!({})).await.expect(200);
    stoa::jobs::run_due(&app.app).await.unwrap();
    let row = tenant.admin.ask().get(&format!("/api/outbound_emails/{id}")).await.expect(200);
    assert_eq!(row["state"], "kept");
    let answer = tenant.admin.ask().get(&content).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let mail = answer.expect(200);
    assert_eq!(mail["subject"], "Choose a new password");
    assert!(
        mail["text"].as_str().unwrap().contains("424242")
            && mail["html"].as_str().unwrap().contains("token=SECRET")
    );
    for person in [&tenant.manager, &tenant.writer, &tenant.client] {
        person.ask().get(&content).await.refused(403, "forbidden");
    }
    // With a server it is over, also for what was kept before.
    let server = MailServer::start(&[]);
    use_server(&app, &server);
    tenant.admin.ask().get(&content).await.refused(403, "content_sealed");
    app.finish().await;
}

#[tokio::test]
async fn a_mail_with_a_credential_never_goes_by_the_companys_server_and_leaves_nothing() {
    let mut stage = Stage::set().await;
    let mut theirs = MailServer::start(&[]);
    let body = json!({
        "address": "help@acme.example",
        "smtp": { "host": "127.0.0.1", "port": theirs.port, "security": "none", "username": null },
    });
    stage.tenant.admin.ask().post("/api/mailboxes", body).await.expect(201);
    let id = plant(&stage.app, Some(stage.tenant.id), doc! {}, reset()).await;
    let path = format!("/api/outbound_emails/{id}/retry");
    stage.tenant.admin.ask().post(&path, json!({})).await.expect(200);
    stage.reply("By our own server.").await;
    stage.work().await;
    let (ours, own) = (stage.server.one(), theirs.one());
    assert!(ours.text().contains("token=SECRET") && ours.header("from") == "Stoa <no-reply@stoa.test>");
    assert!(own.text().contains("By our own server.") && own.header("from").ends_with("<help@acme.example>"));
    assert_eq!(own.envelope_from(), "help@acme.example");
    // What it was made of is gone.
    let row = stored(&stage.app, &id).await;
    let left = stage.app.app.data_keys().open(
        "outbound email variables",
        row.get_str("dedupe_key").unwrap().as_bytes(),
        row.get_str("variables").unwrap(),
    );
    assert_eq!(left.unwrap(), b"{}");
    let whole = format!("{row:?}");
    assert!(!whole.contains("SECRET") && !whole.contains("424242"));
    stage
        .tenant
        .admin
        .ask()
        .get(&format!("/api/outbound_emails/{id}/content"))
        .await
        .refused(403, "content_sealed");
    stage.finish().await;
}

#[tokio::test]
async fn a_mail_without_its_values_is_not_sent() {
    let mut stage = Stage::set().await;
    let id = plant(&stage.app, Some(stage.tenant.id), doc! {}, json!({ "name": "", "link": "" })).await;
    let path = format!("/api/outbound_emails/{id}/retry");
    stage.tenant.admin.ask().post(&path, json!({})).await.expect(200);
    stage.work().await;
    assert!(stage.server.mails().is_empty());
    let row = stored(&stage.app, &id).await;
    assert_eq!(row.get_str("state").unwrap(), "failed");
    assert!(row.get_str("last_error").unwrap().contains("link"));
    // A name has a word in its place.
    let mut values = reset();
    values["name"] = json!("  ");
    let id = plant(&stage.app, Some(stage.tenant.id), doc! {}, values).await;
    let path = format!("/api/outbound_emails/{id}/retry");
    stage.tenant.admin.ask().post(&path, json!({})).await.expect(200);
    stage.work().await;
    assert!(stage.server.one().text().contains("Hello there,"));
    stage.finish().await;
}
