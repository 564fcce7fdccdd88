//! What becomes due by itself.

use super::{events_of, path, plain, seen, to_status};
use crate::support::TestApp;
use bson::doc;
use serde_json::json;
use std::time::Duration;
use stoa::services::tickets::{Swept, sweep};

const HOUR: Duration = Duration::from_secs(3600);

fn in_hours(app: &TestApp, hours: u32) -> String {
    stoa::schema::format_time(app.clock.after(HOUR * hours))
}

#[tokio::test]
async fn a_sleeping_ticket_wakes_once_however_many_sweep() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let (mine, theirs) = (plain(&a.client).await, plain(&b.client).await);
    for (who, ticket) in [(&a.manager, &mine), (&b.manager, &theirs)] {
        let body = json!({ "status": "pending", "wake_at": in_hours(&app, 1) });
        who.ask().post(&path(ticket, "/status"), body).await.expect(200);
    }
    assert_eq!(sweep(app.app.db()).await.unwrap(), Swept::default());
    app.clock.advance(HOUR);
    other.clock.advance(HOUR);
    let (one, two) = futures::join!(sweep(app.app.db()), sweep(other.app.db()));
    assert_eq!(one.unwrap().woken + two.unwrap().woken, 2);
    assert_eq!(sweep(app.app.db()).await.unwrap(), Swept::default());
    for (who, ticket) in [(&a.manager, &mine), (&b.manager, &theirs)] {
        let after = seen(who, ticket).await;
        assert_eq!((&after["status"], &after["wake_at"]), (&json!("open"), &json!(null)));
        assert_eq!(after["updated_by"], json!(null));
        let steps = ["ticket.created", "ticket.status_changed", "ticket.status_changed"];
        assert_eq!(events_of(who, ticket).await, steps);
    }
    assert!(other.app.db().tripwire().misses().is_empty());
    app.finish().await;
}

#[tokio::test]
async fn a_ticket_that_moved_on_does_not_wake() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let body = json!({ "status": "on_hold", "wake_at": in_hours(&app, 1) });
    a.manager.ask().post(&path(&ticket, "/status"), body).await.expect(200);
    to_status(&a.manager, &ticket, "solved").await;
    app.clock.advance(HOUR * 2);
    assert_eq!(sweep(app.app.db()).await.unwrap().woken, 0);
    assert_eq!(seen(&a.manager, &ticket).await["status"], "solved");
    app.finish().await;
}

#[tokio::test]
async fn solved_tickets_close_after_the_hours_of_their_company() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let now = app.clock.now();
    let settings = doc! {
        "_id": b.id, "company_id": b.id, "ticket_prefix": "B", "auto_close_hours": 2_i64, "client_priority": false,
        "assignment_strategy": "manual", "assignment_pointer": null,
        "created_at": now, "updated_at": now, "version": 1_i64, "deleted_at": null,
    };
    app.raw.collection("settings").insert_one(settings).await.unwrap();
    let (usual, quick, reopened) = (plain(&a.client).await, plain(&b.client).await, plain(&b.client).await);
    to_status(&a.manager, &usual, "solved").await;
    to_status(&b.manager, &quick, "solved").await;
    to_status(&b.manager, &reopened, "solved").await;
    app.clock.advance(HOUR * 2);
    to_status(&b.client, &reopened, "open").await;
    assert_eq!(sweep(app.app.db()).await.unwrap(), Swept { woken: 0, closed: 1 });
    assert_eq!(seen(&b.client, &quick).await["status"], "closed");
    assert_eq!(seen(&b.client, &reopened).await["status"], "open", "who reopens wins");
    assert_eq!(seen(&a.client, &usual).await["status"], "solved");
    to_status(&b.manager, &reopened, "solved").await;
    assert_eq!(sweep(app.app.db()).await.unwrap().closed, 0, "the time begins anew");
    app.clock.advance(HOUR * 166);
    assert_eq!(sweep(app.app.db()).await.unwrap().closed, 2);
    let closed = doc! { "status": "closed", "closed_at": { "$type": "date" } };
    let count = app.raw.collection::<bson::Document>("tickets").count_documents(closed).await.unwrap();
    assert_eq!(count, 3);
    app.finish().await;
}
