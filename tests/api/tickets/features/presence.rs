//! Who else has a ticket open.

use super::super::{department, id, path, plain, seen};
use crate::support::{Answer, Persona, Tenant, TestApp};
use bson::doc;
use serde_json::{Value, json};
use std::time::Duration;
use stoa::permissions::Role;

async fn here(who: &Persona, ticket: &Value, activity: &str) -> Answer {
    who.ask().put(&path(ticket, "/presence"), json!({ "activity": activity })).await
}

/// Who the others are and what they do.
fn others(answer: &Answer) -> Vec<(String, String)> {
    let body = answer.expect(200);
    let data = body["data"].as_array().unwrap();
    assert_eq!(body["total"], data.len());
    let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    data.iter().map(|one| (text(one, "user_id"), text(one, "activity"))).collect()
}

fn is(who: &Persona, activity: &str) -> (String, String) {
    (who.id.to_hex(), activity.to_owned())
}

async fn start() -> (TestApp, Tenant, Value) {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    (app, a, ticket)
}

#[tokio::test]
async fn two_agents_see_each_other_what_they_do_and_that_they_leave() {
    let (app, a, ticket) = start().await;
    let before = seen(&a.admin, &ticket).await;
    assert_eq!(others(&here(&a.admin, &ticket, "viewing").await), []);
    assert_eq!(others(&here(&a.manager, &ticket, "viewing").await), [is(&a.admin, "viewing")]);
    assert_eq!(others(&here(&a.admin, &ticket, "writing").await), [is(&a.manager, "viewing")]);
    let told = here(&a.manager, &ticket, "viewing").await;
    assert_eq!(others(&told), [is(&a.admin, "writing")]);
    let person = &told.json()["data"][0];
    assert_eq!(person["user_name"], a.admin.name);
    assert!(person["seen_at"].as_str().is_some_and(|time| time.ends_with('Z')));
    assert_eq!(person.as_object().unwrap().len(), 4, "{person}");
    // By number too, and apart from other tickets.
    let number = json!({ "activity": "viewing" });
    let by_number = format!("/api/tickets/{}/presence", ticket["number"]);
    assert_eq!(others(&a.manager.ask().put(&by_number, number).await), [is(&a.admin, "writing")]);
    assert_eq!(others(&here(&a.manager, &plain(&a.client).await, "viewing").await), []);
    let left = a.admin.ask().delete(&path(&ticket, "/presence")).await;
    assert_eq!(others(&left), [is(&a.manager, "viewing")]);
    assert_eq!(others(&here(&a.manager, &ticket, "viewing").await), []);
    assert_eq!(others(&a.admin.ask().delete(&path(&ticket, "/presence")).await), [is(&a.manager, "viewing")]);

    // One row a person, and no trace anywhere else.
    assert_eq!(app.count("ticket_presences", doc! { "company_id": a.id }).await, 2);
    assert_eq!(seen(&a.admin, &ticket).await, before);
    assert_eq!(app.count("audit_log", doc! { "actor_id": a.manager.id }).await, 0);
    assert_eq!(app.count("notifications", doc! { "actor_id": a.manager.id }).await, 0);
    app.finish().await;
}

