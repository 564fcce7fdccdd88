//! Private notes leave no trace in anything that a client can ask for.

use super::{id, note, path, plain, say};
use crate::support::TestApp;
use serde_json::json;

const WORD: &str = "zweimastbark";

#[tokio::test]
async fn nothing_that_a_client_can_ask_for_tells_of_a_private_note() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    say(&a.manager, &ticket, "A public answer").await;
    let secret = note(&a.manager, &ticket, &format!("{WORD} must not know")).await;
    let public = say(&a.manager, &ticket, "Another public answer").await;

    let one = a.client.ask().get(&path(&ticket, "")).await.expect(200);
    assert_eq!(one["public_message_count"], 3);
    assert_eq!(one["last_message_preview"], "Another public answer");
    assert!(one.get("message_count").is_none() && one.get("last_message_at").is_none());

    let list = a.client.ask().get(&path(&ticket, "/messages")).await.expect(200);
    assert_eq!((list["total"].clone(), list["data"].as_array().unwrap().len()), (json!(3), 3));
    let by_page = a.client.ask().get(&path(&ticket, "/messages?per_page=1&total=exact")).await.expect(200);
    assert_eq!(by_page["total"], 3);
    assert!(list["data"][0].get("seq").is_none(), "a gap in the numbers would tell");

    let hidden = path(&ticket, &format!("/messages/{}", id(&secret)));
    a.client.ask().get(&hidden).await.refused(404, "not_found");
    let both = path(&ticket, &format!("/messages?ids={},{}", id(&secret), id(&public)));
    assert_eq!(a.client.ask().get(&both).await.expect(200)["total"], 1);
    for query in [
        "filter=%7B%22visibility%22%3A%22private%22%7D".to_owned(),
        format!("filter=%7B%22id%22%3A%22{}%22%7D", id(&secret)),
        "filter=%7B%22not%22%3A%7B%22visibility%22%3A%22public%22%7D%7D".to_owned(),
    ] {
        let found = a.client.ask().get(&path(&ticket, &format!("/messages?{query}"))).await.expect(200);
        assert_eq!(found["total"], 0, "{query}");
    }
    for query in ["sort=seq", "filter=%7B%22seq_gte%22%3A1%7D"] {
        let refused = a.client.ask().get(&path(&ticket, &format!("/messages?{query}"))).await;
        assert_eq!(refused.status, 422, "{query}");
    }
    let search = format!("/api/tickets?q={WORD}");
    assert_eq!(a.client.ask().get(&search).await.expect(200)["total"], 0);
    assert_eq!(a.manager.ask().get(&search).await.expect(200)["total"], 1);

    for address in [
        "/api/tickets".to_owned(),
        search,
        path(&ticket, ""),
        path(&ticket, "/messages"),
        path(&ticket, "/events"),
        "/api/audit_log".to_owned(),
        format!("/api/ticket_messages?filter=%7B%22ticket_id%22%3A%22{}%22%7D", id(&ticket)),
    ] {
        let text = a.client.ask().get(&address).await.text();
        let told = text.contains(WORD) || text.contains(id(&secret)) || text.contains("private_note");
        assert!(!told, "{address}: {text}");
    }
    app.finish().await;
}

#[tokio::test]
async fn an_answer_to_an_answer_with_cursors_passes_over_notes() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    for n in 0..6 {
        if n % 2 == 0 {
            note(&a.manager, &ticket, WORD).await
        } else {
            say(&a.manager, &ticket, "public").await
        };
    }
    let mut bodies = Vec::new();
    let mut after = String::new();
    loop {
        let page =
            a.client.ask().get(&path(&ticket, &format!("/messages?per_page=1{after}"))).await.expect(200);
        bodies
            .extend(page["data"].as_array().unwrap().iter().map(|m| m["body"].as_str().unwrap().to_owned()));
        match page["pageInfo"]["nextCursor"].as_str() {
            Some(cursor) => after = format!("&after={cursor}"),
            None => break,
        }
    }
    assert_eq!(bodies, ["It does not print.", "public", "public", "public"]);
    app.finish().await;
}
