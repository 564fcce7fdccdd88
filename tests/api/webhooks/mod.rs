//! Webhooks against a receiver on this machine: signatures, retries, order, rotation, replay, and who hears of what.

mod delivery;
mod failing;
mod order;
mod records;
mod signatures;

use crate::support::{Heard, Persona, Receiver, TestApp};
use serde_json::{Value, json};
use std::time::Duration;

/// Adds a webhook and gives its record with the secret.
pub async fn hook(admin: &Persona, receiver: &Receiver, members: Value) -> Value {
    let mut body = json!({ "name": "Hook", "url": receiver.url("/hook"), "events": ["ticket.created"] });
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    admin.ask().post("/api/webhooks", body).await.expect(201)
}

/// Files a ticket and gives its id.
pub async fn ticket(person: &Persona, subject: &str) -> String {
    let body = json!({ "subject": subject, "description": "The first words" });
    person.ask().post("/api/tickets", body).await.expect(201)["id"].as_str().unwrap().to_owned()
}

/// Writes to a ticket.
pub async fn message(person: &Persona, ticket: &str, kind: &str, text: &str) -> Value {
    let body = json!({ "kind": kind, "body": text });
    person.ask().post(&format!("/api/tickets/{ticket}/messages"), body).await.expect(201)
}

/// Lets everyone stay logged in for half a year.
pub async fn stay(app: &TestApp) {
    let later = app.clock.after(Duration::from_secs(180 * 86_400));
    let set = bson::doc! { "expires_at": later, "idle_expires_at": later };
    app.alter("sessions", bson::doc! {}, bson::doc! { "$set": set }).await;
}

/// Does all jobs that are due.
pub async fn work(app: &TestApp) {
    stoa::jobs::run_due(&app.app).await.expect("jobs");
}

/// Does all jobs that are due after some time.
pub async fn work_after(app: &TestApp, seconds: u64) {
    app.clock.advance(Duration::from_secs(seconds));
    work(app).await;
}

/// The deliveries of a webhook, oldest first.
pub async fn deliveries(admin: &Persona, hook: &Value) -> Vec<Value> {
    let path = format!("/api/webhooks/{}/deliveries?sort=created_at", hook["id"].as_str().unwrap());
    let answer = admin.ask().get(&path).await.expect(200);
    answer["data"].as_array().or(answer.as_array()).expect("a list").clone()
}

/// Types of events, in the order in which they came.
pub fn types(heard: &[Heard]) -> Vec<String> {
    heard.iter().map(|one| one.json()["type"].as_str().unwrap().to_owned()).collect()
}

/// Everything that the database holds, as text, by collection.
pub async fn dump(app: &TestApp) -> Vec<(String, String)> {
    use futures::TryStreamExt;
    let mut all = Vec::new();
    for name in app.raw.list_collection_names().await.expect("collections") {
        let rows = app.raw.collection::<bson::Document>(&name).find(bson::doc! {}).await.expect("rows");
        let rows: Vec<bson::Document> = rows.try_collect().await.expect("rows");
        all.push((name, format!("{rows:?}")));
    }
    all
}
