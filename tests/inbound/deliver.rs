//! Deliveries over the signed address: signature, time, replay, size, rotation.

use super::world::{World, signature};
use crate::support::TestApp;
use crate::support::smtp::MailServer;
use bson::doc;
use serde_json::json;

const MAIL: &[u8] =
    b"From: a@example.com\r\nTo: x\r\nSubject: s\r\nMessage-ID: <d@example.com>\r\n\r\nhi\r\n";

#[tokio::test]
async fn only_what_is_signed_freshly_is_taken_and_only_once() {
    let app = TestApp::start().await;
    let world = World::new(&app, "acme", &[]).await;
    let now = app.clock.now().timestamp_millis() / 1000;
    let good = signature(&world.secret, now, MAIL);
    let other = signature("another", now, MAIL);
    let (old, ahead) = (signature(&world.secret, now - 301, MAIL), signature(&world.secret, now + 600, MAIL));
    for bad in ["", "t=1", "v1=00", "t=x,v1=zz", &good.replace("t=", "t=1"), &other, &old, &ahead] {
        let answer = world.post(&app, bad, MAIL).await;
        answer.refused(401, "unauthenticated");
    }
    let altered = [MAIL, b"!"].concat();
    world.post(&app, &good, &altered).await.refused(401, "unauthenticated");
    let mut lost =
        World { url: "/email/inbound/unknown".to_owned(), ..World::new(&app, "globex", &[]).await };
    let unknown = lost.post(&app, &good, MAIL).await.refused(401, "unauthenticated");
    lost.url = world.url.clone();
    let wrong = lost.post(&app, &other, MAIL).await.refused(401, "unauthenticated");
    assert_eq!(unknown["detail"], wrong["detail"], "nothing tells which addresses exist");
    let before = world.count(&app, "inbound_emails", doc! {}).await;
    // At the same moment, as servers do that lost the answer.
    let (a, b, c) = tokio::join!(world.send(&app, MAIL), world.send(&app, MAIL), world.send(&app, MAIL));
    for answer in [a, b, c] {
        assert_eq!(answer.status.as_u16(), 202);
        assert_eq!(answer.json(), json!({ "status": "accepted" }));
    }
    stoa::jobs::run_due(&app.app).await.unwrap();
    assert_eq!(world.count(&app, "inbound_emails", doc! {}).await, before + 1);
    assert_eq!(world.count(&app, "tickets", doc! { "subject": "s" }).await, 1);
    app.finish().await;
}

