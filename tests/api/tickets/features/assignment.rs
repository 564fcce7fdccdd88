//! Giving tickets to people and departments, and taking them.

use super::super::{change, department, events_of, file, path, plain, say, seen, to_status};
use crate::support::{Answer, Persona, TestApp};
use bson::doc;
use serde_json::{Value, json};
use stoa::permissions::Role;

async fn assign(who: &Persona, ticket: &Value, body: Value) -> Answer {
    who.ask().post(&path(ticket, "/assign"), body).await
}

#[tokio::test]
async fn assigning_opens_a_new_ticket_and_can_be_taken_back() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let given = assign(&a.manager, &ticket, json!({ "assignee_id": "me" })).await.expect(200);
    assert_eq!(given["assignee_id"], a.manager.id.to_hex());
    assert_eq!(given["status"], "open");
    assert!(given["first_assigned_at"].is_string());
    let again =
        assign(&a.manager, &ticket, json!({ "assignee_id": a.manager.id.to_hex() })).await.expect(200);
    assert_eq!(again["version"], given["version"], "to the same person: no change");
    let freed = assign(&a.manager, &ticket, json!({ "assignee_id": null })).await.expect(200);
    assert_eq!((&freed["assignee_id"], &freed["status"]), (&json!(null), &json!("open")));
    assert_eq!(freed["first_assigned_at"], given["first_assigned_at"]);
    assert_eq!(
        events_of(&a.manager, &ticket).await,
        ["ticket.created", "ticket.assigned", "ticket.status_changed", "ticket.assigned"]
    );
    app.finish().await;
}

#[tokio::test]
async fn only_active_staff_of_the_company_and_department_are_given_tickets() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let sales = department(&app, &a.admin, json!({ "name": "Sales" }), &[]).await;
    let ticket = file(&a.manager, json!({ "subject": "x", "department_id": sales.to_hex() })).await;
    let to = |who: &Persona| json!({ "assignee_id": who.id.to_hex() });
    let foreign = assign(&a.manager, &ticket, to(&b.manager)).await.refused(422, "reference_not_found");
    let missing = json!({ "assignee_id": bson::oid::ObjectId::new().to_hex() });
    let missing = assign(&a.manager, &ticket, missing).await.refused(422, "reference_not_found");
    assert_eq!(foreign["errors"], missing["errors"]);
    assign(&a.manager, &ticket, to(&a.client)).await.refused(422, "validation_failed");
    assign(&a.manager, &ticket, to(&a.writer)).await.refused(422, "validation_failed");
    assign(&a.manager, &ticket, to(&a.admin)).await.expect(200);
    let gone = a.person(&app, Role::ContentManager).await;
    change(&app, "users", doc! { "_id": gone.id }, doc! { "$set": { "status": "disabled" } }).await;
    assign(&a.manager, &ticket, to(&gone)).await.refused(422, "validation_failed");
    assign(&a.manager, &ticket, json!({})).await.refused(422, "validation_failed");
    let foreign = department(&app, &b.admin, json!({ "name": "Sales" }), &[]).await;
    let foreign = json!({ "department_id": foreign.to_hex() });
    assign(&a.manager, &ticket, foreign).await.refused(422, "reference_not_found");
    assign(&a.client, &ticket, json!({ "assignee_id": "me" })).await.refused(403, "forbidden");
    assign(&b.admin, &ticket, json!({ "assignee_id": "me" })).await.refused(404, "not_found");
    app.finish().await;
}

