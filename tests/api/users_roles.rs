//! Roles: who gives which to whom, what follows for sessions, and that an administrator is always left.

use crate::support::{LogIn, PASSWORD, Persona, TestApp};
use bson::{doc, oid::ObjectId};
use futures::future::join_all;
use serde_json::{Value, json};
use stoa::permissions::Role;

fn action(person: &Persona, name: &str) -> String {
    format!("/api/users/{}/{name}", person.id.to_hex())
}

fn role(name: &str) -> Value {
    json!({ "role": name })
}

async fn admins(app: &TestApp, company: ObjectId) -> (i64, u64) {
    let counted =
        app.stored("companies", doc! { "_id": company }).await.unwrap().get_i64("active_admins").unwrap();
    let live =
        doc! { "company_id": company, "role": "company_admin", "status": "active", "deleted_at": null };
    (counted, app.count("users", live).await)
}

#[tokio::test]
async fn a_new_role_holds_from_the_next_request_on_every_instance() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    app.give_password(&a.writer).await;
    let tokens = app.log_in(&a.writer).await;
    let before = a.admin.ask().get(&format!("/api/users/{}", a.writer.id.to_hex())).await;
    let stale =
        a.admin.ask().with("if-match", "\"9\"").post(&action(&a.writer, "set_role"), role("client")).await;
    stale.refused(412, "precondition_failed");
    let ask = a.admin.ask().with("if-match", before.header("etag"));
    let changed = ask.post(&action(&a.writer, "set_role"), role("client")).await;
    assert_eq!(changed.expect(200)["role"], "client");
    for app in [&app, &other] {
        tokens.ask(app).get("/api/tags").await.refused(401, "session_revoked");
        a.writer.ask_at(app).get("/api/tags").await.refused(401, "session_revoked");
    }
    let renewed = LogIn::of(&other.refresh(&tokens.refresh).await.expect(200));
    renewed.ask(&other).get("/api/tags").await.refused(403, "forbidden");
    assert_eq!(renewed.ask(&app).get("/auth/me").await.expect(200)["role"], "client");
    let log = a.admin.ask().list("/api/audit_log", json!({ "action": "users.set_role" })).await.expect(200);
    assert_eq!(
        log["data"][0]["changes"],
        json!([{ "field": "role", "from": "content_writer", "to": "client" }])
    );
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn name_and_scope_reach_the_sessions_too() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let department = a.admin.ask().post("/api/departments", json!({ "name": "Sales" })).await.expect(201);
    let path = format!("/api/users/{}", a.writer.id.to_hex());
    let change = json!({ "name": "Other", "ticket_scope": "own", "department_ids": [department["id"]] });
    a.admin.ask().patch(&path, change).await.expect(200);
    let session = app.stored("sessions", doc! { "_id": a.writer.session }).await.unwrap();
    assert_eq!(
        (session.get_str("user_name").unwrap(), session.get_str("ticket_scope").unwrap()),
        ("Other", "own")
    );
    assert_eq!(session.get_array("department_ids").unwrap().len(), 1);
    a.writer.ask().get("/auth/me").await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn the_lattice_holds() {
    let app = TestApp::start().await;
    let (root, a, b) = (app.superadmin().await, app.tenant("a").await, app.tenant("b").await);
    let inside = || root.ask().acting_in(a.id);
    a.admin.ask().post(&action(&a.writer, "set_role"), role("superadmin")).await.refused(403, "forbidden");
    inside().post(&action(&a.writer, "set_role"), role("superadmin")).await.refused(422, "validation_failed");
    a.admin.ask().post(&action(&a.admin, "set_role"), role("client")).await.refused(403, "forbidden");
    a.admin.ask().post(&action(&b.writer, "set_role"), role("client")).await.refused(404, "not_found");
    a.admin.ask().post(&action(&root, "set_role"), role("client")).await.refused(404, "not_found");
    a.admin.ask().post(&action(&a.writer, "set_role"), role("king")).await.refused(422, "validation_failed");
    let more = json!({ "role": "client", "company_id": b.id.to_hex() });
    a.admin.ask().post(&action(&a.writer, "set_role"), more).await.refused(422, "unknown_field");
    root.ask().post(&action(&root, "set_role"), role("client")).await.refused(403, "forbidden");
    let second = app.superadmin().await;
    root.ask().post(&action(&second, "set_role"), role("client")).await.refused(422, "validation_failed");
    inside().post(&action(&a.writer, "set_role"), role("company_admin")).await.expect(200);
    assert_eq!(admins(&app, a.id).await, (2, 2));
    a.admin.ask().post(&action(&a.writer, "set_role"), role("company_admin")).await.expect(200);
    assert_eq!(admins(&app, a.id).await, (2, 2), "the same role changes nothing");
    app.finish().await;
}

