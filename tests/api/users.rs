//! People: who adds, sees and changes whom, and what cannot be set.

use crate::support::{PASSWORD, TestApp};
use bson::{doc, oid::ObjectId};
use futures::future::join_all;
use serde_json::{Value, json};
use stoa::permissions::Role;

fn new(email: &str, role: &str) -> Value {
    json!({ "email": email, "name": "New", "role": role })
}

#[tokio::test]
async fn an_admin_adds_people_and_an_address_is_taken_for_good() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let made = a.admin.ask().post("/api/users", new("Jo@A.Example", "content_writer")).await.expect(201);
    assert_eq!(
        (made["email"].as_str(), made["company_id"].as_str()),
        (Some("jo@a.example"), Some(&*a.id.to_hex()))
    );
    assert_eq!(
        (made["status"].as_str(), made["must_change_password"].as_bool()),
        (Some("invited"), Some(false))
    );
    for secret in ["password", "password_hash", "epoch"] {
        assert!(made.get(secret).is_none(), "{made}");
    }
    app.try_log_in("jo@a.example", PASSWORD).await.refused(401, "invalid_grant");
    let path = format!("/api/users/{}", made["id"].as_str().unwrap());
    let taken = b.admin.ask().post("/api/users", new("jo@a.example", "client")).await;
    assert!(taken.refused(409, "unique_violation")["errors"]["email"].is_object());
    a.admin.ask().delete(&path).await.expect(200);
    b.admin.ask().post("/api/users", new("JO@a.example", "client")).await.refused(409, "unique_violation");
    a.admin.ask().post(&format!("{path}/restore"), json!({})).await.expect(200);
    b.admin.ask().get(&path).await.refused(404, "not_found");
    app.finish().await;
}

#[tokio::test]
async fn of_parallel_additions_of_one_address_one_is_made() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let add = |i: usize| {
        let ask = match i % 3 {
            0 => a.admin.ask(),
            1 => a.admin.ask_at(&other),
            _ => b.admin.ask_at(&other),
        };
        async move { ask.post("/api/users", new("jo@a.example", "client")).await }
    };
    let answers = join_all((0..15).map(add)).await;
    for answer in &answers {
        if answer.status != 201 {
            answer.refused(409, "unique_violation");
        }
    }
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert_eq!(app.count("users", doc! { "email": "jo@a.example" }).await, 1);
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn what_decides_about_rights_cannot_be_sent() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let person = format!("/api/users/{}", a.writer.id.to_hex());
    let read_only = [
        json!({ "company_id": b.id.to_hex() }),
        json!({ "role": "company_admin" }),
        json!({ "status": "disabled" }),
        json!({ "email": "else@a.example" }),
        json!({ "must_change_password": true }),
        json!({ "last_login_at": "2026-01-01T00:00:00Z" }),
        json!({ "id": b.writer.id.to_hex() }),
    ];
    for body in read_only {
        a.admin.ask().patch(&person, body).await.refused(422, "read_only_field");
    }
    for body in [
        json!({ "epoch": 9 }),
        json!({ "password_hash": "x" }),
        json!({ "password": PASSWORD }),
        json!({ "is_admin": true }),
    ] {
        a.admin.ask().patch(&person, body).await.refused(422, "unknown_field");
    }
    for (name, value, code) in [
        ("company_id", json!(b.id.to_hex()), "read_only_field"),
        ("status", json!("disabled"), "read_only_field"),
        ("epoch", json!(3), "unknown_field"),
        ("password_hash", json!("x"), "unknown_field"),
        ("password", json!(["x"]), "validation_failed"),
        ("password", json!("short"), "validation_failed"),
    ] {
        let mut body = new("x@a.example", "client");
        body[name] = value;
        a.admin.ask().post("/api/users", body).await.refused(422, code);
    }
    // As React Admin does: the whole record comes back, and only the name differs.
    let mut whole = a.admin.ask().get(&person).await.expect(200);
    whole["name"] = json!("Renamed");
    assert_eq!(a.admin.ask().put(&person, whole).await.expect(200)["name"], "Renamed");
    let bulk = json!({ "ids": [a.writer.id.to_hex(), b.writer.id.to_hex()], "data": { "role": "client" } });
    let told = a.admin.ask().patch("/api/users", bulk).await.expect(200);
    assert_eq!(told["data"], json!([]));
    let stored = app.stored("users", doc! { "_id": a.writer.id }).await.unwrap();
    assert_eq!((stored.get_str("role").unwrap(), stored.get_i64("epoch").unwrap()), ("content_writer", 0));
    app.finish().await;
}

