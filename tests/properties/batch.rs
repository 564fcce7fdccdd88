//! Reads that share a command: everyone gets the records asked for, as fresh as at the moment of asking.

use crate::support::TestApp;
use bson::{Document, doc};
use futures::future::join_all;
use stoa::models::Counter;

#[tokio::test]
async fn reads_that_share_a_command_are_mixed_up_by_nobody_and_never_stale() {
    let app = TestApp::start().await;
    let counters = app.raw.collection::<Document>("counters");
    let tasks = (0..48).map(|n| {
        let (db, counters) = (app.app.db().clone(), counters.clone());
        async move {
            let (mine, missing) = (format!("counter-{n}"), format!("missing-{n}"));
            for value in 1..=20_i64 {
                let change = doc! { "$set": { "value": value } };
                counters.update_one(doc! { "_id": &mine }, change).upsert(true).await.unwrap();
                let shared = format!("counter-{}", (n + 1) % 48);
                let found: Vec<Counter> =
                    db.global_by_ids([mine.clone(), missing.clone(), shared.clone()]).await.unwrap();
                assert_eq!(found[0].id, mine);
                assert_eq!(found[0].value, value, "what was acknowledged before is seen");
                assert!(found[1..].iter().all(|other| other.id == shared), "{found:?}");
            }
        }
    });
    join_all(tasks).await;
    app.finish().await;
}
