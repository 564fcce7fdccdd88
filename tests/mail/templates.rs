//! Texts of mails as companies word them.

use super::{Stage, file, say};
use crate::support::{Tenant, TestApp};
use bson::doc;
use serde_json::{Value, json};

async fn word(tenant: &Tenant, key: &str, locale: &str, subject: &str, html: &str) -> String {
    let body = json!({ "key": key, "locale": locale, "subject": subject, "html": html });
    let made = tenant.admin.ask().post("/api/email_templates", body).await.expect(201);
    assert_eq!((made["status"].as_str(), made["published_version"].as_i64()), (Some("draft"), None));
    format!("/api/email_templates/{}", made["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_fault_is_told_with_its_place_when_it_is_saved() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mut body =
        json!({ "key": "ticket_reply", "locale": "en", "subject": "x", "html": "a\n {{ ticket.notes }}" });
    let told =
        a.admin.ask().post("/api/email_templates", body.clone()).await.refused(422, "unknown_variable");
    let place = &told["positions"][0];
    assert_eq!(
        (place["field"].as_str(), place["line"].as_i64(), place["column"].as_i64()),
        (Some("html"), Some(2), Some(5))
    );
    assert!(told["errors"]["html"]["message"].as_str().unwrap().contains("Line 2, column 5"));
    for html in [
        "{% include 'x' %}",
        "{{ 'x' * 1000000000 }}",
        "{% for x in y %}{% endfor %}",
        "{{ company",
        "{{ company|safe }}",
    ] {
        body["html"] = json!(html);
        let refused = a.admin.ask().post("/api/email_templates", body.clone()).await;
        assert_eq!(refused.status, 422, "{html}");
    }
    body["html"] = json!("{{ message.body }}".repeat(3000));
    a.admin.ask().post("/api/email_templates", body.clone()).await.expect(201);
    // What carries credentials is worded by the platform only.
    body["key"] = json!("password_reset");
    a.admin.ask().post("/api/email_templates", body).await.refused(422, "validation_failed");
    app.finish().await;
}

#[tokio::test]
async fn versions_are_published_and_taken_back() {
    let mut stage = Stage::set().await;
    let path = word(
        &stage.tenant,
        "ticket_reply",
        "en",
        "First {{ ticket.reference }}",
        "<p>First {{ message.body }}</p>",
    )
    .await;
    stage.reply("a").await;
    stage.work().await;
    assert!(!stage.server.one().header("subject").starts_with("First"), "a draft is not sent");
    let done = stage.tenant.admin.ask().post(&format!("{path}/publish"), json!({})).await.expect(200);
    assert_eq!((done["status"].as_str(), done["published_version"].as_i64()), (Some("published"), Some(1)));
    stage.reply("b").await;
    stage.work().await;
    let mail = stage.server.one();
    assert!(mail.header("subject").starts_with("First ") && mail.text() == "First b\n", "{}", mail.text());
    let edited = stage.tenant.manager.ask().patch(&path, json!({ "subject": "Second" })).await.expect(200);
    assert_eq!(edited["status"], "draft");
    stage.tenant.manager.ask().post(&format!("{path}/publish"), json!({})).await.refused(403, "forbidden");
    stage.reply("c").await;
    stage.work().await;
    assert!(stage.server.one().header("subject").starts_with("First "), "the published one is sent");
    let admin = stage.tenant.admin.ask();
    admin.clone().post(&format!("{path}/publish"), json!({})).await.expect(200);
    let versions = admin.clone().get(&format!("{path}/versions")).await.expect(200);
    assert_eq!(versions["total"], 2);
    assert_eq!(
        (versions["data"][0]["number"].as_i64(), versions["data"][0]["subject"].as_str()),
        (Some(2), Some("Second"))
    );
    let back = admin.clone().post(&format!("{path}/revert"), json!({ "number": 1 })).await.expect(200);
    assert_eq!(
        (back["subject"].as_str(), back["status"].as_str()),
        (Some("First {{ ticket.reference }}"), Some("draft"))
    );
    admin
        .clone()
        .post(&format!("{path}/revert"), json!({ "number": 9 }))
        .await
        .refused(422, "reference_not_found");
    admin.clone().delete(&path).await.expect(200);
    stage.reply("d").await;
    stage.work().await;
    assert!(stage.server.one().header("subject").starts_with("Re:"), "the platform's text again");
    stage.finish().await;
}

#[tokio::test]
async fn languages_fall_back_to_the_company_and_then_to_the_platform() {
    let mut stage = Stage::set().await;
    for (locale, subject) in [("en", "English"), ("pt", "Portugu\u{ea}s")] {
        let path = word(&stage.tenant, "ticket_reply", locale, subject, "<p>{{ message.body }}</p>").await;
        stage.tenant.admin.ask().post(&format!("{path}/publish"), json!({})).await.expect(200);
    }
    let users = stage.app.raw.collection::<bson::Document>("users");
    for (locale, subject) in [("pt-BR", "Portugu\u{ea}s"), ("fr", "English"), ("en-GB", "English")] {
        let client = doc! { "_id": stage.tenant.client.id };
        users.update_one(client, doc! { "$set": { "locale": locale } }).await.unwrap();
        stage.reply("x").await;
        stage.work().await;
        assert_eq!(stage.server.one().header("subject"), subject, "{locale}");
    }
    stage.finish().await;
}

#[tokio::test]
async fn a_preview_shows_a_real_ticket_as_clients_see_it() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let ticket = file(&a.client, "<script>alert(1)</script>").await;
    say(&a.admin, &ticket, "public_reply", "<img src=x onerror=alert(1)>").await;
    say(&a.admin, &ticket, "private_note", "CANARY").await;
    let path = word(
        &a,
        "ticket_reply",
        "en",
        "{{ ticket.subject }}",
        "<p>{{ ticket.subject }} {{ message.body }} {{ company }}</p>",
    )
    .await;
    let preview = format!("{path}/preview");
    let shown = a.admin.ask().post(&preview, json!({ "ticket_id": ticket })).await.expect(200);
    let html = shown["html"].as_str().unwrap();
    assert!(
        html.contains("&lt;img src=x onerror=alert(1)&gt;")
            && !html.contains("<script")
            && !html.contains("<img"),
        "{html}"
    );
    assert!(!shown.to_string().contains("CANARY"));
    assert!(shown["text"].as_str().unwrap().contains("<img src=x"), "plain text is no HTML");
    let given = json!({ "variables": { "message": { "body": "<b>" }, "company": "X & Y" } });
    let shown = a.manager.ask().post(&preview, given).await.expect(200);
    assert!(shown["html"].as_str().unwrap().contains("&lt;b&gt; X &amp; Y"), "{shown}");
    let other = json!({ "subject": "Other {{ nothing }}" });
    a.admin.ask().post(&preview, other).await.refused(422, "unknown_variable");
    let live =
        a.admin.ask().post(&preview, json!({ "subject": "Live {{ ticket.reference }}" })).await.expect(200);
    assert_eq!(live["subject"], "Live ACME-123", "a sample");
    // Another company's ticket is none; nor is a client's or writer's preview.
    let foreign = file(&b.client, "CANARY").await;
    a.admin.ask().post(&preview, json!({ "ticket_id": foreign })).await.refused(422, "reference_not_found");
    b.admin.ask().post(&preview, json!({})).await.refused(404, "not_found");
    a.writer.ask().post(&preview, json!({})).await.refused(403, "forbidden");
    app.finish().await;
}

#[tokio::test]
async fn a_test_goes_to_oneself_only_and_not_too_often() {
    let mut stage = Stage::set().await;
    let path =
        word(&stage.tenant, "ticket_status", "en", "Try {{ ticket.status }}", "<p>{{ recipient_name }}</p>")
            .await;
    let (manager, test) = (&stage.tenant.manager, format!("{path}/test"));
    manager.ask().post(&test, json!({ "to": "victim@example.org" })).await.refused(422, "unknown_field");
    for _ in 0..10 {
        assert_eq!(manager.ask().post(&test, json!({})).await.expect(200), json!({ "to": manager.email }));
    }
    manager.ask().post(&test, json!({})).await.refused(429, "rate_limited");
    stage.tenant.admin.ask().post(&test, json!({})).await.expect(200);
    stage.work().await;
    let mails = stage.server.mails();
    assert_eq!(mails.len(), 11);
    let to = |mail: &crate::support::smtp::Mail| mail.envelope_to()[0].to_owned();
    assert!(
        mails
            .iter()
            .all(|mail| [&stage.tenant.manager.email, &stage.tenant.admin.email].contains(&&to(mail)))
    );
    assert!(mails.iter().all(|mail| mail.header("subject") == "Try open"));
    stage.finish().await;
}

#[tokio::test]
async fn what_can_be_printed_is_told() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let told = a.writer.ask().get("/api/email_templates/variables").await.expect(200);
    let reply =
        told["data"].as_array().unwrap().iter().find(|one| one["key"] == "ticket_reply").unwrap().clone();
    let names: Vec<&Value> = reply["variables"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert!(names.contains(&&json!("message.body")) && reply["defaults"].as_array().unwrap().len() == 2);
    a.client.ask().get("/api/email_templates/variables").await.refused(403, "forbidden");
    app.finish().await;
}
