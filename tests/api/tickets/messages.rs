//! Writing to tickets: what each message does to status, counts and times.

use super::{change, department, events_of, file, id, note, oid, path, plain, say, seen, to_status};
use crate::support::TestApp;
use bson::doc;
use serde_json::json;
use std::time::Duration;
use stoa::permissions::Role;

#[tokio::test]
async fn the_first_public_answer_of_staff_opens_a_new_ticket() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    note(&a.manager, &ticket, "Who takes it?").await;
    let noted = seen(&a.manager, &ticket).await;
    assert_eq!((&noted["status"], &noted["first_responded_at"]), (&json!("new"), &json!(null)));
    let answer = say(&a.manager, &ticket, "Switch it on.").await;
    assert_eq!(answer["seq"], 3);
    assert_eq!(answer["author_is_staff"], true);
    let after = seen(&a.manager, &ticket).await;
    assert_eq!(after["status"], "open");
    assert_eq!(after["first_responded_at"], answer["created_at"]);
    assert_eq!(after["last_staff_message_at"], answer["created_at"]);
    assert_eq!((&after["message_count"], &after["public_message_count"]), (&json!(3), &json!(2)));
    assert_eq!(
        events_of(&a.client, &ticket).await,
        ["ticket.created", "message.added"],
        "one event for both"
    );
    app.clock.advance(Duration::from_secs(5));
    say(&a.manager, &ticket, "And?").await;
    assert_eq!(seen(&a.manager, &ticket).await["first_responded_at"], after["first_responded_at"]);
    app.finish().await;
}

#[tokio::test]
async fn an_answer_of_the_client_brings_a_waiting_or_solved_ticket_back() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    assert_eq!(seen(&a.client, &ticket).await["status"], "new");
    say(&a.client, &ticket, "One more thing").await;
    assert_eq!(seen(&a.client, &ticket).await["status"], "new", "a client does not open its own new ticket");
    for waiting in ["pending", "on_hold", "solved"] {
        to_status(&a.manager, &ticket, waiting).await;
        note(&a.manager, &ticket, "private").await;
        assert_eq!(seen(&a.client, &ticket).await["status"], waiting, "a note moves nothing");
        say(&a.manager, &ticket, "from us").await;
        assert_eq!(seen(&a.client, &ticket).await["status"], waiting, "nor do we ourselves");
        say(&a.client, &ticket, "from me").await;
        assert_eq!(seen(&a.client, &ticket).await["status"], "open", "from {waiting}");
    }
    let after = seen(&a.manager, &ticket).await;
    assert_eq!(after["reopen_count"], 1);
    assert!(after["reopened_at"].is_string());
    app.finish().await;
}

#[tokio::test]
async fn staff_who_ask_for_themselves_are_not_their_own_answer() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.manager).await;
    say(&a.manager, &ticket, "Anyone?").await;
    let after = seen(&a.manager, &ticket).await;
    assert_eq!((&after["status"], &after["first_responded_at"]), (&json!("new"), &json!(null)));
    app.finish().await;
}

#[tokio::test]
async fn a_message_of_the_client_to_a_closed_ticket_opens_another_one() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    to_status(&a.manager, &ticket, "solved").await;
    to_status(&a.admin, &ticket, "closed").await;
    let before = seen(&a.manager, &ticket).await;
    let body = json!({ "body": "It is broken again", "body_html": "<b>It is broken again</b>" });
    let answer = a.client.ask().post(&path(&ticket, "/messages"), body).await;
    let message = answer.expect(201);
    let next = a
        .client
        .ask()
        .get(&format!("/api/tickets/{}", message["ticket_id"].as_str().unwrap()))
        .await
        .expect(200);
    assert_ne!(next["id"], ticket["id"]);
    assert_eq!((&next["number"], &next["follow_up_of"]), (&json!(2), &ticket["id"]));
    assert_eq!((&next["status"], &next["subject"]), (&json!("new"), &ticket["subject"]));
    assert_eq!(message["body_html"], "<b>It is broken again</b>");
    assert_eq!(answer.header("location"), path(&next, &format!("/messages/{}", id(&message))));
    assert_eq!(seen(&a.manager, &ticket).await, before, "closed is final");
    let ours = a.manager.ask().post(&path(&ticket, "/messages"), json!({ "body": "x" })).await;
    assert_eq!(ours.refused(409, "invalid_transition")["allowed"], json!([]));
    note(&a.manager, &ticket, "for the record").await;
    app.finish().await;
}

