//! Writes as every resource has them: what a body may say, preconditions, repeated requests.

use crate::support::{Answer, Persona, TestApp};
use bson::{Document, doc};
use serde_json::{Value, json};

const PATH: &str = "/api/departments";

async fn made(person: &Persona, body: Value) -> (String, Value) {
    let record = person.ask().post(PATH, body).await.expect(201);
    (format!("{PATH}/{}", record["id"].as_str().unwrap()), record)
}

#[tokio::test]
async fn put_and_patch_merge_and_a_record_may_be_sent_back_whole() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let (path, _) = made(&a.admin, json!({ "name": "Sales", "description": "sells" })).await;
    for method in [http::Method::PUT, http::Method::PATCH] {
        let now = a.admin.ask().get(&path).await.expect(200);
        let same = a.admin.ask().send(method.clone(), &path, Some(now.clone())).await;
        assert_eq!(same.expect(200), now, "{method}: nothing changes");
        let some =
            a.admin.ask().send(method.clone(), &path, Some(json!({ "is_public": false }))).await.expect(200);
        assert_eq!((&some["name"], &some["description"]), (&json!("Sales"), &json!("sells")), "{method}");
    }
    let now = a.admin.ask().get(&path).await;
    assert_eq!((now.json()["version"].clone(), now.header("etag").starts_with("\"2.")), (json!(2), true));
    let cleared = a.admin.ask().patch(&path, json!({ "description": null })).await.expect(200);
    assert_eq!(cleared["description"], Value::Null);
    let log = a.admin.ask().get("/api/audit_log").await.expect(200);
    assert_eq!(log["total"], 3, "what changes nothing leaves no entry");
    app.finish().await;
}

#[tokio::test]
async fn what_cannot_be_set_is_refused_unless_it_is_unchanged_or_leniency_is_asked_for() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let (path, record) = made(&a.admin, json!({ "name": "Sales" })).await;
    for (field, value) in [
        ("id", json!("0123456789abcdef01234567")),
        ("_id", json!("0123456789abcdef01234567")),
        ("company_id", json!(b.id.to_hex())),
        ("company_id", json!(null)),
    ] {
        let told = a.admin.ask().patch(&path, json!({ field: value })).await.refused(422, "read_only_field");
        assert!(told["errors"][field].is_object(), "{told}");
        let body = json!({ "name": "Other", field: value });
        a.admin.ask().post(PATH, body).await.refused(422, "read_only_field");
    }
    for field in [
        "assignment_pointer",
        "name_fold",
        "deleted",
        "$set",
        "name.x",
        "field_versions.name",
        "__proto__",
        "",
    ] {
        let body = json!({ field: "x" });
        a.admin.ask().patch(&path, body.clone()).await.refused(422, "unknown_field");
        a.admin.ask().post(PATH, json!({ "name": "Other", field: "x" })).await.refused(422, "unknown_field");
    }
    let body = json!({ "name": "Selling", "colour": "red", "company_id": b.id.to_hex() });
    let lenient = a.admin.ask().with("prefer", "handling=lenient").patch(&path, body).await;
    assert_eq!(
        (&lenient.expect(200)["name"], &lenient.json()["company_id"]),
        (&json!("Selling"), &record["company_id"])
    );
    assert_eq!(lenient.header("preference-applied"), "handling=lenient");
    let mut ignored: Vec<_> = lenient.header("stoa-ignored-fields").split(", ").collect();
    ignored.sort_unstable();
    assert_eq!(ignored, ["colour", "company_id"]);
    let wrong = a.admin.ask().with("prefer", "handling=lenient").patch(&path, json!({ "name": 7 })).await;
    wrong.refused(422, "validation_failed");
    app.finish().await;
}

