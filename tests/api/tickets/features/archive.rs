//! The archive, spam and mute.

use super::super::{events_of, path, plain, say, seen, to_status};
use crate::support::TestApp;
use serde_json::json;

#[tokio::test]
async fn only_what_is_over_is_archived_and_twice_is_once() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let ticket = plain(&a.client).await;
    let ask = |who: &crate::support::Persona, action: &str| {
        let (ask, path) = (who.ask(), path(&ticket, action));
        async move { ask.post(&path, json!({})).await }
    };
    assert_eq!(ask(&a.manager, "/archive").await.refused(409, "conflict")["ticket_status"], "new");
    to_status(&a.manager, &ticket, "solved").await;
    ask(&a.writer, "/archive").await.refused(403, "forbidden");
    ask(&a.client, "/archive").await.refused(403, "forbidden");
    ask(&b.admin, "/archive").await.refused(404, "not_found");
    let away = ask(&a.manager, "/archive").await.expect(200);
    assert_eq!(away["archived"], true);
    assert_eq!(ask(&a.manager, "/archive").await.expect(200)["version"], away["version"]);
    assert_eq!(a.client.ask().get("/api/tickets").await.expect(200)["total"], 0);
    assert_eq!(seen(&a.client, &ticket).await["status"], "solved", "it can still be read");
    let back = ask(&a.manager, "/unarchive").await.expect(200);
    assert_eq!((&back["archived"], &back["archived_at"]), (&json!(false), &json!(null)));
    assert_eq!(a.client.ask().get("/api/tickets").await.expect(200)["total"], 1);
    let told = events_of(&a.manager, &ticket).await;
    assert_eq!(told[2..], ["ticket.archived", "ticket.unarchived"]);
    app.finish().await;
}

#[tokio::test]
async fn spam_is_closed_for_good() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let target = path(&ticket, "/spam");
    a.writer.ask().post(&target, json!({})).await.refused(403, "forbidden");
    let spam = a.manager.ask().post(&target, json!({})).await.expect(200);
    assert_eq!((&spam["status"], &spam["is_spam"]), (&json!("closed"), &json!(true)));
    assert_eq!(a.manager.ask().post(&target, json!({})).await.expect(200)["version"], spam["version"]);
    assert_ne!(say(&a.client, &ticket, "Buy!").await["ticket_id"], ticket["id"]);
    app.finish().await;
}

#[tokio::test]
async fn muting_is_a_matter_of_the_one_who_mutes() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let ticket = plain(&a.client).await;
    for who in [&a.client, &a.manager] {
        assert_eq!(who.ask().post(&path(&ticket, "/mute"), json!({})).await.expect(200)["muted"], true);
    }
    b.admin.ask().post(&path(&ticket, "/mute"), json!({})).await.refused(404, "not_found");
    a.client.ask().post(&path(&ticket, "/unmute"), json!({})).await.expect(200);
    let after = seen(&a.manager, &ticket).await;
    assert_eq!(after["version"], ticket["version"], "nobody else need know");
    assert!(after.get("muted_ids").is_none());
    let stored = app.raw.collection::<bson::Document>("tickets");
    let stored = stored.find_one(bson::doc! {}).await.unwrap().unwrap();
    assert_eq!(stored.get_array("muted_ids").unwrap(), &vec![bson::Bson::from(a.manager.id)]);
    app.finish().await;
}
