//! What becomes of a file when what becomes of its message: it is as visible as that is, at every moment.

use super::*;
use bson::doc;
use stoa::permissions::Role;

#[tokio::test]
async fn whoever_no_longer_takes_part_no_longer_reads_also_own_files() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let other = a.person(&app, Role::Client).await;
    let ticket =
        id(&ticket(&a.client, json!({ "subject": "x", "description": "y", "cc_ids": [other.id.to_hex()] }))
            .await);
    let (theirs, own) = (picture(&a.client).await, picture(&other).await);
    write(a.client.ask(), &ticket, None, &[&theirs]).await.expect(201);
    write(other.ask(), &ticket, None, &[&own]).await.expect(201);
    for file in [&theirs, &own] {
        assert_eq!(content(other.ask(), file).await.bytes, PNG);
    }
    let path = format!("/api/tickets/{ticket}");
    a.admin.ask().patch(&path, json!({ "cc_ids": [] })).await.expect(200);
    for file in [&theirs, &own] {
        content(other.ask(), file).await.refused(404, "not_found");
        other.ask().get(&format!("/api/uploads/{file}")).await.refused(404, "not_found");
        assert_eq!(content(a.client.ask(), file).await.bytes, PNG);
    }
    // In the trash, nobody reads them; back from it, they are there again.
    a.admin.ask().delete(&path).await.expect(200);
    content(a.admin.ask(), &theirs).await.refused(404, "not_found");
    a.admin.ask().post(&format!("{path}/restore"), json!({})).await.expect(200);
    assert_eq!(content(a.client.ask(), &theirs).await.bytes, PNG);
    app.finish().await;
}

#[tokio::test]
async fn a_redacted_message_takes_its_files_with_it() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = id(&ticket(&a.client, json!({ "subject": "x", "description": "y" })).await);
    let file = picture(&a.client).await;
    let message = write(a.client.ask(), &ticket, None, &[&file]).await.expect(201);
    assert_eq!((files_in(&app.files()), used(&app, a.id).await), (1, PNG.len() as i64));
    let path = format!("/api/tickets/{ticket}/messages/{}", id(&message));
    let redacted = a.admin.ask().delete(&path).await.expect(200);
    assert_eq!((&redacted["attachments"], &redacted["attachment_ids"]), (&json!([]), &json!([])));
    for person in a.everyone() {
        content(person.ask(), &file).await.refused(404, "not_found");
    }
    assert_eq!(used(&app, a.id).await, 0);
    work(&app).await;
    assert_eq!((files_in(&app.files()), app.count("uploads", doc! {}).await), (0, 0));
    app.finish().await;
}

#[tokio::test]
async fn copies_of_a_message_carry_its_files_and_lose_them_together() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let source = id(&ticket(&a.client, json!({ "subject": "x", "description": "y" })).await);
    let file = picture(&a.client).await;
    let message = id(&write(a.client.ask(), &source, None, &[&file]).await.expect(201));
    let body = json!({ "message_ids": [message], "subject": "split" });
    a.admin.ask().post(&format!("/api/tickets/{source}/split"), body).await.expect(201);
    assert_eq!(app.count("ticket_messages", doc! { "attachments.filename": "picture.png" }).await, 2);
    a.admin.ask().delete(&format!("/api/tickets/{source}")).await.expect(200);
    assert_eq!(content(a.client.ask(), &file).await.bytes, PNG, "the copy carries it still");
    let copy = app.stored("ticket_messages", doc! { "copied_from": { "$ne": null } }).await.expect("a copy");
    let (copy, home) = (copy.get_object_id("_id").unwrap(), copy.get_object_id("ticket_id").unwrap());
    a.admin.ask().delete(&format!("/api/tickets/{home}/messages/{copy}")).await.expect(200);
    content(a.admin.ask(), &file).await.refused(404, "not_found");
    assert_eq!(app.count("ticket_messages", doc! { "attachments.filename": "picture.png" }).await, 0);
    work(&app).await;
    assert_eq!(files_in(&app.files()), 0);
    app.finish().await;
}
