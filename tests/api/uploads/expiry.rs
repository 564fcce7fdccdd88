//! What nobody sent, attached or recorded goes by itself.

use super::*;
use bson::doc;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

async fn hour(app: &TestApp) {
    stoa::services::uploads::schedule(app.app.db()).await.expect("schedule");
    // Twice, as two instances do.
    stoa::services::uploads::schedule(app.app.db()).await.expect("schedule");
    work(app).await;
}

#[tokio::test]
async fn what_is_not_sent_or_not_attached_in_time_is_removed() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = id(&ticket(&a.client, json!({ "subject": "x", "description": "y" })).await);
    let kept = picture(&a.client).await;
    write(a.client.ask(), &ticket, None, &[&kept]).await.expect(201);
    let loose = picture(&a.client).await;
    let sent = id(&announce(a.client.ask(), "a.png", "image/png", PNG).await);
    put(a.client.ask(), &sent, PNG).await.expect(200);
    let announced = id(&announce(a.client.ask(), "a.png", "image/png", PNG).await);
    let bad = id(&send(&a.client, "a.png", "image/png", b"<html>").await);
    let there = async |id: &str| {
        app.count("uploads", doc! { "_id": bson::oid::ObjectId::parse_str(id).unwrap() }).await == 1
    };
    hour(&app).await;
    assert_eq!((files_in(&app.files()), app.count("uploads", doc! {}).await), (4, 5));
    app.clock.advance(HOUR - Duration::from_secs(60));
    hour(&app).await;
    assert_eq!(app.count("uploads", doc! {}).await, 5);
    app.clock.advance(Duration::from_secs(120));
    hour(&app).await;
    assert!(!there(&sent).await && !there(&announced).await && there(&loose).await && there(&bad).await);
    assert_eq!(files_in(&app.files()), 3);
    app.clock.advance(23 * HOUR);
    hour(&app).await;
    assert!(!there(&loose).await && there(&bad).await && there(&kept).await);
    app.clock.advance(6 * 24 * HOUR);
    hour(&app).await;
    assert!(!there(&bad).await && there(&kept).await);
    assert_eq!((files_in(&app.files()), used(&app, a.id).await), (1, PNG.len() as i64));
    app.finish().await;
}

#[tokio::test]
async fn bytes_without_a_record_go_and_a_record_without_bytes_says_so() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let (kept, lost) = (picture(&a.client).await, picture(&a.client).await);
    let orphan = format!("c/{}/202601/{}", a.id, bson::oid::ObjectId::new());
    let mut writer = app.app.storage().writer(&orphan, "text/plain");
    writer.write(b"hello").await.unwrap();
    writer.finish().await.unwrap();
    let folder = app.files().join("stoa/c").join(a.id.to_hex());
    for month in std::fs::read_dir(folder).unwrap() {
        std::fs::remove_file(month.unwrap().path().join(&lost)).ok();
    }
    hour(&app).await;
    assert_eq!(files_in(&app.files()), 2, "an object of today may belong to something under way");
    let told = a.client.ask().get(&format!("/api/uploads/{lost}")).await.expect(200);
    assert_eq!(
        (&told["state"], &told["quarantine_reason"]),
        (&json!("quarantined"), &json!("object_missing"))
    );
    // They are to be kept for this: loose ones would be gone by then.
    app.alter("uploads", doc! {}, doc! { "$set": { "expires_at": null } }).await;
    app.clock.advance(25 * HOUR);
    hour(&app).await;
    assert_eq!(files_in(&app.files()), 1);
    assert!(app.app.storage().head(&orphan).await.unwrap().is_none());
    let kept = bson::oid::ObjectId::parse_str(&kept).unwrap();
    assert_eq!(app.count("uploads", doc! { "_id": kept, "state": "ready" }).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn parts_that_a_crash_left_are_found_by_the_record_and_removed() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let bytes = vec![b'x'; 6 << 20];
    let upload = announce(a.writer.ask(), "a.txt", "text/plain", &bytes).await;
    let created = upload["created_at"].as_str().unwrap();
    let key = format!("c/{}/{}{}/{}", a.id.to_hex(), &created[..4], &created[5..7], id(&upload));
    let mut writer = app.app.storage().writer(&key, "text/plain");
    writer.write(&bytes).await.unwrap();
    let multipart = writer.multipart().expect("parts").to_owned();
    // The process ends here: neither finished nor given up.
    drop(writer);
    app.alter("uploads", doc! {}, doc! { "$set": { "multipart": multipart } }).await;
    assert_eq!(files_in(&app.files()), 1);
    app.clock.advance(2 * HOUR);
    hour(&app).await;
    assert_eq!((files_in(&app.files()), app.count("uploads", doc! {}).await), (0, 0));
    app.finish().await;
}