#[tokio::test]
async fn nothing_in_a_body_becomes_an_operator() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let (path, record) = made(&a.admin, json!({ "name": "Sales" })).await;
    for poison in [
        json!({ "$ne": null }),
        json!({ "$gt": "" }),
        json!([{ "$ne": null }]),
        json!({ "$set": {} }),
        json!("a\u{0}b"),
    ] {
        for field in ["name", "description", "parent_id", "lead_ids", "is_public", "assignment_strategy"] {
            let body = json!({ "name": "Other", field: poison });
            a.admin.ask().post(PATH, body).await.refused(422, "validation_failed");
            a.admin.ask().patch(&path, json!({ field: poison })).await.refused(422, "validation_failed");
        }
        let bulk = json!({ "ids": [poison], "data": { "name": "x" } });
        let answer = a.admin.ask().patch(PATH, bulk).await;
        assert!(answer.status == 422 || answer.json()["data"] == json!([]), "{}", answer.text());
    }
    for text in ["{\"$ne\":null}", "$where", "a.b"] {
        let named = a.admin.ask().post(PATH, json!({ "name": text })).await.expect(201);
        assert_eq!(named["name"], text, "as a name it is a name");
        a.admin
            .ask()
            .with("if-match", text)
            .patch(&path, json!({ "name": "x" }))
            .await
            .refused(422, "invalid_parameter");
    }
    assert_eq!(a.admin.ask().get(&path).await.expect(200), record);
    app.finish().await;
}

#[tokio::test]
async fn bodies_that_are_no_json_objects_are_refused() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let send = |body: &'static [u8], kind: &str| {
        a.admin.ask().with("content-type", kind).raw(http::Method::POST, PATH, body.to_vec())
    };
    let json = "application/json";
    for body in [
        b"{".as_slice(),
        b"[]",
        b"null",
        b"\"x\"",
        b"{\"name\":\"x\"} x",
        b"\xff\xfe",
        b"{\"name\":\"\xff\"}",
    ] {
        send(body, json).await.refused(400, "malformed_request");
    }
    send(b"name=x", "application/x-www-form-urlencoded").await.refused(415, "unsupported_media_type");
    send(b"{\"name\":\"x\"}", "text/plain").await.refused(415, "unsupported_media_type");
    send(b"", "text/plain").await.refused(422, "validation_failed");
    let deep = format!("{}{}", "{\"a\":".repeat(200), "1".to_owned() + &"}".repeat(200));
    let ask = a.admin.ask().with("content-type", json);
    ask.raw(http::Method::POST, PATH, deep.into_bytes()).await.refused(400, "malformed_request");
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(2 << 20));
    let ask = a.admin.ask().with("content-type", json);
    ask.raw(http::Method::POST, PATH, large.into_bytes()).await.refused(413, "payload_too_large");
    app.finish().await;
}

#[tokio::test]
async fn preconditions_hold_for_every_write_and_tags_spare_reads() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let (path, _) = made(&a.admin, json!({ "name": "Sales" })).await;
    let tag = a.admin.ask().get(&path).await.header("etag").to_owned();
    for known in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let answer = a.admin.ask().with("if-none-match", &known).get(&path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.bytes.len(), answer.header("etag")),
            (304, 0, tag.as_str()),
            "{known}"
        );
    }
    assert_ne!(a.client.ask().get(&path).await.header("etag"), tag, "another view has another tag");
    a.client.ask().with("if-none-match", &tag).get(&path).await.expect(200);
    let stale = |method: http::Method| {
        let ask = a.admin.ask().with("if-match", "\"9\"");
        let path = path.clone();
        async move { ask.send(method, &path, Some(json!({ "name": "Selling" }))).await }
    };
    for method in [http::Method::PUT, http::Method::PATCH, http::Method::DELETE] {
        let told = stale(method).await.refused(412, "precondition_failed");
        assert_eq!(told["current_version"], 1);
    }
    for unsound in ["", "abc", "\"\"", "\"1\", x"] {
        let ask = a.admin.ask().with("if-match", unsound);
        ask.patch(&path, json!({ "name": "Selling" })).await.refused(422, "invalid_parameter");
    }
    for sound in [tag.as_str(), "\"1\"", "1", "W/\"1\"", "\"7\", \"1\"", "*"] {
        a.admin.ask().with("if-match", sound).patch(&path, json!({ "name": "Sales" })).await.expect(200);
    }
    a.admin
        .ask()
        .patch(&path, json!({ "name": "Selling", "version": 5 }))
        .await
        .refused(412, "precondition_failed");
    a.admin.ask().patch(&path, json!({ "name": "Selling", "version": 1 })).await.expect(200);
    a.admin
        .ask()
        .patch(&path, json!({ "name": "Third", "version": 1 }))
        .await
        .refused(409, "version_conflict");
    let changes = (0..12).map(|n| {
        let ask = a.admin.ask().with("if-match", "\"2\"");
        let path = path.clone();
        async move { ask.patch(&path, json!({ "name": format!("n{n}") })).await.status.as_u16() }
    });
    let mut told = futures::future::join_all(changes).await;
    told.sort_unstable();
    assert_eq!(told, [vec![200], vec![412; 11]].concat(), "one of many from the same version");
    app.finish().await;
}

