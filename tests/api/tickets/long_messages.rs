//! Very long messages: a list of them stays within bounds, and nothing else stumbles over them.

use super::{path, plain};
use crate::support::TestApp;
use serde_json::json;

#[tokio::test]
async fn a_list_that_would_be_too_long_says_how_many_rows_fit_and_the_log_is_verified_all_the_same() {
    let app = TestApp::start().await;
    let a = app.tenant("a").await;
    let ticket = plain(&a.client).await;
    // Five times as long when it is stored: each becomes an entity.
    let html = "&".repeat(99_000);
    for n in 0..24 {
        let body = json!({ "body": format!("long {n}"), "body_html": html });
        a.client.ask().post(&path(&ticket, "/messages"), body).await.expect(201);
    }
    let list = |rows: usize| {
        let (ask, path) = (a.client.ask(), path(&ticket, &format!("/messages?per_page={rows}")));
        async move { ask.get(&path).await }
    };
    let told = list(100).await.refused(422, "invalid_parameter");
    let words = told["errors"]["per_page"]["message"].as_str().unwrap();
    let fitting: usize = words.split_whitespace().find_map(|word| word.parse().ok()).expect(words);
    assert!((2..24).contains(&fitting), "{words}");
    // One row more is read than is shown.
    let page = list(fitting - 1).await.expect(200);
    assert_eq!((page["data"].as_array().unwrap().len(), &page["total"]), (fitting - 1, &json!(25)));
    list(1).await.expect(200);
    let verified = a.admin.ask().get("/api/audit_log/verify").await.expect(200);
    assert_eq!((&verified["valid"], &verified["next_seq"]), (&json!(true), &json!(null)), "{verified}");
    app.finish().await;
}