#[tokio::test]
async fn a_ticket_that_comes_back_does_not_stay_with_someone_who_is_gone() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let gone = a.person(&app, Role::ContentWriter).await;
    let people = [&a.writer, &gone];
    let sales = department(&app, &a.admin, json!({ "name": "Sales" }), &people).await;
    let mut tickets = Vec::new();
    for _ in 0..4 {
        let ticket = plain(&a.client).await;
        let to = json!({ "assignee_id": gone.id.to_hex(), "department_id": sales.to_hex() });
        assign(&a.manager, &ticket, to).await.expect(200);
        to_status(&a.manager, &ticket, "solved").await;
        tickets.push(ticket);
    }
    say(&a.client, &tickets[3], "Once more").await;
    assert_eq!(seen(&a.manager, &tickets[3]).await["assignee_id"], gone.id.to_hex(), "still at work");
    change(&app, "users", doc! { "_id": gone.id }, doc! { "$set": { "status": "disabled" } }).await;
    app.raw.collection::<bson::Document>("notifications").delete_many(doc! {}).await.unwrap();
    say(&a.client, &tickets[0], "Once more").await;
    let told = a.writer.ask().get("/api/notifications").await.expect(200);
    assert_eq!((&told["total"], &told["data"][0]["kind"]), (&json!(1), &json!("message.added")));
    let deleted = doc! { "$set": { "status": "active", "deleted_at": bson::DateTime::now() } };
    change(&app, "users", doc! { "_id": gone.id }, deleted).await;
    to_status(&a.client, &tickets[1], "open").await;
    let comment = json!({ "status": "open", "comment": "Not at all" });
    a.client.ask().post(&path(&tickets[2], "/status"), comment).await.expect(200);
    for ticket in &tickets[..3] {
        let after = seen(&a.manager, ticket).await;
        assert_eq!((&after["status"], &after["assignee_id"]), (&json!("open"), &json!(null)));
        assert_eq!(after["department_id"], sales.to_hex());
    }
    app.finish().await;
}

#[tokio::test]
async fn writers_assign_within_their_departments() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let (colleague, other) =
        (a.person(&app, Role::ContentWriter).await, a.person(&app, Role::ContentWriter).await);
    let sales = department(&app, &a.admin, json!({ "name": "Sales" }), &[&a.writer, &colleague]).await;
    let care = department(&app, &a.admin, json!({ "name": "Care" }), &[&other]).await;
    let ticket = file(&a.manager, json!({ "subject": "x", "department_id": sales.to_hex() })).await;
    let to = |who: &Persona| json!({ "assignee_id": who.id.to_hex() });
    assign(&a.writer, &ticket, to(&colleague)).await.expect(200);
    assign(&a.writer, &ticket, to(&other)).await.refused(422, "validation_failed");
    assign(&a.writer, &ticket, to(&a.manager)).await.refused(403, "forbidden");
    let away = json!({ "department_id": care.to_hex() });
    let refused = assign(&a.writer, &ticket, away.clone()).await.refused(403, "forbidden");
    assert_eq!(refused["missing_capability"], "tickets.assign");
    // Handing over the last thing that let the writer see the ticket is allowed.
    change(&app, "sessions", doc! { "_id": a.writer.session }, doc! { "$set": { "ticket_scope": "own" } })
        .await;
    assign(&a.manager, &ticket, to(&a.writer)).await.expect(200);
    assign(&a.writer, &ticket, to(&colleague)).await.expect(200);
    a.writer.ask().get(&path(&ticket, "")).await.refused(404, "not_found");
    let moved = assign(&a.manager, &ticket, away).await.expect(200);
    assert_eq!(moved["assignee_id"], json!(null), "who does not work there does not keep it");
    app.finish().await;
}

#[tokio::test]
async fn of_many_who_take_a_ticket_one_gets_it_and_the_others_learn_who() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let mut people = vec![a.manager.clone(), a.admin.clone()];
    for _ in 0..6 {
        people.push(a.person(&app, Role::ContentManager).await);
    }
    let target = path(&ticket, "/take");
    let asks = people
        .iter()
        .enumerate()
        .map(|(n, who)| who.ask_at(if n % 2 == 0 { &app } else { &other }).post(&target, json!({})));
    let answers = futures::future::join_all(asks).await;
    let winner = seen(&a.manager, &ticket).await["assignee_id"].clone();
    let name = &people.iter().find(|who| winner == who.id.to_hex()).unwrap().name;
    for (who, answer) in people.iter().zip(&answers) {
        if winner == who.id.to_hex() {
            assert_eq!(answer.expect(200)["assignee_id"], winner);
        } else {
            let refused = answer.refused(409, "already_assigned");
            assert_eq!((&refused["assignee_id"], &refused["assignee_name"]), (&winner, &json!(name)));
        }
    }
    let holder = people.iter().find(|who| winner == who.id.to_hex()).unwrap();
    holder.ask().post(&target, json!({})).await.expect(200);
    a.client.ask().post(&target, json!({})).await.refused(403, "forbidden");
    assert_eq!(
        events_of(&a.admin, &ticket).await.iter().filter(|kind| *kind == "ticket.assigned").count(),
        1
    );
    app.finish().await;
}