#[tokio::test]
async fn a_message_of_the_client_takes_a_solved_ticket_out_of_the_archive() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    to_status(&a.manager, &ticket, "solved").await;
    a.manager.ask().post(&path(&ticket, "/archive"), json!({})).await.expect(200);
    for kind in ["public_reply", "private_note"] {
        let body = json!({ "body": "x", "kind": kind });
        a.manager.ask().post(&path(&ticket, "/messages"), body).await.refused(409, "archived");
    }
    say(&a.client, &ticket, "Again").await;
    let after = seen(&a.manager, &ticket).await;
    assert_eq!((&after["status"], &after["archived"]), (&json!("open"), &json!(false)));
    assert!(events_of(&a.manager, &ticket).await.contains(&"ticket.unarchived".to_owned()));
    assert!(!events_of(&a.client, &ticket).await.contains(&"ticket.unarchived".to_owned()));
    to_status(&a.manager, &ticket, "solved").await;
    to_status(&a.admin, &ticket, "closed").await;
    a.manager.ask().post(&path(&ticket, "/archive"), json!({})).await.expect(200);
    assert_ne!(say(&a.client, &ticket, "And again").await["ticket_id"], ticket["id"]);
    assert_eq!(seen(&a.manager, &ticket).await["archived"], true);
    app.finish().await;
}

#[tokio::test]
async fn html_keeps_what_is_harmless() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let html = r#"<p onclick="x()">Hi <b>you</b><script>alert(1)</script><style>@import url(//e.example/x.css)</style>
        <a href="javascript:alert(1)">a</a><a href="https://ok.example/">ok</a><form action="/x"><input name="p"></form>
        <iframe src="https://e.example"></iframe><img src="data:text/html,x" onerror="x()"><svg><script>1</script></svg></p>"#;
    let body = json!({ "body": "Hi you", "body_html": html });
    let message = a.client.ask().post(&path(&ticket, "/messages"), body).await.expect(201);
    let clean = message["body_html"].as_str().unwrap();
    for gone in [
        "script",
        "onclick",
        "onerror",
        "javascript:",
        "style",
        "@import",
        "form",
        "input",
        "iframe",
        "data:",
        "svg",
    ] {
        assert!(!clean.contains(gone), "{gone} in {clean}");
    }
    assert!(clean.contains("<b>you</b>") && clean.contains("https://ok.example/"), "{clean}");
    let body = json!({ "body": "x", "body_html": "<script>1</script>" });
    let message = a.client.ask().post(&path(&ticket, "/messages"), body).await.expect(201);
    assert_eq!(message["body_html"], json!(null));
    // What would take the cleaning seconds, and browsers too.
    let deep = json!({ "body": "x", "body_html": "<div>".repeat(20_000) });
    let refused = a.client.ask().post(&path(&ticket, "/messages"), deep.clone()).await;
    assert!(refused.refused(422, "validation_failed")["errors"]["body_html"].is_object());
    let own = path(&ticket, &format!("/messages/{}", message["id"].as_str().unwrap()));
    a.client.ask().with("if-match", "*").patch(&own, deep).await.refused(422, "validation_failed");
    app.finish().await;
}

#[tokio::test]
async fn a_ticket_holds_five_thousand_messages() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let full = doc! { "$set": { "message_count": 4999_i64, "message_seq": 4999_i64 } };
    change(&app, "tickets", doc! { "_id": oid(&ticket) }, full).await;
    say(&a.client, &ticket, "The last").await;
    a.client
        .ask()
        .post(&path(&ticket, "/messages"), json!({ "body": "x" }))
        .await
        .refused(409, "message_limit");
    let body = json!({ "status": "solved", "comment": "x" });
    a.manager.ask().post(&path(&ticket, "/status"), body).await.refused(409, "message_limit");
    assert_eq!(seen(&a.manager, &ticket).await["status"], "new");
    app.finish().await;
}

#[tokio::test]
async fn clients_are_not_mentioned_where_they_cannot_read() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let stranger = a.person(&app, Role::Client).await;
    let ticket = plain(&a.client).await;
    let ask = |kind: &str, who: bson::oid::ObjectId| {
        let body = json!({ "body": "See", "kind": kind, "mention_ids": [who.to_hex()] });
        let (ask, path) = (a.manager.ask(), path(&ticket, "/messages"));
        async move { ask.post(&path, body).await }
    };
    ask("private_note", a.client.id).await.refused(422, "validation_failed");
    ask("public_reply", stranger.id).await.refused(422, "validation_failed");
    ask("public_reply", b.manager.id).await.refused(422, "reference_not_found");
    ask("public_reply", a.client.id).await.expect(201);
    ask("private_note", a.writer.id).await.expect(201);
    let body = json!({ "body": "x", "mention_ids": [a.manager.id.to_hex()] });
    a.client.ask().post(&path(&ticket, "/messages"), body).await.refused(422, "unknown_field");
    let body = json!({ "body": "x", "kind": "private_note" });
    a.client.ask().post(&path(&ticket, "/messages"), body).await.refused(422, "read_only_field");
    app.finish().await;
}

