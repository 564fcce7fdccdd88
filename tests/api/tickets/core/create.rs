//! Filing tickets.

use super::super::{change, department, file, id, oid, path, plain, say};
use crate::support::{Persona, TestApp};
use bson::doc;
use serde_json::json;
use std::collections::BTreeSet;

#[tokio::test]
async fn a_client_files_a_ticket_for_itself() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let made =
        a.client.ask().post("/api/tickets", json!({ "subject": "Printer", "description": "No ink" })).await;
    let ticket = made.expect(201);
    assert_eq!(made.header("location"), path(&ticket, ""));
    assert_eq!(ticket["number"], 1);
    assert_eq!(ticket["reference"], "T-1");
    assert_eq!(ticket["status"], "new");
    assert_eq!(ticket["requester_id"], a.client.id.to_hex());
    assert_eq!(ticket["public_message_count"], 1);
    assert_eq!(ticket["last_message_preview"], "No ink");
    assert!(ticket.get("assignee_id").is_none(), "clients do not see who works on it");
    let messages = a.client.ask().get(&path(&ticket, "/messages")).await.expect(200);
    assert_eq!(messages["total"], 1);
    assert_eq!(messages["data"][0]["body"], "No ink");
    assert_eq!(messages["data"][0]["author_name"], a.client.name);
    app.finish().await;
}

#[tokio::test]
async fn two_hundred_filings_at_once_in_two_companies_have_distinct_numbers_from_one() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    // A busy machine may answer 503: a client then repeats the request with its key, which never files two.
    let file_one = |who: Persona, key: usize| async move {
        loop {
            let ask = who.ask().with("idempotency-key", format!("filing-{key}"));
            let answer = ask.post("/api/tickets", json!({ "subject": "x" })).await;
            if answer.status != 503 {
                break (who.email.clone(), answer.expect(201)["number"].as_i64().unwrap());
            }
        }
    };
    let all = (0..200).map(|n| {
        let who = if n % 2 == 0 { a.client.clone() } else { b.client.clone() };
        tokio::spawn(file_one(who, n))
    });
    let mut numbers = std::collections::BTreeMap::<String, BTreeSet<i64>>::new();
    for task in all.collect::<Vec<_>>() {
        let (who, number) = task.await.unwrap();
        assert!(numbers.entry(who).or_default().insert(number), "{number} twice");
    }
    for (who, numbers) in numbers {
        assert_eq!(numbers.len(), 100, "{who}");
        assert_eq!(numbers.first(), Some(&1), "{who}");
    }
    let listed = a.admin.ask().get("/api/tickets?per_page=1").await.expect(200);
    assert_eq!(listed["total"], 100, "the counter agrees");
    app.finish().await;
}

#[tokio::test]
async fn two_instances_share_one_sequence() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    let ask = |at: &TestApp| a.client.ask_at(at).post("/api/tickets", json!({ "subject": "x" }));
    let both = (0..10).flat_map(|_| [ask(&app), ask(&other)]);
    let numbers: BTreeSet<i64> = futures::future::join_all(both)
        .await
        .iter()
        .map(|answer| answer.expect(201)["number"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers.len(), 20);
    assert!(other.app.db().tripwire().misses().is_empty());
    app.finish().await;
}

#[tokio::test]
async fn one_idempotency_key_files_one_ticket_and_spends_one_number() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ask =
        || a.client.ask().with("idempotency-key", "k-1").post("/api/tickets", json!({ "subject": "x" }));
    let answers = futures::future::join_all((0..50).map(|_| ask())).await;
    let ids: BTreeSet<String> = answers.iter().map(|answer| id(&answer.expect(201)).to_owned()).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(plain(&a.client).await["number"], 2);
    let other =
        a.client.ask().with("idempotency-key", "k-1").post("/api/tickets", json!({ "subject": "y" })).await;
    other.refused(422, "idempotency_mismatch");
    app.finish().await;
}

#[tokio::test]
async fn a_refused_filing_spends_no_number_and_leaves_nothing() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    a.admin
        .ask()
        .post("/api/tickets", json!({ "subject": "x", "assignee_id": a.client.id.to_hex() }))
        .await
        .refused(422, "validation_failed");
    assert_eq!(plain(&a.client).await["number"], 1);
    app.finish().await;
}

#[tokio::test]
async fn clients_choose_the_priority_only_where_the_company_lets_them() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let urgent = json!({ "subject": "x", "priority": "urgent" });
    a.client.ask().post("/api/tickets", urgent.clone()).await.refused(422, "read_only_field");
    let now = bson::DateTime::now();
    let settings = doc! {
        "_id": a.id, "company_id": a.id, "ticket_prefix": "ACME", "auto_close_hours": 168_i64, "client_priority": true,
        "assignment_strategy": "manual", "assignment_pointer": null,
        "created_at": now, "updated_at": now, "version": 1_i64, "deleted_at": null,
    };
    app.raw.collection("settings").insert_one(settings).await.unwrap();
    let ticket = file(&a.client, urgent).await;
    assert_eq!(ticket["priority"], "urgent");
    assert_eq!(ticket["reference"], "ACME-1");
    for field in ["assignee_id", "department_id", "requester_id"] {
        let body = json!({ "subject": "x", field: a.admin.id.to_hex() });
        let refused = a.client.ask().post("/api/tickets", body).await;
        assert_eq!(refused.status, 422, "{field}: {}", refused.text());
    }
    app.finish().await;
}

