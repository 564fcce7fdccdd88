//! The event stream: each person hears of the own notifications, misses none, and hears nothing after the log-in ended.

use super::notifications::{notification, notify};
use crate::support::{EventStream, TestApp};
use bson::{Document, doc};
use std::time::Duration;
use stoa::shutdown::Shutdown;

#[tokio::test]
async fn a_notification_reaches_its_person_at_every_instance_and_nobody_else() {
    let app = TestApp::start().await;
    let sibling = app.sibling().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let mut here = EventStream::open(&app, &a.client, None).await;
    let mut there = EventStream::open(&sibling, &a.client, None).await;
    let mut colleague = EventStream::open(&app, &a.admin, None).await;
    let mut foreigner = EventStream::open(&app, &b.admin, None).await;
    let id = notify(&app, a.id, &a.client, 1).await.remove(0);
    for stream in [&mut here, &mut there] {
        let event = stream.next().await.unwrap();
        assert_eq!((event.name.as_str(), &event.data["id"]), ("notification.created", &id.clone().into()));
        assert!(event.data.get("actor_id").is_none(), "the mask of the role holds here too: {}", event.data);
    }
    // What comes first for the others is their own.
    let own = notify(&app, a.id, &a.admin, 1).await.remove(0);
    assert_eq!(colleague.next().await.unwrap().data["id"], own);
    // A row whose person and company do not belong together reaches nobody.
    notify(&app, a.id, &b.admin, 1).await;
    let own = notify(&app, b.id, &b.admin, 1).await.remove(0);
    assert_eq!(foreigner.next().await.unwrap().data["id"], own);
    app.finish().await;
}

#[tokio::test]
async fn one_more_event_in_a_notification_is_an_update_and_a_read_mark_is_none() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mut stream = EventStream::open(&app, &a.writer, None).await;
    let id = notify(&app, a.id, &a.writer, 1).await.remove(0);
    assert_eq!(stream.next().await.unwrap().name, "notification.created");
    a.writer.ask().post(&format!("/api/notifications/{id}/read"), serde_json::json!({})).await.expect(200);
    let all = app.raw.collection::<Document>("notifications");
    let more = doc! { "$inc": { "count": 1_i64, "version": 1_i64 }, "$set": { "updated_at": bson::DateTime::now() } };
    all.update_one(doc! { "user_id": a.writer.id }, more).await.unwrap();
    let event = stream.next().await.unwrap();
    assert_eq!((event.name.as_str(), &event.data["count"]), ("notification.updated", &2.into()));
    app.finish().await;
}

#[tokio::test]
async fn what_was_missed_comes_first_after_a_break() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mut stream = EventStream::open(&app, &a.writer, None).await;
    notify(&app, a.id, &a.writer, 1).await;
    let last = stream.next().await.unwrap().id;
    drop(stream);
    let all = app.raw.collection::<Document>("notifications");
    let at =
        |seconds: i64| bson::DateTime::from_millis(bson::DateTime::now().timestamp_millis() + seconds * 1000);
    let mut missed = Vec::new();
    for seconds in [1, 2, 3] {
        let mut row = notification(a.id, &a.writer);
        row.insert("updated_at", at(seconds));
        missed.push(row.get_object_id("_id").unwrap().to_hex());
        all.insert_one(row).await.unwrap();
    }
    // Committed late with an earlier stamp than what the client has seen; long ago; read meanwhile; another's.
    let mut late = notification(a.id, &a.writer);
    late.insert("updated_at", at(-3));
    missed.insert(0, late.get_object_id("_id").unwrap().to_hex());
    let mut old = notification(a.id, &a.writer);
    old.insert("updated_at", at(-60));
    let mut read = notification(a.id, &a.writer);
    read.insert("is_read", true);
    all.insert_many([late, old, read, notification(a.id, &a.manager)]).await.unwrap();
    let mut stream = EventStream::open(&app, &a.writer, Some(&last)).await;
    for id in &missed {
        let event = stream.next().await.unwrap();
        assert_eq!((event.name.as_str(), &event.data["id"]), ("notification.created", &id.clone().into()));
    }
    let live = notify(&app, a.id, &a.writer, 1).await.remove(0);
    assert_eq!(stream.next().await.unwrap().data["id"], live, "then it goes on");
    app.finish().await;
}

#[tokio::test]
async fn too_much_missed_or_an_unknown_place_asks_to_read_the_list() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mut stream = EventStream::open(&app, &a.writer, None).await;
    notify(&app, a.id, &a.writer, 1).await;
    let last = stream.next().await.unwrap().id;
    notify(&app, a.id, &a.writer, 1000).await;
    let mut all = EventStream::open(&app, &a.writer, Some(&last)).await;
    for _ in 0..1000 {
        assert_eq!(all.next().await.unwrap().name, "notification.created");
    }
    notify(&app, a.id, &a.writer, 1).await;
    for place in [last.as_str(), "1", "{\"$gt\":\"\"}", "AAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let mut stream = EventStream::open(&app, &a.writer, Some(place)).await;
        assert_eq!(stream.next().await.unwrap().name, "resync", "{place}");
        drop(stream);
        all = reopened(&app, &a.writer, all).await;
    }
    app.finish().await;
}

