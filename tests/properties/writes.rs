//! Writes that meet: concurrent editors lose nothing, and a request that comes many times has one effect.

use crate::support::{Ask, Persona, TestApp};
use futures::future::join_all;
use serde_json::{Value, json};
use std::time::Duration;

/// Requests of a person to one of several instances in turn.
fn at(apps: &[TestApp], person: &Persona, turn: usize) -> Ask {
    person.ask_at(&apps[turn % apps.len()])
}

/// Adds a mark to the description, reading again until the write is accepted.
async fn edit(apps: &[TestApp], person: &Persona, path: &str, mark: usize) -> i64 {
    for turn in 0..500 {
        let read = at(apps, person, mark + turn).get(path).await;
        let text = read.expect(200)["description"].as_str().unwrap_or_default().to_owned();
        let body = json!({ "description": format!("{text}{mark},") });
        let write = at(apps, person, mark).with("if-match", read.header("etag")).patch(path, body).await;
        match write.status.as_u16() {
            200 => return write.json()["version"].as_i64().unwrap(),
            412 => {}
            _ => panic!("{}", write.text()),
        }
    }
    panic!("editor {mark} was never accepted");
}

#[tokio::test]
async fn accepted_writes_form_a_chain_and_none_is_lost() {
    const EDITORS: usize = 16;
    let first = TestApp::start().await;
    let apps = [first.sibling().await, first.sibling().await];
    let a = first.tenant("a").await;
    let made = a.admin.ask().post("/api/tags", json!({ "name": "contended" })).await.expect(201);
    let path = format!("/api/tags/{}", made["id"].as_str().unwrap());
    let mut versions = join_all((0..EDITORS).map(|mark| edit(&apps, &a.admin, &path, mark))).await;
    versions.sort_unstable();
    assert_eq!(
        versions,
        (2..2 + EDITORS as i64).collect::<Vec<_>>(),
        "each accepted write has a version of its own"
    );
    let text = a.admin.ask().get(&path).await.expect(200)["description"].as_str().unwrap().to_owned();
    let mut marks: Vec<usize> =
        text.trim_end_matches(',').split(',').map(|mark| mark.parse().unwrap()).collect();
    marks.sort_unstable();
    assert_eq!(marks, (0..EDITORS).collect::<Vec<_>>(), "a write was lost");
    let log = a.admin.ask().get("/api/audit_log?sort=seq&per_page=1000").await.expect(200);
    let mut before = Value::Null;
    for entry in log["data"].as_array().unwrap().iter().skip(1) {
        let change =
            entry["changes"].as_array().unwrap().iter().find(|c| c["field"] == "description").unwrap();
        assert_eq!(change["from"], before, "history does not follow on");
        before = change["to"].clone();
    }
    assert_eq!(before, text);
    first.finish().await;
}

#[tokio::test]
async fn a_request_that_comes_many_times_on_many_instances_has_one_effect() {
    let first = TestApp::start().await;
    let apps = [first.sibling().await, first.sibling().await, first.sibling().await];
    let a = first.tenant("a").await;
    for round in 0..6 {
        let body = json!({ "name": format!("once {round}") });
        let key = format!("round-{round}-of-many");
        let send = |turn: usize| {
            at(&apps, &a.admin, turn).with("idempotency-key", &*key).post("/api/tags", body.clone())
        };
        // Some clients go away before the answer, each a little later than the one before.
        let impatient = (0..8).map(|turn| {
            let wait = Duration::from_micros(300 * turn as u64);
            let send = send(turn);
            async move { drop(tokio::time::timeout(wait, send).await) }
        });
        let patient = (0..8).map(send);
        let (answers, _) = futures::join!(join_all(patient), join_all(impatient));
        let told = answers[0].expect(201);
        for answer in &answers {
            assert_eq!(answer.expect(201), told);
        }
        assert_eq!(send(99).await.expect(201), told, "and afterwards");
    }
    assert_eq!(a.admin.ask().get("/api/tags").await.expect(200)["total"], 6);
    let log = a.admin.ask().get("/api/audit_log?per_page=1000").await.expect(200);
    assert_eq!(log["total"], 6, "an effect was recorded twice");
    assert_eq!(a.admin.ask().get("/api/audit_log/verify").await.expect(200)["valid"], true);
    first.finish().await;
}
