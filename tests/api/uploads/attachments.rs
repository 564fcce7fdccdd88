//! Files on messages: tied once, by who sent them, in the transaction of the message.

use super::*;
use bson::doc;

#[tokio::test]
async fn a_message_carries_files_once_and_for_all() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = id(&ticket(&a.client, json!({ "subject": "x", "description": "y" })).await);
    let (one, two) = (picture(&a.client).await, picture(&a.client).await);
    let message = write(a.client.ask(), &ticket, None, &[&one, &two]).await.expect(201);
    let told =
        json!({ "id": one, "filename": "picture.png", "size": PNG.len(), "content_type": "image/png" });
    assert_eq!(message["attachments"][0], told);
    assert_eq!(message["attachments"].as_array().unwrap().len(), 2);
    let upload = a.client.ask().get(&format!("/api/uploads/{one}")).await.expect(200);
    assert_eq!(upload["link"], json!({ "type": "ticket_message", "id": message["id"] }));
    assert_eq!(upload["expires_at"], Value::Null);
    // A second time nowhere, and nothing of the message that tried stays.
    let before = app.count("ticket_messages", doc! {}).await;
    let fresh = picture(&a.client).await;
    write(a.client.ask(), &ticket, None, &[&fresh, &one]).await.refused(422, "validation_failed");
    assert_eq!(app.count("ticket_messages", doc! {}).await, before);
    write(a.client.ask(), &ticket, None, &[&fresh]).await.expect(201);
    // Only what is ready, and only by who sent it.
    let pending = id(&announce(a.client.ask(), "a.png", "image/png", PNG).await);
    write(a.client.ask(), &ticket, None, &[&pending]).await.refused(422, "validation_failed");
    let bad = id(&send(&a.client, "a.png", "image/png", b"<html>").await);
    write(a.client.ask(), &ticket, None, &[&bad]).await.refused(422, "validation_failed");
    let others = picture(&a.manager).await;
    write(a.admin.ask(), &ticket, None, &[&others]).await.refused(422, "reference_not_found");
    let mut many = Vec::new();
    for _ in 0..11 {
        many.push(bson::oid::ObjectId::new().to_hex());
    }
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    write(a.client.ask(), &ticket, None, &many).await.refused(422, "validation_failed");
    app.finish().await;
}

#[tokio::test]
async fn a_ticket_is_filed_with_files_and_so_is_what_follows_it() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let file = picture(&a.client).await;
    let body = json!({ "subject": "x", "attachment_ids": [file] });
    a.client.ask().post("/api/tickets", body).await.refused(422, "validation_failed");
    let filed =
        ticket(&a.client, json!({ "subject": "x", "description": "y", "attachment_ids": [file] })).await;
    let messages = a.client.ask().get(&format!("/api/tickets/{}/messages", id(&filed))).await.expect(200);
    assert_eq!(messages["data"][0]["attachments"][0]["id"], file);
    assert_eq!(content(a.admin.ask(), &file).await.bytes, PNG);
    // A message to a closed ticket opens another one, with its files.
    app.alter(
        "tickets",
        doc! {},
        doc! { "$set": { "status": "closed", "closed_at": bson::DateTime::now() } },
    )
    .await;
    let file = picture(&a.client).await;
    let message = write(a.client.ask(), &id(&filed), None, &[&file]).await.expect(201);
    assert_ne!(message["ticket_id"], filed["id"]);
    assert_eq!(message["attachments"][0]["id"], file);
    let upload = a.client.ask().get(&format!("/api/uploads/{file}")).await.expect(200);
    assert_eq!(upload["link"]["id"], message["id"]);
    assert_eq!(content(a.admin.ask(), &file).await.bytes, PNG);
    app.finish().await;
}

#[tokio::test]
async fn of_many_messages_at_once_one_gets_the_file() {
    let app = TestApp::start().await;
    let sibling = app.sibling().await;
    let a = app.tenant("a").await;
    let ticket = id(&ticket(&a.client, json!({ "subject": "x", "description": "y" })).await);
    let file = picture(&a.client).await;
    let files = [file.as_str()];
    let tries = (0..10).map(|n| {
        let ask = if n % 2 == 0 { a.client.ask() } else { a.client.ask_at(&sibling) };
        write(ask, &ticket, None, &files)
    });
    let answers = futures::future::join_all(tries).await;
    let won = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(won, 1, "{:?}", answers.iter().map(Answer::text).collect::<Vec<_>>());
    let id = bson::oid::ObjectId::parse_str(&file).unwrap();
    assert_eq!(app.count("ticket_messages", doc! { "attachment_ids": id }).await, 1);
    sibling.finish_keeping().await;
    app.finish().await;
}
