//! API keys as programs use them: what they may do, for how long, from where, and what they leave behind.

use super::api_keys::{made, program};
use crate::support::{Ask, TestApp};
use bson::{Document, doc};
use serde_json::{Value, json};
use std::time::Duration;
use stoa::auth::api_key::ApiKeyText;
use stoa::permissions::Role;

fn bearer(app: &TestApp, token: &str) -> Ask {
    Ask::new(app.router.clone(), Some(token.to_owned()))
}

#[tokio::test]
async fn what_cannot_be_a_key_is_refused_without_the_database() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let key = made(&a.admin, &["tickets.read"]).await["key"].as_str().unwrap().to_owned();
    let mut wrong =
        vec!["stoa_live_".to_owned(), format!("{key}x"), key.to_lowercase(), key.replace('_', "__")];
    for at in [15, 40, key.len() - 1] {
        let other = if &key[at..=at] == "q" { "r" } else { "q" };
        wrong.push(format!("{}{other}{}", &key[..at], &key[at + 1..]));
    }
    let before = app.app.db().tripwire().seen();
    for text in &wrong {
        let answer = bearer(&app, text).get("/api/tickets").await;
        answer.refused(401, "unauthenticated");
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
    }
    assert_eq!(app.app.db().tripwire().seen(), before, "{wrong:?}");
    // One read for an unknown key, three for one that holds.
    bearer(&app, ApiKeyText::generate().expose()).get("/api/tickets").await.refused(401, "unauthenticated");
    assert_eq!(app.app.db().tripwire().seen() - before, 1);
    app.finish().await;
}

#[tokio::test]
async fn a_key_goes_as_far_as_its_scopes_and_its_owner_both_do() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let other = a.person(&app, Role::CompanyAdmin).await;
    let scopes = ["tickets.read", "tickets.create", "tags.read", "audit_log.read"];
    let key = made(&other, &scopes).await;
    let ask = || program(&app, &key);
    let ticket = ask().post("/api/tickets", json!({ "subject": "By a program" })).await.expect(201);
    assert_eq!(ticket["created_by"], other.id.to_hex());
    let place = format!("/api/tickets/{}", ticket["id"].as_str().unwrap());
    let told = ask().patch(&place, json!({ "priority": "high" })).await.refused(403, "forbidden");
    assert_eq!(told["missing_capability"], "tickets.update");
    ask().get("/api/categories").await.refused(403, "forbidden");
    // What a scope does not show cannot be named either.
    let body = json!({ "name": "Hardware" });
    let category = a.admin.ask().post("/api/categories", body).await.expect(201)["id"].clone();
    let named = json!({ "subject": "With category", "category_id": category });
    ask().post("/api/tickets", named).await.refused(422, "reference_not_found");
    // Only the own company, whatever is asked for.
    ask().with("x-company-id", a.id.to_hex()).get("/api/tickets").await.expect(200);
    for id in [b.id.to_hex(), "nonsense".to_owned()] {
        ask().with("x-company-id", id).get("/api/tickets").await.refused(403, "tenant_mismatch");
    }
    ask().get("/api/tickets?per_page=250").await.expect(200);
    ask().get("/api/tickets?per_page=251").await.refused(422, "invalid_parameter");
    // Who is demoted takes the key along.
    let role = |role: &str| {
        let (ask, path) = (a.admin.ask(), format!("/api/users/{}/set_role", other.id.to_hex()));
        let body = json!({ "role": role });
        async move { ask.post(&path, body).await.expect(200) }
    };
    assert_eq!(ask().get("/api/tags").await.status, 200);
    role("client").await;
    ask().get("/api/tags").await.refused(403, "forbidden");
    let elsewhere = a.admin.ask().post("/api/tickets", json!({ "subject": "Of another" })).await.expect(201);
    let elsewhere = format!("/api/tickets/{}", elsewhere["id"].as_str().unwrap());
    ask().get(&elsewhere).await.refused(404, "not_found");
    let own = ask().get(&place).await.expect(200);
    assert!(own.get("assignee_id").is_none(), "the masks of the owner's role hold too: {own}");
    role("company_admin").await;
    assert_eq!(ask().get("/api/tags").await.status, 200);
    app.finish().await;
}

