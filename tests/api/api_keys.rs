//! API keys as people handle them: made, shown once, changed, rotated, revoked, and by whom.

use crate::support::{Answer, Ask, Persona, TestApp};
use bson::{Document, doc};
use futures::TryStreamExt;
use serde_json::{Value, json};
use std::time::Duration;

/// Makes a key and gives the answer.
pub async fn made(owner: &Persona, scopes: &[&str]) -> Value {
    let answer = owner.ask().post("/api/api_keys", json!({ "name": "Importer", "scopes": scopes })).await;
    answer.expect(201)
}

/// A program with the key of an answer.
pub fn program(app: &TestApp, made: &Value) -> Ask {
    Ask::new(app.router.clone(), Some(made["key"].as_str().expect("a key").to_owned()))
}

fn path(made: &Value, action: &str) -> String {
    format!("/api/api_keys/{}{action}", made["id"].as_str().expect("an id"))
}

async fn post(person: &Persona, made: &Value, action: &str) -> Answer {
    person.ask().post(&path(made, action), json!({})).await
}

#[tokio::test]
async fn a_key_is_told_once_and_nothing_in_the_database_is_a_key() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let request = json!({ "name": "Importer", "scopes": ["tickets.read"], "allowed_ips": ["192.0.2.9/24"] });
    let ask = || a.admin.ask().with("idempotency-key", "first");
    let answer = ask().post("/api/api_keys", request.clone()).await;
    let made = answer.expect(201);
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(made["allowed_ips"], json!(["192.0.2.0/24"]));
    assert_eq!(made["owner_id"], a.admin.id.to_hex());
    let key = made["key"].as_str().unwrap().to_owned();
    let secret = key.split('_').nth(3).unwrap().to_owned();
    assert!(key.starts_with(made["prefix"].as_str().unwrap()));
    assert!(secret.ends_with(made["last_four"].as_str().unwrap()));
    let again = ask().post("/api/api_keys", request).await;
    assert_eq!((again.header("idempotency-replayed"), &again.expect(201)["key"]), ("true", &Value::Null));
    let rotated = post(&a.admin, &made, "/rotate").await;
    assert_eq!(rotated.header("cache-control"), "no-store");
    let second = rotated.expect(200)["key"].as_str().unwrap().to_owned();
    assert_ne!(second, key);
    for shown in [a.admin.ask().get("/api/api_keys").await, a.admin.ask().get(&path(&made, "")).await] {
        shown.expect(200);
        let text = shown.text();
        assert!(!text.contains(&secret) && !text.contains("hash") && !text.contains("\"key\""), "{text}");
    }
    // Used, so that whatever a use leaves behind is there too.
    Ask::new(app.router.clone(), Some(second.clone()))
        .coming_from("192.0.2.1")
        .get("/api/tickets")
        .await
        .expect(200);
    app.app.aside().settled().await;
    let mut dump = String::new();
    for name in app.raw.list_collection_names().await.unwrap() {
        let rows: Vec<Document> =
            app.raw.collection(&name).find(doc! {}).await.unwrap().try_collect().await.unwrap();
        dump.push_str(&format!("{rows:?}"));
    }
    for key in [&key, &second] {
        let secret = key.split('_').nth(3).unwrap();
        assert!(!dump.contains(secret), "the secret is in the database");
    }
    // What is there opens nothing: neither the hash in place of the secret nor the visible parts.
    let row = app.raw.collection::<Document>("api_keys").find_one(doc! {}).await.unwrap().unwrap();
    let hash = row.get_str("secret_hash").unwrap();
    let body = format!("{}_{}", row.get_str("prefix").unwrap(), &hash[..43]);
    let forged = format!("{body}_{}", stoa::auth::random::checksum(&body));
    for forged in [hash.to_owned(), forged] {
        let ask = Ask::new(app.router.clone(), Some(forged)).coming_from("192.0.2.1");
        ask.get("/api/tickets").await.expect(401);
    }
    app.finish().await;
}

#[tokio::test]
async fn scopes_addresses_and_ends_are_checked() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let now = time::OffsetDateTime::now_utc();
    let at = |days: i64| {
        let time = now + time::Duration::days(days);
        json!(time.format(&time::format_description::well_known::Rfc3339).unwrap())
    };
    for (field, value) in [
        ("scopes", json!([])),
        ("scopes", json!(["tickets.read", "users.set_role"])),
        ("scopes", json!(["api_keys.create"])),
        ("scopes", json!(["tickets.*"])),
        ("scopes", json!(["tickets.update"])),
        ("scopes", json!(["ticket_messages.read"])),
        ("allowed_ips", json!(["example.com"])),
        ("allowed_ips", json!(["10.0.0.0/33"])),
        ("expires_at", at(-1)),
        ("expires_at", at(367)),
        ("owner_id", json!(a.writer.id.to_hex())),
        ("secret_hash", json!("00")),
        ("revoked_at", at(1)),
        ("name", json!("")),
    ] {
        let mut body = json!({ "name": "Importer", "scopes": ["tickets.read"] });
        body[field] = value;
        let told = a.admin.ask().post("/api/api_keys", body.clone()).await.expect(422);
        assert!(told["errors"][field].is_object(), "{body}: {told}");
    }
    let usual = made(&a.admin, &["tickets.read"]).await;
    let end = bson::DateTime::parse_rfc3339_str(usual["expires_at"].as_str().unwrap()).unwrap();
    let days = (end.timestamp_millis() - now.unix_timestamp() * 1000) / 86_400_000;
    assert_eq!(days, 90);
    let body = json!({ "name": "Long", "scopes": ["tickets.read"], "expires_at": at(365) });
    a.admin.ask().post("/api/api_keys", body).await.expect(201);
    // Only name and addresses change; what a key may do is decided when it is made.
    let change = |body: Value| {
        let (ask, path) = (a.admin.ask(), path(&usual, ""));
        async move { ask.patch(&path, body).await }
    };
    assert_eq!(change(json!({ "name": "Other" })).await.expect(200)["name"], "Other");
    let changed = change(json!({ "allowed_ips": ["::ffff:192.0.2.1"] })).await.expect(200);
    assert_eq!(changed["allowed_ips"], json!(["192.0.2.1/32"]));
    change(json!({ "scopes": ["tickets.read", "tickets.create"] })).await.refused(422, "read_only_field");
    change(json!({ "expires_at": at(300) })).await.refused(422, "read_only_field");
    app.finish().await;
}