#[tokio::test]
async fn an_address_ends_when_another_is_made_and_is_kept_as_a_hash() {
    let app = TestApp::start().await;
    let world = World::new(&app, "acme", &[]).await;
    let path = format!("/api/mailboxes/{}/webhook", world.mailbox.to_hex());
    let made = world.tenant.admin.ask().post(&path, json!({})).await;
    assert_eq!(made.header("cache-control"), "no-store");
    let made = made.expect(200);
    world.send(&app, MAIL).await.refused(401, "unauthenticated");
    let token = made["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let secret = made["secret"].as_str().unwrap().to_owned();
    let rows: Vec<bson::Document> = {
        use futures::TryStreamExt;
        app.raw.collection("inbound_tokens").find(doc! {}).await.unwrap().try_collect().await.unwrap()
    };
    assert_eq!(rows.len(), 1);
    assert!(!format!("{rows:?}").contains(&token) && !format!("{rows:?}").contains(&secret));
    let world = World { url: format!("/email/inbound/{token}"), secret, ..world };
    assert_eq!(world.send(&app, MAIL).await.status.as_u16(), 202);
    for persona in [&world.tenant.manager, &world.tenant.writer, &world.tenant.client] {
        persona.ask().post(&path, json!({})).await.refused(403, "forbidden");
    }
    world.tenant.admin.ask().delete(&path).await.expect(200);
    world.send(&app, MAIL).await.refused(401, "unauthenticated");
    app.finish().await;
}

#[tokio::test]
async fn the_automatic_answer_goes_out_once_and_says_that_it_is_automatic() {
    let app = TestApp::start().await;
    let mut server = MailServer::start(&[]);
    app.app.mail().replace_url(Some(format!("smtp://127.0.0.1:{}", server.port).into()));
    let world = World::new(&app, "acme", &[]).await;
    stoa::jobs::run_due(&app.app).await.unwrap();
    server.mails();
    world.deliver(&app, MAIL).await;
    stoa::jobs::run_due(&app.app).await.unwrap();
    let answer = server.one();
    assert_eq!(answer.envelope_to(), ["a@example.com"]);
    assert_eq!(answer.envelope_from(), "");
    assert_eq!(answer.header("auto-submitted"), "auto-replied");
    assert_eq!(answer.header("x-auto-response-suppress"), "All");
    assert_eq!(answer.header("in-reply-to"), "<d@example.com>");
    assert_eq!(answer.header("references"), "<d@example.com>");
    assert!(answer.text().contains("a ticket was opened: s"), "{}", answer.text());
    let about = doc! { "template": "ticket_created", "to": "a@example.com", "state": "sent" };
    assert_eq!(world.count(&app, "outbound_emails", about).await, 1);
    // What follows names both sides, and what the person wrote last on top.
    let more = format!(
        "From: a@example.com\r\nTo: x\r\nSubject: s\r\nIn-Reply-To: {}\r\nMessage-ID: <e@example.com>\r\n\r\nmore\r\n",
        answer.header("message-id")
    );
    world.deliver(&app, more.as_bytes()).await;
    let inbound = world.last(&app).await;
    let path = format!("/api/tickets/{}/messages", inbound.get_object_id("ticket_id").unwrap().to_hex());
    world.tenant.admin.ask().post(&path, json!({ "body": "We look into it." })).await.expect(201);
    stoa::jobs::run_due(&app.app).await.unwrap();
    let mut sent = server.mails();
    sent.retain(|mail| mail.envelope_to() == ["a@example.com"]);
    let reply = sent.pop().expect("the reply");
    assert_eq!(reply.header("in-reply-to"), "<e@example.com>");
    let named = format!("<d@example.com> {} <e@example.com>", answer.header("message-id"));
    assert_eq!(reply.header("references"), named);
    assert!(reply.headers("auto-submitted").is_empty());
    app.finish().await;
}

#[tokio::test]
async fn what_is_too_large_is_not_taken_in_and_its_sender_is_told() {
    let app = TestApp::start().await;
    let world = World::new(&app, "acme", &[]).await;
    let head = format!(
        "From: {}\r\nTo: {}\r\nSubject: big\r\nMessage-ID: <big@example.com>\r\n\r\n",
        world.tenant.client.email, world.address
    );
    let mut raw = head.clone().into_bytes();
    raw.resize(30 << 20, b'x');
    world.deliver(&app, &raw).await;
    let kept = world.last(&app).await;
    assert_eq!(kept.get_str("state").unwrap(), "ignored");
    assert_eq!(kept.get_str("reason").unwrap(), "too_large");
    assert_eq!(kept.get_i64("size").unwrap(), 30 << 20);
    assert_eq!(world.count(&app, "outbound_emails", doc! { "template": "mail_too_large" }).await, 1);
    let path = format!("/api/inbound_emails/{}/raw", kept.get_object_id("_id").unwrap().to_hex());
    assert_eq!(world.tenant.admin.ask().get(&path).await.text(), head, "its headers alone are kept");
    // Just below the limit all of it is kept, in several pieces.
    raw.truncate(25 << 20);
    let at = head.find("<big").unwrap();
    raw[at + 1] = b'c';
    world.deliver(&app, &raw).await;
    let kept = world.last(&app).await;
    assert_eq!(kept.get_str("state").unwrap(), "processed", "{kept}");
    let path = format!("/api/inbound_emails/{}/raw", kept.get_object_id("_id").unwrap().to_hex());
    assert!(world.tenant.admin.ask().get(&path).await.bytes == raw, "byte by byte");
    // Beyond what is read at all; of those who know no address nothing is.
    raw.resize(33 << 20, b'x');
    world.send(&app, &raw).await.refused(413, "payload_too_large");
    let now = app.clock.now().timestamp_millis() / 1000;
    let sound = signature(&world.secret, now, &raw);
    for bad in ["", "t=1,v1=00", &format!("t={now},v1=zz"), &signature(&world.secret, now - 301, &raw)] {
        world.post(&app, bad, &raw).await.refused(401, "unauthenticated");
    }
    let lost = World { url: "/email/inbound/unknown".to_owned(), ..world };
    lost.post(&app, &sound, &raw).await.refused(401, "unauthenticated");
    app.finish().await;
}

#[tokio::test]
async fn few_mails_are_read_at_once_and_no_company_has_all_places() {
    let app = TestApp::start().await;
    let (world, other) = (World::new(&app, "acme", &[]).await, World::new(&app, "globex", &[]).await);
    let places = &app.app.lines().deliveries;
    let take = |world: &World| std::iter::from_fn(|| places.take(world.tenant.id).ok()).collect::<Vec<_>>();
    let held = take(&world);
    assert_eq!(held.len(), 4);
    world.send(&app, MAIL).await.refused(503, "overloaded");
    assert_eq!(other.send(&app, MAIL).await.status.as_u16(), 202);
    let rest = take(&other);
    assert_eq!(rest.len(), 4);
    other.send(&app, MAIL).await.refused(503, "overloaded");
    drop((held, rest));
    assert_eq!(world.send(&app, MAIL).await.status.as_u16(), 202);
    stoa::jobs::run_due(&app.app).await.unwrap();
    app.finish().await;
}
