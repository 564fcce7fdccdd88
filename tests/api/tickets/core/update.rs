//! Changing tickets.

use super::super::{events_of, id, note, path, plain, seen, to_status};
use crate::support::{Persona, TestApp};
use serde_json::json;

#[tokio::test]
async fn changes_of_different_fields_from_one_version_are_both_kept() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let base = a.manager.ask().get(&path(&plain(&a.client).await, "")).await.expect(200);
    let mut subject = base.clone();
    subject["subject"] = json!("Scanner");
    let mut priority = base.clone();
    priority["priority"] = json!("urgent");
    a.manager.ask().put(&path(&base, ""), subject).await.expect(200);
    let merged = a.admin.ask().put(&path(&base, ""), priority).await.expect(200);
    assert_eq!((&merged["subject"], &merged["priority"]), (&json!("Scanner"), &json!("urgent")));
    let mut late = base.clone();
    late["subject"] = json!("Copier");
    let conflict = a.admin.ask().put(&path(&base, ""), late).await.refused(409, "version_conflict");
    assert_eq!(conflict["conflicts"][0]["field"], "subject");
    assert_eq!(conflict["conflicts"][0]["yours"], "Copier");
    assert_eq!(conflict["conflicts"][0]["theirs"], "Scanner");
    assert!(conflict["conflicts"][0]["changed_by"].is_string(), "{conflict}");
    to_status(&a.manager, &base, "pending").await;
    let own = json!({ "subject": "Fax", "version": base["version"] });
    let conflict = a.client.ask().patch(&path(&base, ""), own).await.refused(409, "version_conflict");
    assert_eq!(
        conflict["conflicts"][0]["changed_by"],
        json!(null),
        "clients do not learn who of the staff it was"
    );
    a.admin
        .ask()
        .with("if-match", "\"1\"")
        .patch(&path(&base, ""), json!({ "kind": "task" }))
        .await
        .refused(412, "precondition_failed");
    app.finish().await;
}

#[tokio::test]
async fn messages_in_between_do_not_make_a_change_conflict() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let base = seen(&a.manager, &plain(&a.client).await).await;
    note(&a.admin, &base, "in between").await;
    let mut body = base.clone();
    body["subject"] = json!("Scanner");
    assert_eq!(a.manager.ask().put(&path(&base, ""), body).await.expect(200)["subject"], "Scanner");
    app.finish().await;
}

#[tokio::test]
async fn fields_with_actions_of_their_own_are_not_changed_here() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    for body in [
        json!({ "status": "closed" }),
        json!({ "assignee_id": a.writer.id.to_hex() }),
        json!({ "number": 7 }),
        json!({ "archived": true }),
        json!({ "description": "other" }),
    ] {
        a.admin.ask().patch(&path(&ticket, ""), body).await.refused(422, "read_only_field");
    }
    a.admin
        .ask()
        .patch(&path(&ticket, ""), json!({ "company_id": a.admin.id.to_hex() }))
        .await
        .refused(422, "read_only_field");
    a.admin.ask().patch(&path(&ticket, ""), json!({ "event_count": 9 })).await.refused(422, "unknown_field");
    app.finish().await;
}

#[tokio::test]
async fn a_change_is_told_once_and_no_change_not_at_all() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    a.manager.ask().patch(&path(&ticket, ""), json!({ "priority": "high" })).await.expect(200);
    a.manager.ask().patch(&path(&ticket, ""), json!({ "priority": "high" })).await.expect(200);
    assert_eq!(events_of(&a.manager, &ticket).await, ["ticket.created", "ticket.updated"]);
    assert_eq!(events_of(&a.client, &ticket).await, ["ticket.created"]);
    assert_eq!(seen(&a.manager, &ticket).await["version"], 2);
    app.finish().await;
}

#[tokio::test]
async fn a_client_changes_the_subject_while_the_ticket_waits_for_it() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let rename = json!({ "subject": "Scanner" });
    assert_eq!(a.client.ask().patch(&path(&ticket, ""), rename).await.expect(200)["subject"], "Scanner");
    a.client
        .ask()
        .patch(&path(&ticket, ""), json!({ "priority": "urgent" }))
        .await
        .refused(422, "read_only_field");
    to_status(&a.manager, &ticket, "open").await;
    a.client.ask().patch(&path(&ticket, ""), json!({ "subject": "X" })).await.refused(409, "conflict");
    app.finish().await;
}

#[tokio::test]
async fn people_who_are_copied_already_are_not_looked_at_again() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let one = a.person(&app, stoa::permissions::Role::Client).await;
    let two = a.person(&app, stoa::permissions::Role::Client).await;
    let ticket = plain(&a.client).await;
    let cc =
        |people: &[&Persona]| json!({ "cc_ids": people.iter().map(|p| p.id.to_hex()).collect::<Vec<_>>() });
    a.manager.ask().patch(&path(&ticket, ""), cc(&[&one])).await.expect(200);
    let both = cc(&[&one, &a.manager]);
    let after = a.client.ask().patch(&path(&ticket, ""), both.clone()).await.expect(200);
    assert_eq!(after["cc_ids"], both["cc_ids"]);
    let strange = cc(&[&one, &two]);
    a.client.ask().patch(&path(&ticket, ""), strange).await.refused(422, "reference_not_found");
    a.client.ask().patch(&path(&ticket, ""), cc(&[])).await.expect(200);
    a.client.ask().patch(&path(&ticket, ""), cc(&[&one])).await.refused(422, "reference_not_found");
    app.finish().await;
}

#[tokio::test]
async fn what_is_merged_archived_or_deleted_is_not_changed() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let (merged, target, archived, deleted) =
        (plain(&a.client).await, plain(&a.client).await, plain(&a.client).await, plain(&a.client).await);
    a.manager.ask().post(&path(&target, "/merge"), json!({ "source_ids": [id(&merged)] })).await.expect(200);
    to_status(&a.manager, &archived, "solved").await;
    a.manager.ask().post(&path(&archived, "/archive"), json!({})).await.expect(200);
    a.manager.ask().delete(&path(&deleted, "")).await.expect(200);
    let change = json!({ "priority": "high" });
    let refused =
        a.manager.ask().patch(&path(&merged, ""), change.clone()).await.refused(409, "ticket_merged");
    assert_eq!(refused["target_id"], target["id"]);
    a.manager.ask().patch(&path(&archived, ""), change.clone()).await.refused(409, "archived");
    a.manager.ask().patch(&path(&deleted, ""), change).await.refused(409, "deleted");
    a.client.ask().patch(&path(&deleted, ""), json!({ "subject": "x" })).await.refused(404, "not_found");
    for action in ["status", "assign", "take", "spam", "merge", "split", "archive", "messages"] {
        let body = match action {
            "status" => json!({ "status": "open" }),
            "assign" => json!({ "assignee_id": "me" }),
            "merge" => json!({ "source_ids": [id(&target)] }),
            "split" => json!({ "message_ids": [id(&target)] }),
            "messages" => json!({ "body": "x" }),
            _ => json!({}),
        };
        let answer = a.manager.ask().post(&path(&merged, &format!("/{action}")), body.clone()).await;
        answer.refused(409, "ticket_merged");
        a.manager
            .ask()
            .post(&path(&deleted, &format!("/{action}")), body.clone())
            .await
            .refused(409, "deleted");
        if action != "archive" {
            a.manager
                .ask()
                .post(&path(&archived, &format!("/{action}")), body)
                .await
                .refused(409, "archived");
        }
    }
    app.finish().await;
}