#[tokio::test]
async fn keys_are_made_by_administrators_who_have_just_proved_themselves() {
    let app = TestApp::start().await;
    let (a, b, root) = (app.tenant("a").await, app.tenant("b").await, app.superadmin().await);
    let key = made(&a.admin, &["tickets.read"]).await;
    let body = json!({ "name": "Importer", "scopes": ["tickets.read"] });
    for person in [&a.manager, &a.writer, &a.client] {
        person.ask().post("/api/api_keys", body.clone()).await.refused(403, "forbidden");
        person.ask().get("/api/api_keys").await.refused(403, "forbidden");
    }
    // The operator looks and revokes, but never holds a key of a company.
    let visit = || root.ask().acting_in(a.id);
    visit().post("/api/api_keys", body.clone()).await.refused(403, "forbidden");
    visit().post(&path(&key, "/rotate"), json!({})).await.refused(403, "forbidden");
    assert_eq!(visit().get("/api/api_keys").await.expect(200)["total"], 1);
    for action in ["", "/rotate", "/revoke"] {
        let (ask, path) = (b.admin.ask(), path(&key, action));
        let answer = if action.is_empty() { ask.get(&path).await } else { ask.post(&path, json!({})).await };
        answer.refused(404, "not_found");
    }
    // Another administrator may end the key, but not learn a secret that acts for its owner.
    let other = a.person(&app, stoa::permissions::Role::CompanyAdmin).await;
    post(&other, &key, "/rotate").await.refused(403, "forbidden");
    app.clock.advance(Duration::from_secs(601));
    let stale = "insufficient_user_authentication";
    a.admin.ask().post("/api/api_keys", body).await.refused(401, stale);
    post(&a.admin, &key, "/rotate").await.refused(401, stale);
    a.admin.ask().patch(&path(&key, ""), json!({ "allowed_ips": ["10.0.0.1"] })).await.refused(401, stale);
    a.admin.ask().patch(&path(&key, ""), json!({ "name": "Renamed" })).await.expect(200);
    // Ending one must be possible at once.
    assert!(post(&other, &key, "/revoke").await.expect(200)["revoked_at"].is_string());
    program(&app, &key).get("/api/tickets").await.refused(401, "unauthenticated");
    post(&other, &key, "/revoke").await.expect(200);
    a.admin.ask().patch(&path(&key, ""), json!({ "name": "Again" })).await.refused(409, "conflict");
    app.finish().await;
}

#[tokio::test]
async fn a_rotated_key_overlaps_for_a_day() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let first = made(&a.admin, &["tickets.read"]).await;
    let second = post(&a.admin, &first, "/rotate").await.expect(200);
    assert_eq!(second["prefix"], first["prefix"]);
    let tries = async |made: &Value| program(&app, made).get("/api/tickets").await.status.as_u16();
    assert_eq!((tries(&first).await, tries(&second).await), (200, 200));
    app.clock.advance(Duration::from_secs(24 * 3600 - 60));
    assert_eq!((tries(&first).await, tries(&second).await), (200, 200));
    app.clock.advance(Duration::from_secs(61));
    assert_eq!((tries(&first).await, tries(&second).await), (401, 200));
    app.finish().await;
}

#[tokio::test]
async fn there_are_never_more_than_two_secrets_and_none_after_revocation() {
    let app = TestApp::start().await;
    let fresh = app.tenant("a").await.admin;
    let tries = async |made: &Value| program(&app, made).get("/api/tickets").await.status.as_u16();
    let one = made(&fresh, &["tickets.read"]).await;
    let two = post(&fresh, &one, "/rotate").await.expect(200);
    let three = post(&fresh, &one, "/rotate").await.expect(200);
    assert_eq!((tries(&one).await, tries(&two).await, tries(&three).await), (401, 200, 200));
    post(&fresh, &one, "/revoke").await.expect(200);
    assert_eq!((tries(&two).await, tries(&three).await), (401, 401), "revoked is revoked, overlap or not");
    app.finish().await;
}