#[tokio::test]
async fn each_role_sees_and_changes_what_the_table_says() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let path = |id: ObjectId| format!("/api/users/{}", id.to_hex());
    assert_eq!(a.admin.ask().get("/api/users").await.expect(200)["total"], 4);
    assert_eq!(a.manager.ask().get("/api/users").await.expect(200)["total"], 4);
    let seen = a.writer.ask().get("/api/users").await.expect(200);
    assert_eq!(seen["total"], 4, "also clients, whom writers serve and file for");
    assert!(seen["data"][0].get("email").is_none() && seen["data"][0]["role"].is_string(), "{seen}");
    let other = a.person(&app, Role::Client).await;
    let seen = a.client.ask().get("/api/users").await.expect(200);
    assert_eq!(seen["total"], 4, "staff and self");
    assert!(seen["data"][0].get("email").is_none() && seen["data"][0].get("role").is_none(), "{seen}");
    a.client.ask().get(&path(other.id)).await.refused(404, "not_found");
    let own = json!({ "name": "Me", "locale": "de", "avatar_url": "https://a.example/me.png" });
    for person in a.everyone() {
        assert_eq!(person.ask().patch(&path(person.id), own.clone()).await.expect(200)["name"], "Me");
        assert_eq!(person.ask().get("/auth/me").await.expect(200)["locale"], "de");
    }
    a.writer
        .ask()
        .patch(&path(a.writer.id), json!({ "ticket_scope": "all" }))
        .await
        .refused(422, "unknown_field");
    a.client.ask().patch(&path(a.admin.id), own.clone()).await.refused(403, "forbidden");
    a.client.ask().patch(&path(other.id), own.clone()).await.refused(404, "not_found");
    a.manager.ask().patch(&path(a.client.id), json!({ "phone": "+49 30 1" })).await.expect(200);
    a.manager
        .ask()
        .patch(&path(a.client.id), json!({ "avatar_url": "x" }))
        .await
        .refused(422, "read_only_field");
    a.manager.ask().patch(&path(a.client.id), json!({ "capacity": 3 })).await.refused(422, "read_only_field");
    a.manager.ask().patch(&path(a.writer.id), json!({ "phone": "1" })).await.refused(403, "forbidden");
    let seen = a.manager.ask().get(&path(a.client.id)).await.expect(200);
    assert!(seen.get("last_login_at").is_none() && seen["email"].is_string(), "{seen}");
    for action in ["set_role", "disable", "enable", "revoke_sessions"] {
        for person in [&a.manager, &a.writer, &a.client] {
            person
                .ask()
                .post(&format!("{}/{action}", path(a.client.id)), json!({}))
                .await
                .refused(403, "forbidden");
        }
    }
    a.manager.ask().delete(&path(a.client.id)).await.refused(403, "forbidden");
    app.finish().await;
}

