//! Every mail of the corpus has the outcome that its index tells.

use super::world::{World, filled};
use crate::support::TestApp;
use bson::{Bson, Document, doc};
use serde_json::Value;
use std::path::Path;

/// What a mail led to, compared with what the index tells; all differences at once.
struct Check<'a> {
    name: &'a str,
    faults: &'a mut Vec<String>,
}

impl Check<'_> {
    fn same(&mut self, what: &str, found: &Value, wanted: &Value) {
        if found != wanted {
            self.faults.push(format!("{}: {what} is {found}, not {wanted}", self.name));
        }
    }
}

/// In four parts, so that they can run side by side.
const PARTS: usize = 4;

#[tokio::test]
async fn every_mail_of_the_corpus_has_its_outcome_1() {
    part(0).await;
}

#[tokio::test]
async fn every_mail_of_the_corpus_has_its_outcome_2() {
    part(1).await;
}

#[tokio::test]
async fn every_mail_of_the_corpus_has_its_outcome_3() {
    part(2).await;
}

#[tokio::test]
async fn every_mail_of_the_corpus_has_its_outcome_4() {
    part(3).await;
}

async fn part(part: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inbound");
    let index = std::fs::read(folder.join("corpus.json")).expect("the index");
    let index: Vec<Value> = serde_json::from_slice(&index).expect("JSON");
    assert!(index.len() >= 60, "{}", index.len());
    let listed: Vec<&str> = index.iter().map(|entry| entry["file"].as_str().unwrap()).collect();
    let there = std::fs::read_dir(folder.join("corpus")).expect("the corpus").count();
    assert_eq!(there, listed.len(), "each file has its line in the index");
    let app = TestApp::start().await;
    let foreign = World::new(&app, "elsewhere", &[]).await;
    let mut faults = Vec::new();
    let only = std::env::var("STOA_MAIL").ok();
    for (n, entry) in index.iter().enumerate() {
        let name = entry["file"].as_str().unwrap();
        if n % PARTS != part {
            continue;
        }
        if only.as_ref().is_some_and(|only| !name.contains(only.as_str())) {
            continue;
        }
        let setup: Vec<&str> = entry["setup"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let world = World::new(&app, &format!("c{n}"), &setup).await;
        let raw = std::fs::read(folder.join("corpus").join(name)).expect("a mail");
        let values = world.values(&app, &foreign);
        let raw = filled(&raw, &values);
        let before = world.count(&app, "outbound_emails", doc! { "template": "ticket_created" }).await;
        world.deliver(&app, &raw).await;
        let inbound = world.last(&app).await;
        if setup.contains(&"twice") {
            world.deliver(&app, &raw).await;
            assert_eq!(world.last(&app).await.get("_id"), inbound.get("_id"), "{name}");
        }
        if setup.contains(&"twice_traced") {
            let traced = [b"Received: from a by b; Mon, 16 Nov 2026 10:00:00 +0000\r\n", &raw[..]].concat();
            world.deliver(&app, &traced).await;
            assert_eq!(world.last(&app).await.get_str("reason").unwrap(), "duplicate", "{name}");
        }
        if setup.iter().any(|step| step.starts_with("twice")) {
            assert_eq!(world.count(&app, "ticket_messages", doc! { "body": "Once" }).await, 1, "{name}");
        }
        let after = world.count(&app, "outbound_emails", doc! { "template": "ticket_created" }).await;
        let mut check = Check { name, faults: &mut faults };
        let expect = &entry["expect"];
        check.same("answers", &(after - before).into(), &expect["answers"]);
        compare(&app, &world, &mut check, &inbound, expect, &values).await;
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    app.finish().await;
}

async fn compare(
    app: &TestApp,
    world: &World,
    check: &mut Check<'_>,
    inbound: &Document,
    expect: &Value,
    values: &[(&str, String)],
) {
    let json = |value: Option<&Bson>| value.map_or(Value::Null, stoa::schema::bson_to_json);
    let text = |value: &Value| {
        value
            .as_str()
            .map(|text| String::from_utf8(filled(text.as_bytes(), values)).unwrap())
            .map_or(Value::Null, Value::from)
    };
    check.same("state", &json(inbound.get("state")), &expect["state"]);
    check.same("reason", &json(inbound.get("reason")), expect.get("reason").unwrap_or(&Value::Null));
    let rule = inbound.get_document("match").ok().and_then(|found| found.get("rule"));
    check.same("rule", &json(rule), &expect["rule"]);
    if let Some(status) = expect.get("status") {
        let seed = world.find(app, "tickets", doc! { "_id": world.ticket }).await;
        check.same("status of the ticket", &json(seed.get("status")), status);
    }
    if let Some(wanted) = expect.get("suppressed") {
        let suppressed = doc! { "suppressed_until": { "$ne": null } };
        let found = world.count(app, "email_recipients", suppressed).await > 0;
        check.same("suppressed", &found.into(), wanted);
    }
    let wanted = expect["ticket"].as_str().unwrap();
    let ticket = inbound.get_object_id("ticket_id").ok();
    let kind = match ticket {
        None => "none",
        Some(ticket) if ticket == world.ticket => "same",
        Some(ticket) => {
            let stored = world.find(app, "tickets", doc! { "_id": ticket }).await;
            let is = |field: &str| stored.get_object_id(field).ok() == Some(world.ticket);
            let target = world.find(app, "tickets", doc! { "_id": world.ticket }).await;
            if is("follow_up_of") {
                "follow_up"
            } else if is("related_to") {
                "related"
            } else if target.get_object_id("merged_into").ok() == Some(ticket) {
                "target"
            } else {
                "new"
            }
        }
    };
    let wanted = if wanted == "none" && matches!(kind, "same") { kind } else { wanted };
    check.same("ticket", &kind.into(), &wanted.into());
    let Some(message) = inbound.get_object_id("message").ok() else { return };
    let message = world.find(app, "ticket_messages", doc! { "_id": message }).await;
    if expect["rule"] == "bounce" {
        check.same("delivery", &json(message.get("delivery")), &expect["delivery"]);
        return;
    }
    check.same("via", &json(message.get("via")), &"email".into());
    if let Some(ticket) = ticket {
        let stored = world.find(app, "tickets", doc! { "_id": ticket }).await;
        if kind != "same" {
            check.same(
                "channel",
                &json(stored.get("channel")),
                &if kind == "target" { "web" } else { "email" }.into(),
            );
        }
        if let Some(subject) = expect.get("subject") {
            check.same("subject", &json(stored.get("subject")), subject);
        }
        if let Some(length) = expect.get("subject_len") {
            check.same(
                "length of the subject",
                &stored.get_str("subject").unwrap().chars().count().into(),
                length,
            );
        }
        if let Some(requester) = expect.get("requester") {
            let person = world.find(app, "users", doc! { "_id": stored.get("requester_id") }).await;
            check.same("requester", &json(person.get("email")), &text(requester));
        }
    }
    let body = message.get_str("body").unwrap();
    if let Some(wanted) = expect.get("body") {
        check.same("body", &body.into(), &text(wanted));
    }
    if let Some(wanted) = expect.get("body_has") {
        let has = body.contains(wanted.as_str().unwrap());
        check.same(&format!("body {body:?} with {wanted}"), &has.into(), &true.into());
    }
    if let Some(length) = expect.get("body_len") {
        check.same(
            "length of the body",
            &(body.chars().count() <= 60_000 && body.len() > 50_000).into(),
            &length.is_number().into(),
        );
    }
    if let Some(html) = expect.get("html") {
        let found = message.get_str("body_html").unwrap_or_default();
        check.same(
            &format!("html {found:?} with {html}"),
            &found.contains(html.as_str().unwrap()).into(),
            &true.into(),
        );
    }
    for bad in expect.get("no_html").and_then(Value::as_array).into_iter().flatten() {
        let found = message.get_str("body_html").unwrap_or_default().contains(bad.as_str().unwrap());
        check.same(&format!("html with {bad}"), &found.into(), &false.into());
    }
    if let Some(visibility) = expect.get("visibility") {
        check.same("visibility", &json(message.get("visibility")), visibility);
    }
    let is_auto = message.get_bool("is_auto_response").unwrap();
    check.same(
        "auto response",
        &(is_auto && kind == "same").into(),
        &expect["auto_response"].as_bool().unwrap_or_default().into(),
    );
    let email = message.get_document("email").unwrap();
    check.same(
        "untrusted",
        &json(email.get("untrusted")),
        &expect["untrusted"].as_bool().unwrap_or_default().into(),
    );
    let full = message.get_str("full_body").is_ok();
    check.same("full body", &full.into(), &expect["full"].as_bool().unwrap_or_default().into());
    author(app, world, check, &message, expect).await;
    let parts = message.get_array("email_parts").unwrap();
    if let Some(wanted) = expect.get("parts").and_then(Value::as_array) {
        check.same("number of parts", &parts.len().into(), &wanted.len().into());
        for (found, wanted) in parts.iter().filter_map(Bson::as_document).zip(wanted) {
            for (field, value) in wanted.as_object().unwrap() {
                check.same(field, &json(found.get(field)), value);
            }
        }
    }
}

async fn author(app: &TestApp, world: &World, check: &mut Check<'_>, message: &Document, expect: &Value) {
    let Some(wanted) = expect.get("author").and_then(Value::as_str) else { return };
    let author = message.get_object_id("author_id").ok();
    let tenant = &world.tenant;
    let known = [("client", tenant.client.id), ("staff", tenant.admin.id), ("second", world.second.id)];
    let found = match author {
        None => "name",
        Some(author) => match known.iter().find(|(_, id)| *id == author) {
            Some((name, _)) => name,
            None => {
                let user = world.find(app, "users", doc! { "_id": author }).await;
                assert_eq!(user.get_str("role").unwrap(), "client", "{}", check.name);
                assert!(user.get("password_hash").is_none_or(|hash| *hash == Bson::Null), "{}", check.name);
                "made"
            }
        },
    };
    check.same("author", &found.into(), &wanted.into());
    let staff = message.get_bool("author_is_staff").unwrap();
    check.same("author is staff", &staff.into(), &(wanted == "staff").into());
}
