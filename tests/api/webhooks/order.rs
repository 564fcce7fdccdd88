//! Order of a ticket's events, and many workers at once.

use super::{deliveries, hook, message, ticket, types, work, work_after};
use crate::support::{Receiver, Served, TestApp};
use bson::doc;
use serde_json::json;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use stoa::config::JobsSettings;
use stoa::jobs::{Workers, run_one};
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn the_events_of_a_ticket_wait_for_each_other_and_those_of_others_do_not() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    hook(&tenant.admin, &receiver, json!({ "events": ["ticket.created", "message.added"] })).await;
    receiver.serve([Served::status(500)]);
    let first = ticket(&tenant.client, "First").await;
    for text in ["one", "two"] {
        message(&tenant.client, &first, "public_reply", text).await;
    }
    work(&app).await;
    assert_eq!(receiver.taken().len(), 1, "the filing failed: what came after it waits");
    ticket(&tenant.client, "Second").await;
    work(&app).await;
    let heard = receiver.taken();
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].json()["data"]["ticket"]["subject"], "Second", "another ticket does not wait");
    work_after(&app, 12).await;
    let heard = receiver.taken();
    assert_eq!(types(&heard), ["ticket.created", "message.added", "message.added"]);
    assert_eq!(heard[1].json()["data"]["message"]["body"], "one");
    assert_eq!(heard[2].json()["data"]["message"]["body"], "two");
    app.finish().await;
}

#[tokio::test]
async fn an_event_that_is_given_up_holds_nobody_up() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({ "events": ["ticket.created", "message.added"] })).await;
    receiver.serve([Served::status(400)]);
    let id = ticket(&tenant.client, "First").await;
    message(&tenant.client, &id, "public_reply", "one").await;
    work(&app).await;
    assert_eq!(types(&receiver.taken()), ["ticket.created", "message.added"]);
    let states: Vec<_> =
        deliveries(&tenant.admin, &made).await.iter().map(|one| one["state"].clone()).collect();
    assert_eq!(states, ["failed", "delivered"], "other answers of 400 to 499 are final");
    app.finish().await;
}

#[tokio::test]
async fn an_event_whose_job_is_cancelled_or_lost_for_good_holds_nobody_up() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({ "events": ["ticket.created", "message.added"] })).await;
    let states = async || {
        let all = deliveries(&tenant.admin, &made).await;
        all.iter().map(|one| one["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let first_job = async || {
        let jobs = tenant
            .admin
            .ask()
            .get("/api/jobs?filter=%7B%22kind%22:%22webhooks.deliver%22,%22state%22:%22ready%22%7D");
        jobs.await.expect(200)["data"][0]["id"].as_str().unwrap().to_owned()
    };
    let id = ticket(&tenant.client, "First").await;
    message(&tenant.client, &id, "public_reply", "one").await;
    message(&tenant.client, &id, "public_reply", "two").await;
    let job = first_job().await;
    tenant.admin.ask().post(&format!("/api/jobs/{job}/cancel"), json!({})).await.expect(200);
    assert_eq!(states().await, ["cancelled", "pending", "pending"]);
    // The next one kills whoever does it, until it has no attempt left.
    let job = bson::oid::ObjectId::parse_str(first_job().await).unwrap();
    let lost = doc! {
        "state": "leased", "lease_owner": "gone", "lease_until": bson::DateTime::from_millis(0), "attempt": 10_i64,
        "fence": 10_i64,
    };
    app.alter("jobs", doc! { "_id": job }, doc! { "$set": lost }).await;
    let settings = JobsSettings { poll_min_ms: 20, poll_max_ms: 200, ..JobsSettings::default() };
    let workers = Workers::start(&app.app, &settings, "test");
    let deadline = Instant::now() + Duration::from_secs(60);
    while receiver.count() == 0 {
        assert!(Instant::now() < deadline, "the last event waits for the lost one");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    workers.end(CancellationToken::new()).await;
    assert_eq!(states().await, ["cancelled", "failed", "delivered"]);
    assert_eq!(receiver.taken()[0].json()["data"]["message"]["body"], "two");
    app.finish().await;
}

#[tokio::test]
async fn twenty_workers_deliver_each_event_once_and_each_ticket_in_order() {
    let app = TestApp::start().await;
    let (tenant, receiver) = (app.tenant("acme").await, Receiver::start().await);
    let made = hook(&tenant.admin, &receiver, json!({ "events": ["ticket.created", "message.added"] })).await;
    for n in 0..6 {
        let id = ticket(&tenant.client, &format!("Ticket {n}")).await;
        for text in ["1", "2", "3", "4"] {
            message(&tenant.client, &id, "public_reply", text).await;
        }
    }
    // Some answers are lost on the way: those events come a second time, and the others only once.
    let answers = (0..10).map(|n| Served::status(if n % 3 == 0 { 503 } else { 200 }));
    receiver.serve(answers.collect::<Vec<_>>());
    let refused = 4;
    for _ in 0..2 {
        let worker = || async { while run_one(&app.app).await.expect("a job") {} };
        futures::future::join_all((0..20).map(|_| worker())).await;
        app.clock.advance(Duration::from_secs(15));
    }
    work(&app).await;
    let heard = receiver.taken();
    assert_eq!(heard.len(), 30 + refused, "once for each success, once for each failure");
    let mut order: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in &heard {
        let told = one.json();
        let ticket = told["data"]["ticket"]["id"].as_str().unwrap().to_owned();
        let text = match told["type"].as_str() {
            Some("ticket.created") => "0".to_owned(),
            _ => told["data"]["message"]["body"].as_str().unwrap().to_owned(),
        };
        let seen = order.entry(ticket).or_default();
        if seen.last() != Some(&text) {
            seen.push(text);
        }
    }
    assert_eq!(order.len(), 6);
    for seen in order.values() {
        assert_eq!(seen, &["0", "1", "2", "3", "4"]);
    }
    let all = deliveries(&tenant.admin, &made).await;
    assert!(all.iter().all(|one| one["state"] == "delivered"), "{all:?}");
    app.finish().await;
}