#[tokio::test]
async fn a_message_sent_twice_with_one_key_is_written_once() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let target = path(&ticket, "/messages");
    let ask = || a.client.ask().with("idempotency-key", "m-1").post(&target, json!({ "body": "Once" }));
    let answers = futures::future::join_all((0..10).map(|_| ask())).await;
    let first = answers[0].expect(201);
    assert!(answers.iter().all(|answer| answer.expect(201)["id"] == first["id"]));
    assert_eq!(seen(&a.client, &ticket).await["public_message_count"], 2);
    app.finish().await;
}

#[tokio::test]
async fn messages_at_once_from_two_instances_have_distinct_numbers_and_are_all_counted() {
    let app = TestApp::start().await;
    let other = app.sibling().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    let target = path(&ticket, "/messages");
    let asks = (0..20).map(|n| {
        let at = if n % 2 == 0 { &app } else { &other };
        a.manager.ask_at(at).post(&target, json!({ "body": format!("message {n}") }))
    });
    let answers = futures::future::join_all(asks).await;
    let mut numbers: Vec<i64> =
        answers.iter().map(|answer| answer.expect(201)["seq"].as_i64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (2..=21).collect::<Vec<_>>());
    assert_eq!(seen(&a.manager, &ticket).await["message_count"], 21);
    assert_eq!(events_of(&a.manager, &ticket).await.len(), 21);
    app.finish().await;
}

#[tokio::test]
async fn messages_are_reached_through_their_ticket_only() {
    let app = TestApp::start().await;
    let (a, b) = (app.tenant("a").await, app.tenant("b").await);
    let (ticket, other) = (plain(&a.client).await, plain(&a.client).await);
    let message = say(&a.client, &ticket, "mine").await;
    let wrong = path(&other, &format!("/messages/{}", id(&message)));
    a.admin.ask().get(&wrong).await.refused(404, "not_found");
    a.admin.ask().patch(&wrong, json!({ "body": "x" })).await.refused(404, "not_found");
    a.admin.ask().delete(&wrong).await.refused(404, "not_found");
    let right = path(&ticket, &format!("/messages/{}", id(&message)));
    assert_eq!(a.client.ask().get(&right).await.expect(200)["body"], "mine");
    for (method, body) in [("GET", None), ("PATCH", Some(json!({ "body": "x" }))), ("DELETE", None)] {
        let method = http::Method::from_bytes(method.as_bytes()).unwrap();
        b.admin.ask().send(method, &right, body).await.refused(404, "not_found");
    }
    b.admin.ask().post(&path(&ticket, "/messages"), json!({ "body": "x" })).await.refused(404, "not_found");
    a.admin.ask().get("/api/ticket_messages").await.refused(422, "filter_not_allowed");
    a.admin
        .ask()
        .get(&format!("/api/ticket_messages?ids={}", id(&message)))
        .await
        .refused(422, "filter_not_allowed");
    let by_filter = format!("/api/ticket_messages?filter=%7B%22ticket_id%22%3A%22{}%22%7D", id(&ticket));
    assert_eq!(a.client.ask().get(&by_filter).await.expect(200)["total"], 2);
    b.admin.ask().get(&by_filter).await.refused(404, "not_found");
    let any = format!(
        "/api/ticket_messages?filter=%7B%22or%22%3A%5B%7B%22ticket_id%22%3A%22{}%22%7D%5D%7D",
        id(&ticket)
    );
    let any = a.client.ask().get(&any).await;
    assert!(any.status == 422 || any.expect(200)["total"] == 2, "one alternative is no alternative");
    let sales = department(&app, &a.admin, json!({ "name": "Sales" }), &[&a.writer]).await;
    a.writer.ask().get(&path(&ticket, "/messages")).await.refused(404, "not_found");
    let queue = file(&a.admin, json!({ "subject": "x", "department_id": sales.to_hex() })).await;
    note(&a.writer, &queue, "mine now").await;
    app.finish().await;
}
