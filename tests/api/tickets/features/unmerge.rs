//! Undoing merges.

use super::super::{id, note, path, plain, say, seen, to_status};
use super::merge::{bodies, merge};
use crate::support::{Answer, Persona, TestApp};
use serde_json::{Value, json};
use stoa::permissions::Role;

async fn unmerge(who: &Persona, ticket: &Value) -> Answer {
    who.ask().post(&path(ticket, "/unmerge"), json!({})).await
}

#[tokio::test]
async fn undoing_a_merge_gives_each_ticket_back_what_it_had() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let stranger = a.person(&app, Role::Client).await;
    let (target, one, two) = (plain(&a.client).await, plain(&stranger).await, plain(&a.client).await);
    note(&a.manager, &one, "note on one").await;
    say(&a.manager, &one, "reply on one").await;
    to_status(&a.manager, &two, "pending").await;
    let (before_one, before_two) = (bodies(&a.manager, &one).await, bodies(&a.manager, &two).await);
    let shown = seen(&stranger, &one).await;
    merge(&a.manager, &target, &[&one, &two], false).await.expect(200);
    say(&a.manager, &target, "after the merge").await;
    unmerge(&a.writer, &one).await.refused(403, "forbidden");
    let back = unmerge(&a.manager, &one).await.expect(200);
    assert_eq!((&back["status"], &back["merged_into"]), (&json!("open"), &json!(null)));
    assert_eq!(bodies(&a.manager, &one).await, before_one);
    let after = seen(&stranger, &one).await;
    for field in
        ["public_message_count", "last_message_preview", "last_public_message_at", "closed_at", "status"]
    {
        assert_eq!(after[field], shown[field], "{field}");
    }
    assert_eq!(say(&stranger, &one, "go on").await["ticket_id"], one["id"]);
    assert_eq!(seen(&a.manager, &target).await["message_count"], 3);
    let back = unmerge(&a.manager, &two).await.expect(200);
    assert_eq!(back["status"], "pending");
    assert_eq!(bodies(&a.manager, &two).await, before_two);
    assert_eq!(bodies(&a.manager, &target).await, ["It does not print.", "after the merge"]);
    say(&a.manager, &target, "numbers are not used twice").await;
    unmerge(&a.manager, &two).await.refused(409, "conflict");
    app.finish().await;
}

#[tokio::test]
async fn a_chain_of_merges_is_undone_from_its_end() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let stranger = a.person(&app, Role::Client).await;
    let (first, second, third) = (plain(&stranger).await, plain(&a.client).await, plain(&a.client).await);
    merge(&a.manager, &second, &[&first], false).await.expect(200);
    merge(&a.manager, &third, &[&second], false).await.expect(200);
    assert_eq!(seen(&a.manager, &third).await["message_count"], 3);
    assert_eq!(unmerge(&a.manager, &first).await.refused(409, "ticket_merged")["target_id"], third["id"]);
    unmerge(&a.manager, &second).await.expect(200);
    assert_eq!(bodies(&a.client, &second).await.len(), 1, "what the first merge hid is still hidden");
    assert_eq!(bodies(&a.manager, &second).await.len(), 2);
    unmerge(&a.manager, &first).await.expect(200);
    assert_eq!(bodies(&stranger, &first).await.len(), 1);
    assert_eq!(bodies(&a.manager, &second).await.len(), 1);
    app.finish().await;
}

#[tokio::test]
async fn a_merge_can_be_undone_for_a_week() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let (target, source) = (plain(&a.client).await, plain(&a.client).await);
    merge(&a.manager, &target, &[&source], false).await.expect(200);
    let long_ago = app.clock.now().timestamp_millis() - 7 * 86_400_000 - 1000;
    let set = bson::doc! { "$set": { "merge.at": bson::DateTime::from_millis(long_ago) } };
    super::super::change(&app, "tickets", bson::doc! { "_id": super::super::oid(&source) }, set).await;
    unmerge(&a.manager, &source).await.refused(409, "conflict");
    unmerge(&a.manager, &target).await.refused(409, "conflict");
    assert_eq!(seen(&a.manager, &source).await["merged_into"], id(&target));
    app.finish().await;
}
