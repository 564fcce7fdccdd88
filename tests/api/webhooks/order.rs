//! Order of a ticket's events, and many workers at once.

use super::{deliveries, hook, message, ticket, types, work, work_after};
use crate::support::{Receiver, Served, TestApp};
use serde_json::json;
use std::collections::BTreeMap;
use stoa::jobs::run_one;

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
        app.clock.advance(std::time::Duration::from_secs(15));
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