#[tokio::test]
async fn a_key_ends_with_its_owner_its_company_and_its_time() {
    let app = TestApp::start().await;
    let (a, root) = (app.tenant("a").await, app.superadmin().await);
    let owner = a.person(&app, Role::CompanyAdmin).await;
    let key = made(&owner, &["tickets.read"]).await;
    let tries = async || program(&app, &key).get("/api/tickets").await;
    let person = |action: &str| format!("/api/users/{}/{action}", owner.id.to_hex());
    a.admin.ask().post(&person("disable"), json!({})).await.expect(200);
    tries().await.refused(401, "unauthenticated");
    a.admin.ask().post(&person("enable"), json!({})).await.expect(200);
    tries().await.expect(200);
    let company = |action: &str| format!("/api/companies/{}/{action}", a.id.to_hex());
    root.ask().post(&company("suspend"), json!({})).await.expect(200);
    tries().await.refused(401, "unauthenticated");
    root.ask().post(&company("resume"), json!({})).await.expect(200);
    tries().await.expect(200);
    // The end of the owner's sessions is none of the key's.
    let sessions = app.raw.collection::<Document>("sessions");
    sessions.delete_many(doc! { "user_id": owner.id }).await.unwrap();
    tries().await.expect(200);
    // An owner who is no longer of the company has no rights in it.
    let users = app.raw.collection::<Document>("users");
    let moved = |company: bson::Bson| doc! { "$set": { "company_id": company } };
    users.update_one(doc! { "_id": owner.id }, moved(bson::oid::ObjectId::new().into())).await.unwrap();
    tries().await.refused(401, "unauthenticated");
    users.update_one(doc! { "_id": owner.id }, moved(a.id.into())).await.unwrap();
    app.clock.advance(Duration::from_secs(90 * 86_400 - 5));
    tries().await.expect(200);
    app.clock.advance(Duration::from_secs(6));
    tries().await.refused(401, "unauthenticated");
    users
        .update_one(doc! { "_id": owner.id }, doc! { "$set": { "deleted_at": app.clock.now() } })
        .await
        .unwrap();
    tries().await.refused(401, "unauthenticated");
    app.finish().await;
}

#[tokio::test]
async fn a_key_is_used_from_its_addresses_only() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let networks = json!(["192.0.2.0/24", "2001:db8:1::/48", "::ffff:203.0.113.9"]);
    let body = json!({ "name": "Importer", "scopes": ["tickets.read"], "allowed_ips": networks });
    let key = a.admin.ask().post("/api/api_keys", body).await.expect(201);
    for (ip, status) in [
        ("192.0.2.77", 200),
        ("::ffff:192.0.2.77", 200),
        ("192.0.3.1", 403),
        ("2001:db8:1:7::1", 200),
        ("2001:db8:2::1", 403),
        ("203.0.113.9", 200),
        ("203.0.113.10", 403),
        ("10.0.0.1, 192.0.2.1", 200),
        ("192.0.2.1, 10.0.0.1", 403),
    ] {
        let answer = program(&app, &key).coming_from(ip).get("/api/tickets").await;
        assert_eq!(answer.status.as_u16(), status, "{ip}: {}", answer.text());
    }
    app.finish().await;
}

#[tokio::test]
async fn guesses_at_a_secret_are_throttled_even_all_at_once() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let key = made(&a.admin, &["tickets.read"]).await;
    let name = key["prefix"].as_str().unwrap();
    let guess = async |ip: &str| {
        let text = ApiKeyText::with_name(name);
        let answer = bearer(&app, text.expose()).coming_from(ip).get("/api/tickets").await;
        answer.status.as_u16()
    };
    let all: Vec<u16> = futures::future::join_all((0..60).map(|_| guess("203.0.113.9"))).await;
    let judged = all.iter().filter(|status| **status == 401).count();
    assert_eq!((judged, all.iter().filter(|status| **status == 429).count()), (10, 50));
    let answer = program(&app, &key).coming_from("203.0.113.9").get("/api/tickets").await;
    answer.refused(429, "rate_limited");
    assert_ne!(answer.header("retry-after"), "");
    // Those who use it elsewhere are not locked out, nor is another key from there.
    program(&app, &key).coming_from("192.0.2.1").get("/api/tickets").await.expect(200);
    let other = made(&a.admin, &["tickets.read"]).await;
    program(&app, &other).coming_from("203.0.113.9").get("/api/tickets").await.expect(200);
    app.clock.advance(Duration::from_secs(600));
    program(&app, &key).coming_from("203.0.113.9").get("/api/tickets").await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn the_log_names_the_key_and_stays_sealed() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let key = made(&a.admin, &["tags.read", "tags.create"]).await;
    program(&app, &key).post("/api/tags", json!({ "name": "from outside" })).await.expect(201);
    let entries = a.admin.ask().list("/api/audit_log", json!({ "api_key_id": key["id"] })).await.expect(200);
    let entry = &entries["data"][0];
    assert_eq!((&entries["total"], &entry["action"]), (&json!(1), &json!("tags.create")));
    assert_eq!((&entry["actor_id"], &entry["api_key_id"]), (&json!(a.admin.id.to_hex()), &key["id"]));
    let verified = a.admin.ask().get("/api/audit_log/verify").await.expect(200);
    assert_eq!(verified["valid"], true);
    // Which key it was cannot be altered afterwards.
    let which = doc! { "action": "tags.create" };
    let rows = app.raw.collection::<Document>("audit_log");
    rows.update_one(which, doc! { "$set": { "api_key_id": null } }).await.unwrap();
    let verified = a.admin.ask().get("/api/audit_log/verify").await.expect(200);
    assert_eq!((&verified["valid"], &verified["fault"]), (&json!(false), &json!("altered")));
    let actions: Vec<Value> = {
        let list = a.admin.ask().list("/api/audit_log", json!({ "resource": "api_keys" })).await.expect(200);
        list["data"].as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect()
    };
    assert_eq!(actions, ["api_keys.create"]);
    app.finish().await;
}