#[tokio::test]
async fn staff_file_for_people_of_their_company_only() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let body = |who: &Persona| json!({ "subject": "x", "requester_id": who.id.to_hex() });
    let ticket = a.manager.ask().post("/api/tickets", body(&a.client)).await.expect(201);
    assert_eq!(ticket["requester_id"], a.client.id.to_hex());
    a.client.ask().get(&path(&ticket, "")).await.expect(200);
    let foreign =
        a.manager.ask().post("/api/tickets", body(&b.client)).await.refused(422, "reference_not_found");
    let random = json!({ "subject": "x", "requester_id": bson::oid::ObjectId::new().to_hex() });
    let missing = a.manager.ask().post("/api/tickets", random).await.refused(422, "reference_not_found");
    assert_eq!(foreign["errors"], missing["errors"], "another company's person does not exist");
    assert_eq!(plain(&a.manager).await["requester_id"], a.manager.id.to_hex());
    let root = app.superadmin().await;
    root.ask()
        .acting_in(a.id)
        .post("/api/tickets", json!({ "subject": "x" }))
        .await
        .refused(422, "validation_failed");
    let filed = root.ask().acting_in(a.id).post("/api/tickets", body(&a.client)).await.expect(201);
    assert_eq!(filed["company_id"], a.id.to_hex());
    app.finish().await;
}

#[tokio::test]
async fn staff_choose_among_the_first_statuses() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    for status in ["new", "open", "pending"] {
        let ticket = file(&a.writer, json!({ "subject": "x", "status": status })).await;
        assert_eq!(ticket["status"], status);
    }
    for status in ["on_hold", "solved", "closed"] {
        let body = json!({ "subject": "x", "status": status });
        a.writer.ask().post("/api/tickets", body).await.refused(422, "validation_failed");
    }
    let body = json!({ "subject": "x", "status": "open" });
    a.client.ask().post("/api/tickets", body).await.refused(422, "read_only_field");
    app.finish().await;
}

#[tokio::test]
async fn the_category_gives_department_and_priority() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let sales = department(&app, &a.admin, json!({ "name": "Sales" }), &[]).await;
    let category = json!({ "name": "Offers", "department_id": sales.to_hex(), "default_priority": "high" });
    let category = a.admin.ask().post("/api/categories", category).await.expect(201);
    let ticket = file(&a.client, json!({ "subject": "x", "category_id": id(&category) })).await;
    let inside = a.admin.ask().get(&path(&ticket, "")).await.expect(200);
    assert_eq!(inside["department_id"], sales.to_hex());
    assert_eq!(inside["priority"], "high");
    let body = json!({ "subject": "x", "category_id": id(&category), "priority": "low" });
    assert_eq!(file(&a.admin, body).await["priority"], "low");

    let hidden = a.admin.ask().post("/api/categories", json!({ "name": "Inside", "is_public": false })).await;
    let body = json!({ "subject": "x", "category_id": id(&hidden.expect(201)) });
    a.client.ask().post("/api/tickets", body).await.refused(422, "reference_not_found");
    let old = a.admin.ask().post("/api/categories", json!({ "name": "Old", "is_active": false })).await;
    let body = json!({ "subject": "x", "category_id": id(&old.expect(201)) });
    a.admin.ask().post("/api/tickets", body).await.refused(422, "validation_failed");
    app.finish().await;
}

#[tokio::test]
async fn no_ticket_is_filed_with_a_department_that_is_closed() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let sales = department(&app, &a.admin, json!({ "name": "Sales" }), &[]).await;
    let category = json!({ "name": "Offers", "department_id": sales.to_hex() });
    let category = a.admin.ask().post("/api/categories", category).await.expect(201);
    let inside = file(&a.admin, json!({ "subject": "x", "department_id": sales.to_hex() })).await;
    let message = say(&a.admin, &inside, "Another matter").await;
    change(&app, "departments", doc! { "_id": sales }, doc! { "$set": { "is_active": false } }).await;
    let named = json!({ "subject": "x", "department_id": sales.to_hex() });
    let refused = a.admin.ask().post("/api/tickets", named).await.refused(422, "validation_failed");
    assert!(refused["errors"]["department_id"].is_object());
    let usual = file(&a.admin, json!({ "subject": "x", "category_id": id(&category) })).await;
    assert_eq!(usual["department_id"], json!(null));
    let body = json!({ "message_ids": [id(&message)] });
    let made = a.manager.ask().post(&path(&inside, "/split"), body).await.expect(201);
    assert_eq!(made["department_id"], json!(null));
    app.finish().await;
}

#[tokio::test]
async fn an_external_id_is_used_once_and_the_other_ticket_is_named_to_those_who_see_it() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let other_client = a.person(&app, stoa::permissions::Role::Client).await;
    let body = json!({ "subject": "x", "external_id": "shop-7" });
    let first = file(&a.client, body.clone()).await;
    let again = a.client.ask().post("/api/tickets", body.clone()).await.refused(409, "duplicate_external_id");
    assert_eq!(again["id"], first["id"]);
    let blind =
        other_client.ask().post("/api/tickets", body.clone()).await.refused(409, "duplicate_external_id");
    assert!(blind.get("id").is_none());
    file(&b.client, body.clone()).await;
    let racing = json!({ "subject": "x", "external_id": "shop-8" });
    let at_once =
        futures::future::join_all((0..5).map(|_| a.client.ask().post("/api/tickets", racing.clone()))).await;
    assert_eq!(at_once.iter().filter(|answer| answer.status == 201).count(), 1);
    assert!(at_once.iter().all(|answer| answer.status == 201 || answer.status == 409));
    a.admin.ask().delete(&path(&first, "")).await.expect(200);
    a.client.ask().post("/api/tickets", body).await.refused(409, "duplicate_external_id");
    let kept = app.raw.collection::<bson::Document>("tickets");
    assert_eq!(kept.count_documents(doc! { "_id": oid(&first) }).await.unwrap(), 1);
    app.finish().await;
}