#[tokio::test]
async fn fifty_parallel_demotions_of_two_admins_leave_one() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    let second = a.person(&app, Role::CompanyAdmin).await;
    assert_eq!(admins(&app, a.id).await, (2, 2));
    let demote = |i: usize| {
        let (by, whom) = if i.is_multiple_of(2) { (&a.admin, &second) } else { (&second, &a.admin) };
        let ask = if i % 4 < 2 { by.ask() } else { by.ask_at(&other) };
        let path = action(whom, "set_role");
        async move { ask.post(&path, role("content_manager")).await }
    };
    let answers = join_all((0..50).map(demote)).await;
    assert_eq!(admins(&app, a.id).await, (1, 1));
    for answer in &answers {
        let status = answer.status.as_u16();
        assert!([200, 401, 403, 409].contains(&status), "{}", answer.text());
    }
    let changed = doc! { "company_id": a.id, "action": "users.set_role" };
    assert_eq!(app.count("audit_log", changed).await, 1);
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn the_count_of_admins_is_right_on_every_path() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let new =
        json!({ "email": "two@a.example", "name": "Two", "role": "company_admin", "password": PASSWORD });
    let made = a.admin.ask().post("/api/users", new).await.expect(201);
    let two = format!("/api/users/{}", made["id"].as_str().unwrap());
    assert_eq!(admins(&app, a.id).await, (2, 2));
    let steps: [(&str, Value, i64); 8] = [
        ("disable", json!({}), 1),
        ("disable", json!({}), 1),
        ("enable", json!({}), 2),
        ("set_role", role("client"), 1),
        ("disable", json!({}), 1),
        ("set_role", role("company_admin"), 1),
        ("enable", json!({}), 2),
        ("enable", json!({}), 2),
    ];
    for (step, body, expected) in steps {
        a.admin.ask().post(&format!("{two}/{step}"), body).await.expect(200);
        assert_eq!(admins(&app, a.id).await, (expected, expected as u64), "{step}");
    }
    a.admin.ask().delete(&two).await.expect(200);
    assert_eq!(admins(&app, a.id).await, (1, 1));
    a.admin.ask().post(&format!("{two}/restore"), json!({})).await.expect(200);
    assert_eq!(admins(&app, a.id).await, (2, 2));

    let root = app.superadmin().await;
    let inside = || root.ask().acting_in(a.id);
    inside().delete(&two).await.expect(200);
    for (step, body) in [("disable", json!({})), ("set_role", role("client"))] {
        inside().post(&action(&a.admin, step), body).await.refused(409, "last_admin");
    }
    inside().delete(&format!("/api/users/{}", a.admin.id.to_hex())).await.refused(409, "last_admin");
    assert_eq!(admins(&app, a.id).await, (1, 1));
    a.admin.ask().get("/auth/me").await.expect(200);
    app.finish().await;
}

#[tokio::test]
async fn the_last_operator_stays() {
    let app = TestApp::start().await;
    let (one, two) = (app.superadmin().await, app.superadmin().await);
    let act = |by: &Persona, whom: &Persona| {
        let (ask, path) = (by.ask(), action(whom, "disable"));
        async move { ask.post(&path, json!({})).await }
    };
    one.ask().post(&action(&one, "disable"), json!({})).await.refused(403, "forbidden");
    let all = (0..20_u32).map(|i| if i.is_multiple_of(2) { act(&one, &two) } else { act(&two, &one) });
    join_all(all).await;
    let live = doc! { "role": "superadmin", "status": "active" };
    assert_eq!(app.count("users", live).await, 1);
    let counter = app.stored("counters", doc! { "_id": "platform:superadmins" }).await.unwrap();
    assert_eq!(counter.get_i64("value").unwrap(), 1);
    app.finish().await;
}

#[tokio::test]
async fn the_first_operator_comes_from_the_command_line_once() {
    let app = TestApp::start().await;
    let make = async |email: &str, password: &str, another: bool| {
        let (db, passwords) = (app.app.db(), app.app.passwords());
        let made =
            stoa::services::users::create_superadmin(db, passwords, email, &password.into(), another, false)
                .await;
        made.map_err(|error| error.code().as_str())
    };
    assert_eq!(make("root", PASSWORD, false).await, Err("validation_failed"));
    assert_eq!(make("root@platform.example", "password", false).await, Err("validation_failed"));
    let first = make("Root@platform.example", PASSWORD, false).await.unwrap();
    assert_eq!(make("two@platform.example", PASSWORD, false).await, Err("conflict"));
    assert_eq!(make("root@platform.example", PASSWORD, true).await, Err("unique_violation"));
    let second = make("two@platform.example", PASSWORD, true).await.unwrap();
    let tokens = app.log_in_as("root@platform.example").await;
    assert_eq!(tokens.ask(&app).get("/api/users").await.expect(200)["total"], 2);
    let path = format!("/api/users/{}", second.to_hex());
    tokens.ask(&app).delete(&path).await.expect(200);
    let other = app.log_in_as("root@platform.example").await;
    let own = format!("/api/users/{}", first.to_hex());
    other.ask(&app).delete(&own).await.refused(403, "forbidden");
    assert_eq!(app.count("audit_log", doc! { "company_id": null, "action": "users.create" }).await, 2);
    app.finish().await;
}
