//! A copied database: none of the credentials that went through the application can be read from it.

use crate::support::mail::of_link;
use crate::support::{LogIn, PASSWORD, TestApp};
use base64::Engine;
use bson::{Bson, Document, doc};
use futures::TryStreamExt;
use serde_json::{Value, json};

const SECOND: &str = "another 7Good&Pass%phrase";
const THIRD: &str = "and1 More!Phrase for it";

#[tokio::test]
async fn a_dump_holds_no_usable_credential() {
    let app = TestApp::start().await;
    let a = app.tenant("acme").await;
    app.alter("users", doc! { "_id": a.admin.id }, doc! { "$set": { "must_change_password": false } }).await;
    let mut clear: Vec<String> = vec![PASSWORD.to_owned(), SECOND.to_owned(), THIRD.to_owned()];
    let path = format!("/api/settings/{}", a.id.to_hex());
    a.admin.ask().get("/api/settings").await.expect(200);
    a.admin.ask().with("if-match", "*").patch(&path, json!({ "self_registration": true })).await.expect(200);

    // Registration: one that waits and one that is over.
    for email in ["one@else.example", "two@else.example"] {
        let body = json!({ "company": "acme", "email": email, "name": "New", "password": PASSWORD });
        app.anonymous().post("/auth/register", body).await.expect(202);
        let mail = app.mail(email, "email_verification").await;
        clear.push(of_link(&mail, "token"));
    }
    let body = json!({ "token": clear.last() });
    app.anonymous().post("/auth/verify_email", body).await.expect(200);
    // Invitations.
    for email in ["three@acme.example", "four@acme.example"] {
        let body = json!({ "email": email, "name": "New", "role": "content_writer" });
        a.admin.ask().post("/api/users", body).await.expect(201);
        clear.push(of_link(&app.mail(email, "invitation").await, "token"));
    }
    let body = json!({ "token": clear.last(), "password": SECOND });
    app.anonymous().post("/auth/invite/accept", body).await.expect(200);
    // Second factor, with a log-in that waits for it.
    app.give_password(&a.writer).await;
    let tokens = app.log_in(&a.writer).await;
    let phone = app.enroll(&tokens).await;
    clear.push(phone.secret.clone());
    let bytes = totp_rs::Secret::try_from_base32(&phone.secret).unwrap().as_bytes().to_vec();
    clear.extend([hex::encode(&bytes), base64::engine::general_purpose::STANDARD.encode(&bytes)]);
    clear.extend(phone.recovery.clone());
    clear.extend(phone.recovery.iter().map(|code| code.replace('-', "")));
    let ticket = app.half_log_in(&a.writer.email).await;
    let second = LogIn::of(&app.verify_mfa(&ticket, &phone.code(&app)).await.expect(200));
    clear.extend([ticket, app.half_log_in(&a.writer.email).await]);
    let recovery = json!({ "password": PASSWORD, "code": phone.recovery[0] });
    second.ask(&app).post("/auth/step_up", recovery).await.expect(200);
    // Resets: one that waits and one that is over.
    let mut codes = Vec::new();
    for person in [&a.client, &a.writer] {
        app.anonymous().post("/auth/password/forgot", json!({ "email": person.email })).await.expect(202);
        let mail = app.mail(&person.email, "password_reset").await;
        clear.extend([of_link(&mail, "token")]);
        codes.push(mail["code"].as_str().unwrap().to_owned());
    }
    let body = json!({ "token": clear.last(), "new_password": THIRD });
    app.anonymous().post("/auth/password/reset", body).await.expect(200);
    for tokens in [&tokens, &second] {
        clear.extend([tokens.access.clone(), tokens.refresh.clone()]);
    }
    app.app.aside().settled().await;

    let (texts, searched) = dump(&app).await;
    for name in ["account_tokens", "mfa_factors", "outbound_emails", "jobs", "audit_log", "sessions"] {
        assert!(searched.contains(&name.to_owned()), "{name} has something to search");
    }
    for (value, (place, text)) in clear.iter().flat_map(|value| texts.iter().map(move |text| (value, text))) {
        assert!(!text.contains(value.as_str()), "{place} holds {value}");
    }
    // Six digits occur by chance within other texts: a code must be no value of its own.
    for (place, text) in &texts {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let found = words.clone().find(|word| codes.iter().any(|code| code == word));
        assert!(found.is_none() || place.contains("_ms"), "{place} holds {found:?}");
    }
    // What the API tells an administrator of mails is without their text.
    let mails = a.admin.ask().get("/api/outbound_emails").await;
    mails.expect(200);
    for value in &clear {
        assert!(!mails.text().contains(value.as_str()), "{value}");
    }
    app.finish().await;
}

/// Every text of every document, with its place, and the collections that had any.
async fn dump(app: &TestApp) -> (Vec<(String, String)>, Vec<String>) {
    let (mut texts, mut searched) = (Vec::new(), Vec::new());
    for name in app.raw.list_collection_names().await.unwrap() {
        let all = app.raw.collection::<Document>(&name).find(doc! {}).await.unwrap();
        let rows: Vec<Document> = all.try_collect().await.unwrap();
        if !rows.is_empty() {
            searched.push(name.clone());
        }
        for row in rows {
            gather(&name, &Bson::Document(row), &mut texts);
        }
    }
    (texts, searched)
}

fn gather(place: &str, value: &Bson, into: &mut Vec<(String, String)>) {
    match value {
        Bson::Document(document) => {
            for (name, value) in document {
                gather(&format!("{place}.{name}"), value, into);
            }
        }
        Bson::Array(items) => items.iter().for_each(|item| gather(place, item, into)),
        Bson::String(text) => {
            into.push((place.to_owned(), text.clone()));
            // Kept answers are JSON in a text.
            if let Ok(inner @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str::<Value>(text) {
                into.push((place.to_owned(), inner.to_string()));
            }
        }
        Bson::Binary(binary) => {
            into.push((place.to_owned(), String::from_utf8_lossy(&binary.bytes).into_owned()));
            into.push((place.to_owned(), hex::encode(&binary.bytes)));
        }
        Bson::Int64(number) => into.push((place.to_owned(), number.to_string())),
        Bson::Int32(number) => into.push((place.to_owned(), number.to_string())),
        _ => {}
    }
}