#[tokio::test]
async fn a_repeated_request_has_one_effect_and_the_same_answer() {
    let app = TestApp::start().await;
    let sibling = app.sibling().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let body = json!({ "name": "Sales" });
    let send = |person: &Persona, key: &str, body: &Value| {
        let (ask, body) = (person.ask().with("idempotency-key", key), body.clone());
        async move { ask.post(PATH, body).await }
    };
    let first = send(&a.admin, "k1", &body).await;
    let again = send(&a.admin, "k1", &body).await;
    assert_eq!((first.expect(201), first.header("etag")), (again.expect(201), again.header("etag")));
    assert_eq!(again.header("location"), first.header("location"));
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
    send(&a.admin, "k1", &json!({ "name": "Other" })).await.refused(422, "idempotency_mismatch");
    send(&b.admin, "k1", &body).await.expect(201);
    send(&a.admin, "", &body).await.refused(422, "invalid_parameter");
    send(&a.admin, &"k".repeat(256), &body).await.refused(422, "invalid_parameter");

    // What was refused is not kept: once corrected elsewhere, the same request may succeed.
    send(&a.admin, "k2", &json!({ "name": "sales" })).await.refused(409, "unique_violation");
    a.admin.ask().delete(first.header("location")).await.expect(200);
    send(&a.admin, "k2", &json!({ "name": "sales" })).await.expect(201);

    // Another method or path is another request.
    let path = first.header("location").to_owned();
    let delete = || a.admin.ask().with("idempotency-key", "k3").delete(&path);
    delete().await.refused(404, "not_found");
    let restore = format!("{path}/restore");
    a.admin.ask().post(&restore, json!({})).await.refused(409, "unique_violation");

    let asks = (0..20).map(|n| {
        let ask = if n % 2 == 0 { a.admin.ask() } else { a.admin.ask_at(&sibling) };
        async move { ask.with("idempotency-key", "k4").post(PATH, json!({ "name": "Twenty" })).await }
    });
    let answers: Vec<Answer> = futures::future::join_all(asks).await;
    for answer in &answers {
        assert_eq!(answer.expect(201)["id"], answers[0].json()["id"], "at two instances at once");
    }
    let far = bson::DateTime::from_millis(bson::DateTime::now().timestamp_millis() + 30 * 86_400_000);
    let longer = doc! { "$set": { "expires_at": far, "idle_expires_at": far } };
    app.raw.collection::<Document>("sessions").update_many(doc! {}, longer).await.unwrap();
    app.clock.advance(std::time::Duration::from_secs(25 * 3600));
    send(&a.admin, "k1", &json!({ "name": "A day later" })).await.expect(201);
    app.finish().await;
}