#[tokio::test]
async fn nobody_adds_a_person_above_what_they_may_grant() {
    let app = TestApp::start().await;
    let (root, a) = (app.superadmin().await, app.tenant("a").await);
    let roles = ["superadmin", "company_admin", "content_manager", "content_writer", "client"];
    let mut number = 0;
    let mut email = || {
        number += 1;
        format!("n{number}@a.example")
    };
    for role in roles {
        let (by_admin, by_manager) = (role != "superadmin", role == "client");
        for (person, may) in [(&a.admin, by_admin), (&a.manager, by_manager)] {
            let answer = person.ask().post("/api/users", new(&email(), role)).await;
            if may { drop(answer.expect(201)) } else { drop(answer.refused(403, "forbidden")) }
        }
        for person in [&a.writer, &a.client] {
            person.ask().post("/api/users", new(&email(), role)).await.refused(403, "forbidden");
        }
        let inside = root.ask().acting_in(a.id).post("/api/users", new(&email(), role)).await;
        let outside = root.ask().post("/api/users", new(&email(), role)).await;
        if role == "superadmin" {
            inside.refused(422, "validation_failed");
            assert!(outside.expect(201)["company_id"].is_null());
        } else {
            assert_eq!(inside.expect(201)["company_id"], a.id.to_hex());
            outside.refused(422, "validation_failed");
        }
    }
    let mut body = new(&email(), "client");
    body["password"] = json!(PASSWORD);
    a.manager.ask().post("/api/users", body).await.refused(422, "read_only_field");
    let mut body = new(&email(), "client");
    body["department_ids"] = json!([]);
    body["capacity"] = json!(5);
    a.manager.ask().post("/api/users", body).await.refused(422, "read_only_field");
    let admins =
        app.stored("companies", doc! { "_id": a.id }).await.unwrap().get_i64("active_admins").unwrap();
    assert_eq!(admins, 1, "who was invited administers once the account was taken over");
    app.finish().await;
}

#[tokio::test]
async fn a_repeated_addition_keeps_no_trace_of_the_password() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mut body = new("jo@a.example", "content_writer");
    body["password"] = json!(PASSWORD);
    let ask = || a.admin.ask().with("idempotency-key", "add-jo");
    let first = ask().post("/api/users", body.clone()).await.expect(201);
    let again = ask().post("/api/users", body.clone()).await;
    assert_eq!(again.expect(201), first);
    assert_eq!(again.header("idempotency-replayed"), "true");
    body["password"] = json!("another 7Good&Pass%phrase");
    assert_eq!(
        ask().post("/api/users", body.clone()).await.expect(201),
        first,
        "the password is not compared"
    );
    body["name"] = json!("Other");
    ask().post("/api/users", body).await.refused(422, "idempotency_mismatch");
    app.log_in_as("jo@a.example").await;
    app.finish().await;
}

#[tokio::test]
async fn what_is_refused_costs_no_hash() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let password = secrecy::SecretString::from(PASSWORD);
    // More than the pool takes, all the time: one more is refused as overload.
    let hash = || async {
        loop {
            if app.app.passwords().hash(&password).await.is_err() {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
        }
    };
    let busy = join_all((0..100).map(|_| hash()));
    let asks = async {
        let mut body = new(&a.writer.email, "client");
        body["password"] = json!(PASSWORD);
        a.admin.ask().post("/api/users", body.clone()).await.refused(409, "unique_violation");
        body["role"] = json!("superadmin");
        body["email"] = json!("new@a.example");
        a.admin.ask().post("/api/users", body.clone()).await.refused(403, "forbidden");
        body["role"] = json!("content_writer");
        body["department_ids"] = json!([ObjectId::new().to_hex()]);
        a.admin.ask().post("/api/users", body).await.refused(422, "reference_not_found");
    };
    tokio::select! {
        () = asks => {}
        _ = busy => {}
    }
    app.finish().await;
}

#[tokio::test]
async fn passwords_that_a_company_sets_for_others_are_hashed_one_at_a_time() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    for person in [&a.writer, &b.writer] {
        app.give_password(person).await;
    }
    let with_password = |email: &str| {
        let mut body = new(email, "client");
        body["password"] = json!(PASSWORD);
        body
    };
    let turn = app.app.lines().passwords.wait(Some(a.id)).await;
    let adding = a.admin.ask().post("/api/users", with_password("jo@a.example"));
    let meanwhile = async {
        // Its own log-ins go on, and all of another company's business.
        app.log_in(&a.writer).await;
        app.log_in(&b.writer).await;
        b.admin.ask().post("/api/users", with_password("jo@b.example")).await.expect(201);
        a.admin.ask().post("/api/users", new("without@a.example", "client")).await.expect(201);
        assert_eq!(app.count("users", doc! { "email": "jo@a.example" }).await, 0, "it stands in line");
        drop(turn);
    };
    let (added, ()) = futures::join!(adding, meanwhile);
    added.expect(201);
    app.log_in_as("jo@a.example").await;
    app.finish().await;
}