#[tokio::test]
async fn its_last_use_is_noted_once_a_minute_and_never_in_the_way() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let key = made(&a.admin, &["tickets.read"]).await;
    let used = async || {
        app.app.aside().settled().await;
        let path = format!("/api/api_keys/{}", key["id"].as_str().unwrap());
        let shown = a.admin.ask().get(&path).await.expect(200);
        assert_eq!(shown["version"], 1, "a use is no change");
        (shown["last_used_at"].clone(), shown["last_used_ip"].clone())
    };
    let tries = async |ip: &str| program(&app, &key).coming_from(ip).get("/api/tickets").await.expect(200);
    assert_eq!(used().await, (Value::Null, Value::Null));
    tries("192.0.2.1").await;
    let first = used().await;
    assert_eq!(first.1, "192.0.2.1");
    app.clock.advance(Duration::from_secs(59));
    tries("192.0.2.2").await;
    assert_eq!(used().await, first);
    app.clock.advance(Duration::from_secs(2));
    futures::future::join_all((0..20).map(|_| tries("192.0.2.3"))).await;
    assert_eq!(used().await.1, "192.0.2.3");
    // A collection that refuses the note: the request succeeds all the same.
    let refuse = doc! { "collMod": "api_keys", "validator": { "last_used_ip": { "$ne": "192.0.2.4" } } };
    app.raw.run_command(refuse).await.unwrap();
    app.clock.advance(Duration::from_secs(61));
    tries("192.0.2.4").await;
    assert_eq!(used().await.1, "192.0.2.3");
    app.finish().await;
}

#[tokio::test]
async fn an_idempotency_key_belongs_to_the_credential_that_sent_it() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let scopes = ["tickets.read", "tickets.create"];
    let (one, two) = (made(&a.admin, &scopes).await, made(&a.admin, &scopes).await);
    let body = json!({ "subject": "Once for each" });
    let asks = [a.admin.ask(), program(&app, &one), program(&app, &two)];
    let mut ids = Vec::new();
    for ask in &asks {
        let send =
            async || ask.clone().with("idempotency-key", "same").post("/api/tickets", body.clone()).await;
        let (first, second) = (send().await, send().await);
        assert_eq!(
            (first.header("idempotency-replayed"), second.header("idempotency-replayed")),
            ("", "true")
        );
        assert_eq!(first.expect(201)["id"], second.expect(201)["id"]);
        ids.push(first.json()["id"].to_string());
    }
    ids.dedup();
    assert_eq!(ids.len(), 3);
    app.finish().await;
}

#[tokio::test]
async fn a_key_makes_no_other_way_in() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let key = made(&a.admin, stoa::permissions::KEY_SCOPE_NAMES).await;
    // Even when the database says that it may.
    let every: Vec<&str> = stoa::permissions::TABLE.iter().map(|row| row.name).collect();
    let rows = app.raw.collection::<Document>("api_keys");
    rows.update_one(doc! {}, doc! { "$set": { "scopes": every } }).await.unwrap();
    let ask = || program(&app, &key);
    let body = json!({ "name": "Successor", "scopes": ["tickets.read"] });
    ask().post("/api/api_keys", body).await.refused(403, "forbidden");
    let id = key["id"].as_str().unwrap();
    for action in ["rotate", "revoke"] {
        ask().post(&format!("/api/api_keys/{id}/{action}"), json!({})).await.refused(403, "forbidden");
    }
    let person = a.writer.id.to_hex();
    let role = json!({ "role": "company_admin" });
    ask().post(&format!("/api/users/{person}/set_role"), role).await.refused(403, "forbidden");
    let added = json!({ "email": "x@a.example", "name": "X", "role": "client" });
    ask().post("/api/users", added).await.refused(403, "forbidden");
    for path in ["/auth/me", "/auth/sessions", "/auth/permissions"] {
        ask().get(path).await.refused(403, "forbidden");
    }
    ask().post("/auth/step_up", json!({ "password": "x" })).await.refused(403, "forbidden");
    ask().post("/auth/logout_all", json!({})).await.refused(403, "forbidden");
    a.admin.ask().get("/auth/me").await.expect(200);
    app.finish().await;
}
