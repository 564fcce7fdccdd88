//! Tickets through HTTP: filing, conversation, status, assignment, merging, search and what becomes due.

mod core;
mod events;
mod features;
mod long_messages;
mod messages;
mod messages_changed;
mod privacy;
mod redaction;
mod search;
mod sweep;

use crate::support::{Persona, TestApp};
use bson::{Document, doc, oid::ObjectId};
use serde_json::{Value, json};

/// Files a ticket and returns it.
async fn file(who: &Persona, body: Value) -> Value {
    who.ask().post("/api/tickets", body).await.expect(201)
}

/// Files a ticket of which only the subject matters.
async fn plain(who: &Persona) -> Value {
    file(who, json!({ "subject": "Printer", "description": "It does not print." })).await
}

fn id(record: &Value) -> &str {
    record["id"].as_str().unwrap()
}

fn path(ticket: &Value, rest: &str) -> String {
    format!("/api/tickets/{}{rest}", id(ticket))
}

/// The ticket as `who` sees it now.
async fn seen(who: &Persona, ticket: &Value) -> Value {
    who.ask().get(&path(ticket, "")).await.expect(200)
}

/// Moves a ticket to a status.
async fn to_status(who: &Persona, ticket: &Value, status: &str) -> Value {
    who.ask().post(&path(ticket, "/status"), json!({ "status": status })).await.expect(200)
}

/// Writes a public reply.
async fn say(who: &Persona, ticket: &Value, body: &str) -> Value {
    who.ask().post(&path(ticket, "/messages"), json!({ "body": body })).await.expect(201)
}

/// Writes a private note.
async fn note(who: &Persona, ticket: &Value, body: &str) -> Value {
    let note = json!({ "body": body, "kind": "private_note" });
    who.ask().post(&path(ticket, "/messages"), note).await.expect(201)
}

/// A department with the given people in it.
async fn department(app: &TestApp, admin: &Persona, fields: Value, people: &[&Persona]) -> ObjectId {
    let made = admin.ask().post("/api/departments", fields).await.expect(201);
    let department = ObjectId::parse_str(id(&made)).unwrap();
    for person in people {
        let add = doc! { "$addToSet": { "department_ids": department } };
        change(app, "users", doc! { "_id": person.id }, add.clone()).await;
        change(app, "sessions", doc! { "_id": person.session }, add).await;
    }
    department
}

/// Changes what is stored, past all rules.
async fn change(app: &TestApp, collection: &str, filter: Document, update: Document) {
    let done = app.raw.collection::<Document>(collection).update_many(filter, update).await.unwrap();
    assert!(done.matched_count > 0, "nothing to change in {collection}");
}

fn oid(record: &Value) -> ObjectId {
    ObjectId::parse_str(id(record)).unwrap()
}

/// Kinds of the events that `who` sees, oldest first.
async fn events_of(who: &Persona, ticket: &Value) -> Vec<String> {
    let list = who.ask().get(&path(ticket, "/events")).await.expect(200);
    list["data"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
}
