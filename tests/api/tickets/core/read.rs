//! Reading tickets.

use super::super::{change, department, file, id, path, plain, to_status};
use crate::support::TestApp;
use bson::doc;
use serde_json::json;
use stoa::permissions::Role;

#[tokio::test]
async fn a_ticket_is_found_by_id_and_by_number_in_its_own_company() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let ticket = plain(&a.client).await;
    assert_eq!(a.admin.ask().get("/api/tickets/1").await.expect(200)["id"], ticket["id"]);
    b.admin.ask().get("/api/tickets/1").await.refused(404, "not_found");
    b.admin.ask().get(&path(&ticket, "")).await.refused(404, "not_found");
    for wrong in ["0", "-1", "99", "x", "99999999999999999999", "5f0000000000000000000000"] {
        a.admin.ask().get(&format!("/api/tickets/{wrong}")).await.refused(404, "not_found");
    }
    app.finish().await;
}

#[tokio::test]
async fn each_role_sees_its_tickets() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let stranger = a.person(&app, Role::Client).await;
    let sales = department(&app, &a.admin, json!({ "name": "Sales" }), &[&a.writer]).await;
    let mine = plain(&a.client).await;
    let copied =
        json!({ "subject": "x", "requester_id": stranger.id.to_hex(), "cc_ids": [a.client.id.to_hex()] });
    let copied = file(&a.manager, copied).await;
    let theirs = plain(&stranger).await;
    let queue = file(&a.manager, json!({ "subject": "x", "department_id": sales.to_hex() })).await;
    let count = |who: &crate::support::Persona| {
        let ask = who.ask();
        async move { ask.get("/api/tickets").await.expect(200)["total"].as_i64().unwrap() }
    };
    assert_eq!(count(&a.client).await, 2);
    assert_eq!(count(&a.manager).await, 4);
    assert_eq!(count(&a.writer).await, 1, "the queue of the own department");
    for hidden in [&theirs, &queue] {
        a.client.ask().get(&path(hidden, "")).await.refused(404, "not_found");
    }
    for hidden in [&mine, &copied] {
        a.writer.ask().get(&path(hidden, "")).await.refused(404, "not_found");
    }
    change(&app, "sessions", doc! { "_id": a.writer.session }, doc! { "$set": { "ticket_scope": "own" } })
        .await;
    assert_eq!(count(&a.writer).await, 0);
    a.manager
        .ask()
        .post(&path(&mine, "/followers"), json!({ "user_id": a.writer.id.to_hex() }))
        .await
        .expect(200);
    assert_eq!(count(&a.writer).await, 1, "followed");
    change(&app, "sessions", doc! { "_id": a.writer.session }, doc! { "$set": { "ticket_scope": "all" } })
        .await;
    assert_eq!(count(&a.writer).await, 4);
    app.finish().await;
}

#[tokio::test]
async fn lists_filter_by_me_status_and_people_and_hide_the_archive() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mine = file(&a.manager, json!({ "subject": "x", "assignee_id": a.manager.id.to_hex() })).await;
    let other = plain(&a.client).await;
    let total = |filter: serde_json::Value| {
        let ask = a.manager.ask();
        async move {
            let filter = form_urlencoded::byte_serialize(filter.to_string().as_bytes()).collect::<String>();
            ask.get(&format!("/api/tickets?filter={filter}")).await.expect(200)
        }
    };
    assert_eq!(total(json!({ "assignee_id": "me" })).await["data"][0]["id"], mine["id"]);
    assert_eq!(total(json!({ "assignee_id": null })).await["data"][0]["id"], other["id"]);
    assert_eq!(total(json!({ "requester_id": a.client.id.to_hex() })).await["total"], 1);
    assert_eq!(total(json!({ "status": "open" })).await["data"][0]["id"], mine["id"]);
    assert_eq!(total(json!({ "status_in": ["open", "new"] })).await["total"], 2);
    assert_eq!(total(json!({ "number_gte": 2 })).await["total"], 1);
    to_status(&a.manager, &mine, "solved").await;
    a.manager.ask().post(&path(&mine, "/archive"), json!({})).await.expect(200);
    assert_eq!(total(json!({})).await["total"], 1);
    assert_eq!(total(json!({ "archived": true })).await["data"][0]["id"], mine["id"]);
    let many =
        a.manager.ask().get(&format!("/api/tickets?ids={},{}", id(&mine), id(&other))).await.expect(200);
    assert_eq!(many["total"], 2, "asked for by id, archived ones are there");
    a.client
        .ask()
        .get("/api/tickets?filter=%7B%22assignee_id%22%3A%22me%22%7D")
        .await
        .refused(422, "filter_not_allowed");
    app.finish().await;
}

#[tokio::test]
async fn counters_agree_with_the_stored_tickets_whatever_happens() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mut tickets = Vec::new();
    for _ in 0..6 {
        tickets.push(plain(&a.client).await);
    }
    to_status(&a.manager, &tickets[0], "solved").await;
    a.manager.ask().post(&path(&tickets[0], "/archive"), json!({})).await.expect(200);
    to_status(&a.manager, &tickets[1], "pending").await;
    a.manager.ask().delete(&path(&tickets[2], "")).await.expect(200);
    a.manager.ask().delete(&path(&tickets[3], "")).await.expect(200);
    a.manager.ask().post(&path(&tickets[3], "/restore"), json!({})).await.expect(200);
    a.manager.ask().post(&path(&tickets[4], "/spam"), json!({})).await.expect(200);
    let merge = json!({ "source_ids": [id(&tickets[5])] });
    a.manager.ask().post(&path(&tickets[3], "/merge"), merge).await.expect(200);
    let stored = app.raw.collection::<bson::Document>("tickets");
    for status in ["new", "open", "pending", "solved", "closed"] {
        let live = doc! { "company_id": a.id, "deleted_at": null, "archived": false, "status": status };
        let count = stored.count_documents(live).await.unwrap();
        // One row a page: the total must then come from the counter, not from the page.
        let list = format!("/api/tickets?per_page=1&filter=%7B%22status%22%3A%22{status}%22%7D");
        assert_eq!(a.manager.ask().get(&list).await.expect(200)["total"], count, "{status}");
        let counted = app.raw.collection::<bson::Document>("counters");
        let pattern = format!("^{}:tickets:status:{status}:", a.id.to_hex());
        let mut sum = 0;
        let mut cursor = counted.find(doc! { "_id": { "$regex": pattern } }).await.unwrap();
        while cursor.advance().await.unwrap() {
            sum += cursor.current().get_i64("value").unwrap();
        }
        assert_eq!(u64::try_from(sum).unwrap(), count, "{status}");
    }
    app.finish().await;
}
