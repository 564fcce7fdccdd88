//! Word search over tickets and messages.

use super::{department, file, id, note, path, plain, say, to_status};
use crate::support::{Persona, Tenant, TestApp};
use bson::{DateTime, Document, doc, oid::ObjectId};
use serde_json::json;
use stoa::permissions::Role;

/// As many tickets about the same thing, straight in the database.
async fn many(app: &TestApp, a: &Tenant, count: i64) {
    let now = DateTime::now();
    let ticket = |number: i64| {
        doc! {
            "_id": ObjectId::new(), "company_id": a.id, "number": number, "reference": format!("T-{number}"),
            "subject": "regatta", "description": null, "status": "new", "priority": "normal", "kind": "question",
            "channel": "web", "requester_id": a.client.id, "cc_ids": [], "assignee_id": null,
            "department_id": null, "category_id": null, "tag_ids": [], "follower_ids": [], "muted_ids": [],
            "external_id": null, "wake_at": null, "is_spam": false, "archived": false, "archived_at": null,
            "merged_into": null, "follow_up_of": null, "split_from": null, "message_count": 0_i64,
            "public_message_count": 0_i64, "event_count": 0_i64, "reopen_count": 0_i64, "created_at": now,
            "created_by": null, "updated_at": now, "updated_by": null, "version": 1_i64, "deleted_at": null,
        }
    };
    let tickets: Vec<Document> = (1..=count).map(ticket).collect();
    app.raw.collection::<Document>("tickets").insert_many(&tickets).await.unwrap();
}

#[tokio::test]
async fn of_very_many_hits_the_newest_are_shown_and_the_total_says_so() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    many(&app, &a, 1003).await;
    for who in [&a.manager, &a.client] {
        let newest = who.ask().get("/api/tickets?q=regatta&sort=-number&per_page=2").await.expect(200);
        assert_eq!(
            (&newest["data"][0]["number"], &newest["data"][1]["number"]),
            (&json!(1003), &json!(1002))
        );
        assert_eq!(newest["meta"], json!({ "total_exact": false, "total_min": 1000 }));
        let oldest = who.ask().get("/api/tickets?q=regatta&sort=number&per_page=2").await.expect(200);
        assert_eq!(oldest["data"][0]["number"], 4);
        let few = who.ask().get("/api/tickets?q=T-1003&per_page=2").await.expect(200);
        assert_eq!((&few["total"], &few["meta"]["total_exact"]), (&json!(1), &json!(true)));
    }
    let legacy = a.manager.ask().get("/api/tickets?q=regatta&skip=0&limit=2").await.expect(200);
    assert_eq!(legacy["total"], 1000, "clients that cannot do without get the number that can be paged");
    app.finish().await;
}

async fn found(who: &Persona, words: &str) -> Vec<String> {
    let words = form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>();
    let list = who.ask().get(&format!("/api/tickets?q={words}&sort=number")).await.expect(200);
    let rows = list["data"].as_array().unwrap();
    assert_eq!(list["total"], rows.len(), "the total counts what is shown");
    rows.iter().map(|ticket| id(ticket).to_owned()).collect()
}

#[tokio::test]
async fn words_are_found_in_subjects_descriptions_and_messages() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let one =
        file(&a.client, json!({ "subject": "Printer jammed", "description": "Paper everywhere" })).await;
    let two = file(&a.client, json!({ "subject": "Scanner", "description": "No light" })).await;
    say(&a.manager, &two, "Is the paper in?").await;
    let (one, two) = (id(&one), id(&two));
    assert_eq!(found(&a.client, "printer").await, [one]);
    assert_eq!(found(&a.client, "paper").await, [one, two]);
    assert_eq!(found(&a.client, "PAPER jammed").await, [one], "all words, in any order and case");
    assert_eq!(found(&a.client, "T-2").await, [two]);
    assert_eq!(found(&a.client, "-paper").await, [one, two], "a minus is no operator");
    assert!(found(&a.client, "paper scissors").await.is_empty());
    assert!(found(&a.client, "\" $where .*").await.is_empty());
    assert!(found(&b.admin, "paper").await.is_empty());
    app.finish().await;
}

#[tokio::test]
async fn a_search_stays_within_what_the_caller_sees() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let stranger = a.person(&app, Role::Client).await;
    let sales = department(&app, &a.admin, json!({ "name": "Sales" }), &[&a.writer]).await;
    let mine = plain(&a.client).await;
    let theirs = plain(&stranger).await;
    let queue = file(&a.admin, json!({ "subject": "x", "department_id": sales.to_hex() })).await;
    for ticket in [&mine, &theirs, &queue] {
        say(&a.admin, ticket, "regatta").await;
        note(&a.admin, ticket, "spinnaker").await;
    }
    assert_eq!(found(&a.client, "regatta").await, [id(&mine)]);
    assert!(found(&a.client, "spinnaker").await.is_empty());
    assert_eq!(found(&a.writer, "regatta").await, [id(&queue)]);
    assert_eq!(found(&a.writer, "spinnaker").await, [id(&queue)]);
    assert_eq!(found(&a.manager, "spinnaker").await.len(), 3);
    to_status(&a.manager, &mine, "solved").await;
    a.manager.ask().post(&path(&mine, "/archive"), json!({})).await.expect(200);
    assert_eq!(found(&a.manager, "regatta").await.len(), 2, "the archive is looked at when it is asked for");
    a.manager.ask().delete(&path(&theirs, "")).await.expect(200);
    assert_eq!(found(&a.manager, "regatta").await, [id(&queue)]);
    app.finish().await;
}