/// Waits until there is room for one more stream, which an ended one gives back in its own time.
async fn reopened(app: &TestApp, person: &crate::support::Persona, old: EventStream) -> EventStream {
    drop(old);
    loop {
        match EventStream::try_open(app, person, None).await {
            Ok(stream) => return stream,
            Err(429) => tokio::time::sleep(Duration::from_millis(20)).await,
            Err(status) => panic!("refused with {status}"),
        }
    }
}

#[tokio::test]
async fn nothing_is_sent_after_the_session_ended_or_changed() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let sessions = app.raw.collection::<Document>("sessions");
    let past = bson::DateTime::from_millis(0);
    let endings = [
        (&a.admin, doc! { "$set": { "epoch": 1_i64 } }),
        (&a.manager, doc! { "$set": { "expires_at": past } }),
        (&a.writer, doc! { "$set": { "role": "client" } }),
        (&a.client, doc! { "$set": { "idle_expires_at": past } }),
    ];
    for (person, ending) in endings {
        let mut stream = EventStream::open(&app, person, None).await;
        notify(&app, a.id, person, 1).await;
        stream.next().await.unwrap();
        sessions.update_one(doc! { "_id": person.session }, ending.clone()).await.unwrap();
        notify(&app, a.id, person, 1).await;
        assert!(stream.next().await.is_none(), "{ending}");
    }
    app.finish().await;
}

#[tokio::test]
async fn a_silent_stream_ends_soon_after_its_session() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mut stream = EventStream::open(&app, &a.writer, None).await;
    app.raw.collection::<Document>("sessions").delete_one(doc! { "_id": a.writer.session }).await.unwrap();
    let begun = std::time::Instant::now();
    assert!(stream.next().await.is_none());
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    app.finish().await;
}

#[tokio::test]
async fn an_operators_stream_ends_when_the_company_admits_none_any_more() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let (root, company) = (app.superadmin().await, a.id.to_hex());
    let mut stream = EventStream::open_with(&app, &root, &[("x-company-id", &company)]).await.unwrap();
    notify(&app, a.id, &root, 1).await;
    stream.next().await.unwrap();
    let change = serde_json::json!({ "support_access": "off" });
    a.admin.ask().patch(&format!("/api/companies/{company}"), change).await.expect(200);
    notify(&app, a.id, &root, 1).await;
    assert!(stream.next().await.is_none());
    app.finish().await;
}

#[tokio::test]
async fn a_person_has_five_streams_and_gets_places_back() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mut streams = Vec::new();
    for _ in 0..5 {
        streams.push(EventStream::open(&app, &a.writer, None).await);
    }
    let refused = a.writer.ask().get("/api/events").await;
    refused.refused(429, "rate_limited");
    assert_eq!(refused.header("retry-after"), "30");
    let _other = EventStream::open(&app, &a.admin, None).await;
    let freed = streams.pop().unwrap();
    let _again = reopened(&app, &a.writer, freed).await;
    app.finish().await;
}

#[tokio::test]
async fn a_client_that_reads_nothing_is_let_go() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mut slow = EventStream::open(&app, &a.writer, None).await;
    let mut others = Vec::new();
    for _ in 0..4 {
        others.push(EventStream::open(&app, &a.manager, None).await);
    }
    notify(&app, a.id, &a.writer, 300).await;
    // Its place comes back although the client has neither read nor gone.
    let mut fresh = Vec::new();
    while fresh.len() < 5 {
        match EventStream::try_open(&app, &a.writer, None).await {
            Ok(stream) => fresh.push(stream),
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
    let mut read = 0;
    while slow.next().await.is_some() {
        read += 1;
    }
    assert!(read < 100, "{read} events were kept for it");
    notify(&app, a.id, &a.manager, 1).await;
    for stream in &mut others {
        assert!(stream.next().await.is_some(), "nobody else is held up");
    }
    app.finish().await;
}

#[tokio::test]
async fn the_end_of_the_program_ends_streams() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let shutdown = Shutdown::new();
    app.app.start_background(&shutdown);
    let mut stream = EventStream::open(&app, &a.writer, None).await;
    shutdown.request();
    assert!(stream.next().await.is_none());
    a.writer.ask().get("/api/events").await.refused(503, "dependency_unavailable");
    assert_eq!(shutdown.finish(Duration::from_secs(5)).await, stoa::shutdown::Outcome::Clean);
    app.finish().await;
}

#[tokio::test]
async fn a_lost_change_stream_begins_anew_and_says_so() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let mut stream = EventStream::open(&app, &a.writer, None).await;
    app.raw.collection::<Document>("notifications").drop().await.unwrap();
    assert_eq!(stream.next().await.unwrap().name, "resync");
    let id = notify(&app, a.id, &a.writer, 1).await.remove(0);
    assert_eq!(stream.next().await.unwrap().data["id"], id);
    app.finish().await;
}

#[tokio::test]
async fn only_known_topics_and_people_with_a_company_are_served() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    for query in ["topics=tickets", "topics=notifications,tickets", "topics=", "topic=notifications"] {
        let told =
            a.writer.ask().get(&format!("/api/events?{query}")).await.refused(422, "invalid_parameter");
        assert_eq!(told["allowed"][0], "notifications", "{told}");
    }
    app.anonymous().get("/api/events").await.refused(401, "unauthenticated");
    app.superadmin().await.ask().get("/api/events").await.refused(400, "company_required");
    app.finish().await;
}
