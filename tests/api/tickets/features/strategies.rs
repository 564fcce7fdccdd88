//! Automatic assignment: in turn, by load, by skill; away and full people are passed over.

use super::super::{change, department, events_of, file, id, path, plain, to_status};
use crate::support::{Persona, Tenant, TestApp};
use bson::{doc, oid::ObjectId};
use serde_json::{Value, json};
use std::time::Duration;
use stoa::permissions::Role;

async fn writers(app: &TestApp, tenant: &Tenant, count: usize) -> Vec<Persona> {
    let mut people = Vec::new();
    for _ in 0..count {
        people.push(tenant.person(app, Role::ContentWriter).await);
    }
    people
}

async fn filed(a: &Tenant, department: ObjectId, more: Value) -> Value {
    let mut body = json!({ "subject": "x", "department_id": department.to_hex() });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    file(&a.manager, body).await
}

fn holder(people: &[Persona], ticket: &Value) -> Option<usize> {
    people.iter().position(|who| ticket["assignee_id"] == who.id.to_hex())
}

#[tokio::test]
async fn in_turn_everyone_gets_one_after_the_other() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let people = writers(&app, &a, 3).await;
    let team: Vec<_> = people.iter().collect();
    let fields = json!({ "name": "Sales", "assignment_strategy": "round_robin" });
    let sales = department(&app, &a.admin, fields, &team).await;
    let asks = (0..9).map(|_| filed(&a, sales, json!({})));
    let tickets = futures::future::join_all(asks).await;
    for person in 0..3 {
        let got = tickets.iter().filter(|ticket| holder(&people, ticket) == Some(person)).count();
        assert_eq!(got, 3, "person {person}");
    }
    assert_eq!(tickets[0]["status"], "open");
    assert_eq!(events_of(&a.manager, &tickets[0]).await, ["ticket.created", "ticket.assigned"]);
    assert_eq!(events_of(&people[holder(&people, &tickets[0]).unwrap()], &tickets[0]).await.len(), 2);
    let named = filed(&a, sales, json!({ "assignee_id": people[1].id.to_hex() })).await;
    assert_eq!(holder(&people, &named), Some(1), "who is named gets it");
    app.finish().await;
}

#[tokio::test]
async fn away_disabled_and_full_people_are_passed_over_and_nobody_is_told() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let people = writers(&app, &a, 3).await;
    let team: Vec<_> = people.iter().collect();
    let fields = json!({ "name": "Sales", "assignment_strategy": "round_robin" });
    let sales = department(&app, &a.admin, fields, &team).await;
    let set = |who: &Persona, fields: bson::Document| {
        change(&app, "users", doc! { "_id": who.id }, doc! { "$set": fields })
    };
    let (from, to) = (app.clock.now(), app.clock.after(Duration::from_secs(3600)));
    set(&people[0], doc! { "out_of_office": { "from": from, "to": to } }).await;
    set(&people[1], doc! { "status": "disabled" }).await;
    set(&people[2], doc! { "capacity": 1_i64 }).await;
    let first = filed(&a, sales, json!({})).await;
    assert_eq!(holder(&people, &first), Some(2));
    let second = filed(&a, sales, json!({})).await;
    assert_eq!((&second["assignee_id"], &second["status"]), (&json!(null), &json!("new")));
    assert_eq!(events_of(&a.manager, &second).await, ["ticket.created", "ticket.unassignable"]);
    to_status(&a.manager, &first, "solved").await;
    assert_eq!(holder(&people, &filed(&a, sales, json!({})).await), Some(2), "room again");
    app.clock.advance(Duration::from_secs(3601));
    assert_eq!(holder(&people, &filed(&a, sales, json!({})).await), Some(0), "back again");
    app.finish().await;
}

#[tokio::test]
async fn capacity_holds_when_two_instances_assign_at_once() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    let people = writers(&app, &a, 2).await;
    let team: Vec<_> = people.iter().collect();
    let fields = json!({ "name": "Sales", "assignment_strategy": "least_open" });
    let sales = department(&app, &a.admin, fields, &team).await;
    for who in &people {
        change(&app, "users", doc! { "_id": who.id }, doc! { "$set": { "capacity": 3_i64 } }).await;
    }
    let body = json!({ "subject": "x", "department_id": sales.to_hex() });
    let asks = (0..12)
        .map(|n| a.manager.ask_at(if n % 2 == 0 { &app } else { &other }).post("/api/tickets", body.clone()));
    let tickets: Vec<_> =
        futures::future::join_all(asks).await.iter().map(|answer| answer.expect(201)).collect();
    for person in 0..2 {
        let got = tickets.iter().filter(|ticket| holder(&people, ticket) == Some(person)).count();
        assert_eq!(got, 3, "person {person}");
    }
    app.finish().await;
}

#[tokio::test]
async fn the_least_busy_and_the_skilled_get_it() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let people = writers(&app, &a, 3).await;
    let team: Vec<_> = people.iter().collect();
    let least = json!({ "name": "Sales", "assignment_strategy": "least_open" });
    let least = department(&app, &a.admin, least, &team).await;
    for _ in 0..2 {
        filed(&a, least, json!({ "assignee_id": people[0].id.to_hex() })).await;
    }
    filed(&a, least, json!({ "assignee_id": people[1].id.to_hex() })).await;
    assert_eq!(holder(&people, &filed(&a, least, json!({})).await), Some(2));
    let skill = json!({ "name": "Care", "assignment_strategy": "skill" });
    let skill = department(&app, &a.admin, skill, &team).await;
    change(&app, "users", doc! { "_id": people[0].id }, doc! { "$set": { "skills": ["French"] } }).await;
    let category = |name: &str, skill: &str| {
        let ask = a.admin.ask();
        let body = json!({ "name": name, "skill": skill });
        async move { ask.post("/api/categories", body).await.expect(201) }
    };
    let (french, dutch) = (category("Paris", "french").await, category("Delft", "dutch").await);
    let ticket = filed(&a, skill, json!({ "category_id": id(&french) })).await;
    assert_eq!(holder(&people, &ticket), Some(0), "though others have less to do");
    let ticket = filed(&a, skill, json!({ "category_id": id(&dutch) })).await;
    assert_eq!(ticket["assignee_id"], json!(null));
    app.finish().await;
}

#[tokio::test]
async fn moving_a_ticket_to_a_department_assigns_it_there() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let people = writers(&app, &a, 2).await;
    let turns = json!({ "name": "Sales", "assignment_strategy": "round_robin" });
    let sales = department(&app, &a.admin, turns, &[&people[0]]).await;
    let care = department(&app, &a.admin, json!({ "name": "Care" }), &[&people[1]]).await;
    let empty = json!({ "name": "Empty", "assignment_strategy": "round_robin" });
    let empty = department(&app, &a.admin, empty, &[]).await;
    let ticket = plain(&a.client).await;
    let to = |department: ObjectId| {
        let (ask, path) = (a.manager.ask(), path(&ticket, "/assign"));
        async move { ask.post(&path, json!({ "department_id": department.to_hex() })).await.expect(200) }
    };
    assert_eq!(holder(&people, &to(sales).await), Some(0));
    assert_eq!(to(care).await["assignee_id"], json!(null), "by hand there");
    assert_eq!(to(empty).await["assignee_id"], json!(null));
    assert_eq!(events_of(&a.manager, &ticket).await.last().unwrap(), "ticket.unassignable");
    assert_eq!(holder(&people, &to(sales).await), Some(0));
    app.finish().await;
}