#[tokio::test]
async fn who_is_silent_for_half_a_minute_has_gone() {
    let (app, a, ticket) = start().await;
    let other = app.sibling().await;
    here(&a.admin, &ticket, "writing").await.expect(200);
    app.clock.advance(Duration::from_secs(29));
    other.clock.advance(Duration::from_secs(29));
    let at_sibling = a.manager.ask_at(&other);
    let at = path(&ticket, "/presence");
    assert_eq!(
        others(&at_sibling.clone().put(&at, json!({ "activity": "viewing" })).await),
        [is(&a.admin, "writing")]
    );
    other.clock.advance(Duration::from_secs(2));
    assert_eq!(others(&at_sibling.put(&at, json!({ "activity": "viewing" })).await), []);
    // Speaking again brings back.
    app.clock.advance(Duration::from_secs(2));
    assert_eq!(others(&here(&a.admin, &ticket, "viewing").await), [is(&a.manager, "viewing")]);
    assert_eq!(app.count("ticket_presences", doc! { "company_id": a.id }).await, 2);
    other.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn only_staff_that_sees_the_ticket_is_told() {
    let (app, a, ticket) = start().await;
    let b = app.tenant("b").await;
    here(&a.admin, &ticket, "writing").await.expect(200);
    let refused = here(&a.client, &ticket, "viewing").await.refused(403, "forbidden");
    assert_eq!(refused["missing_capability"], "tickets.presence");
    a.client.ask().delete(&path(&ticket, "/presence")).await.refused(403, "forbidden");
    // Not of the department, of another company, without log-in; a ticket that is not there.
    here(&a.writer, &ticket, "viewing").await.refused(404, "not_found");
    a.writer.ask().delete(&path(&ticket, "/presence")).await.refused(404, "not_found");
    here(&b.admin, &ticket, "viewing").await.refused(404, "not_found");
    b.admin.ask().delete(&path(&ticket, "/presence")).await.refused(404, "not_found");
    app.anonymous().put(&path(&ticket, "/presence"), json!({ "activity": "viewing" })).await.expect(401);
    here(&a.admin, &json!({ "id": "000000000000000000000000" }), "viewing").await.refused(404, "not_found");
    here(&a.admin, &json!({ "id": "nothing" }), "viewing").await.refused(404, "not_found");
    assert_eq!(app.count("ticket_presences", doc! {}).await, 1);

    let queue = department(&app, &a.admin, json!({ "name": "Repairs" }), &[&a.writer]).await;
    let assign = json!({ "department_id": queue.to_hex() });
    a.admin.ask().post(&path(&ticket, "/assign"), assign).await.expect(200);
    assert_eq!(others(&here(&a.writer, &ticket, "viewing").await), [is(&a.admin, "writing")]);
    a.admin.ask().delete(&format!("/api/tickets/{}", id(&ticket))).await.expect(200);
    here(&a.writer, &ticket, "viewing").await.refused(404, "not_found");
    app.finish().await;
}

#[tokio::test]
async fn bodies_are_checked_and_keys_are_not_looked_at() {
    let (app, a, ticket) = start().await;
    let at = path(&ticket, "/presence");
    for wrong in [json!({}), json!({ "activity": "sleeping" }), json!({ "activity": null })] {
        a.admin.ask().put(&at, wrong).await.refused(422, "validation_failed");
    }
    let more = json!({ "activity": "viewing", "user_id": a.manager.id.to_hex() });
    a.admin.ask().put(&at, more).await.refused(422, "unknown_field");
    for activity in ["viewing", "writing"] {
        let keyed = a.admin.ask().with("idempotency-key", "the-same");
        let answer = keyed.put(&at, json!({ "activity": activity })).await;
        assert_eq!((answer.status.as_u16(), answer.header("idempotency-replayed")), (200, ""));
    }
    assert_eq!(app.count("idempotency_keys", doc! {}).await, 0);
    app.finish().await;
}

#[tokio::test]
async fn an_operator_is_shown_as_such_and_as_far_as_the_company_admits() {
    let (app, a, ticket) = start().await;
    let root = app.superadmin().await;
    let (at, body) = (path(&ticket, "/presence"), json!({ "activity": "viewing" }));
    root.ask().put(&at, body.clone()).await.refused(400, "company_required");
    here(&a.admin, &ticket, "viewing").await.expect(200);
    let there = root.ask().acting_in(a.id).put(&at, body.clone()).await;
    assert_eq!(others(&there), [is(&a.admin, "viewing")]);
    let told = here(&a.admin, &ticket, "viewing").await;
    assert_eq!(others(&told), [is(&root, "viewing")]);
    assert_eq!(told.json()["data"][0]["user_name"], "Operator");
    let silent = root.ask().with("x-company-id", a.id.to_hex());
    silent.put(&at, body.clone()).await.refused(400, "act_reason_required");
    app.alter("companies", doc! { "_id": a.id }, doc! { "$set": { "support_access": "read" } }).await;
    root.ask().acting_in(a.id).put(&at, body).await.refused(403, "support_access_denied");
    app.finish().await;
}

#[tokio::test]
async fn many_at_once_leave_one_row_each_and_fifty_are_shown() {
    let (app, a, ticket) = start().await;
    // The same person at the same moment, in many windows.
    let rush = (0..12).map(|_| here(&a.manager, &ticket, "viewing"));
    for answer in futures::future::join_all(rush).await {
        answer.expect(200);
    }
    assert_eq!(app.count("ticket_presences", doc! {}).await, 1);
    let row = app.stored("ticket_presences", doc! {}).await.unwrap();
    assert_eq!(row.get_object_id("company_id").unwrap(), a.id);
    assert_eq!(row.get_object_id("created_by").unwrap(), a.manager.id);
    assert!(row.get_i64("version").unwrap() >= 1 && row.get("deleted_at").is_some());
    let crowd = (0..60).map(|_| {
        let mut other = row.clone();
        other.extend(doc! { "_id": bson::oid::ObjectId::new(), "user_id": bson::oid::ObjectId::new() });
        other
    });
    let rows: Vec<_> = crowd.collect();
    app.raw.collection("ticket_presences").insert_many(rows).await.unwrap();
    let someone = a.person(&app, Role::ContentManager).await;
    assert_eq!(others(&here(&someone, &ticket, "viewing").await).len(), 50);
    app.finish().await;
}
