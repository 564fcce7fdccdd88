//! What a company may store: exact, whoever sends at the same time.

use super::*;

const SIZE: usize = 1000;

#[tokio::test]
async fn of_twenty_announcements_at_once_as_many_fit_as_there_is_room() {
    let app = TestApp::start_with_files(|limits| limits.quota = 10 * SIZE as i64 + 999).await;
    let sibling = app.sibling().await;
    let a = app.tenant("a").await;
    // The sibling has the usual room: what counts is what this company has.
    let company = bson::doc! { "$set": { "storage_quota_bytes": 10 * SIZE as i64 + 999 } };
    app.alter("companies", bson::doc! { "_id": a.id }, company).await;
    let bytes = vec![b'x'; SIZE];
    let tries = (0..20).map(|n| {
        let ask = if n % 2 == 0 { a.client.ask() } else { a.writer.ask_at(&sibling) };
        ask.post("/api/uploads", announcement("a.txt", "text/plain", &bytes))
    });
    let answers = futures::future::join_all(tries).await;
    let fitting: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(fitting.len(), 10);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        let told = answer.refused(409, "quota_exceeded");
        assert_eq!((&told["quota_bytes"], &told["used_bytes"]), (&json!(10_999), &json!(10_000)));
    }
    assert_eq!(used(&app, a.id).await, 10_000);
    // Another company has room of its own; what is removed is free again.
    let b = app.tenant("b").await;
    announce(b.client.ask(), "a.txt", "text/plain", &bytes).await;
    let one = id(&fitting[0].json());
    a.admin.ask().delete(&format!("/api/uploads/{one}")).await.expect(200);
    assert_eq!(used(&app, a.id).await, 9_000);
    announce(a.client.ask(), "a.txt", "text/plain", &bytes).await;
    // The company sees it; only an operator gives it more room.
    let path = format!("/api/companies/{}", a.id);
    assert_eq!(a.admin.ask().get(&path).await.expect(200)["storage_used_bytes"], 10_000);
    a.admin.ask().patch(&path, json!({ "storage_quota_bytes": 1 })).await.refused(422, "read_only_field");
    let root = app.superadmin().await;
    root.ask().patch(&path, json!({ "storage_quota_bytes": 11_000 })).await.expect(200);
    announce(a.client.ask(), "a.txt", "text/plain", &bytes).await;
    sibling.finish_keeping().await;
    app.finish().await;
}

#[tokio::test]
async fn of_twenty_forms_at_once_as_many_are_kept_as_there_is_room() {
    let app = TestApp::start_with_files(|limits| limits.quota = 10 * SIZE as i64 + 999).await;
    let a = app.tenant("a").await;
    let bytes = vec![b'x'; SIZE];
    // On a busy machine the line of a company's writes may be full for a moment: those come again.
    let insist = async || loop {
        let answer = send_form(&a.client, "a.txt", "text/plain", &bytes).await;
        if answer.status != 503 {
            break answer;
        }
    };
    let tries = (0..20).map(|_| insist());
    let answers = futures::future::join_all(tries).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 10);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        answer.refused(409, "quota_exceeded");
    }
    assert_eq!(used(&app, a.id).await, 10_000);
    work(&app).await;
    assert_eq!(files_in(&app.files()), 10);
    app.finish().await;
}

#[tokio::test]
async fn who_announces_and_never_sends_takes_little_of_the_room() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let body = |n: usize| json!({ "filename": format!("{n}.txt"), "content_type": "text/plain", "size": 1, "sha256": sha256(b"x") });
    let many = (0..60).map(|n| a.client.ask().post("/api/uploads", body(n)));
    let answers = futures::future::join_all(many).await;
    let taken = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(taken, 50);
    let refused = answers.iter().find(|answer| answer.status != 201).unwrap();
    assert_eq!(refused.refused(409, "conflict")["limit"], 50);
    assert_eq!(used(&app, a.id).await, 50);
    a.writer.ask().post("/api/uploads", body(0)).await.expect(201);
    let first = id(&answers.iter().find(|answer| answer.status == 201).unwrap().json());
    put(a.client.ask(), &first, b"x").await.expect(200);
    a.client.ask().post(&format!("/api/uploads/{first}/complete"), json!({})).await.expect(200);
    a.client.ask().post("/api/uploads", body(60)).await.expect(201);
    app.finish().await;
}
