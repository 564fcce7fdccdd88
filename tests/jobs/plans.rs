//! Tests of what taking a job costs when very many are ready.

use super::{job, settings, until, workers};
use crate::support::TestApp;
use bson::{DateTime, Document, doc, oid::ObjectId};
use futures::TryStreamExt;

/// Keys that a claim may read: one for each priority, and a few.
const FEW: i64 = 15;

#[tokio::test]
async fn a_claim_reads_a_few_keys_however_many_jobs_are_ready() {
    let app = TestApp::start().await;
    let companies: Vec<ObjectId> = (0..20).map(|_| ObjectId::new()).collect();
    let later = DateTime::from_millis(DateTime::now().timestamp_millis() + 86_400_000);
    let flood = (0..20_000_usize).map(|n| {
        // Jobs of later stand before those that are due.
        let (priority, run_at) = if n % 2 == 0 { (0_i64, later) } else { (5, DateTime::now()) };
        job(Some(companies[n % 20]), 20, doc! { "priority": priority, "run_at": run_at })
    });
    app.raw.collection::<Document>("jobs").insert_many(flood).await.unwrap();
    app.raw.run_command(doc! { "create": "system.profile", "capped": true, "size": 16 << 20 }).await.unwrap();
    app.raw.run_command(doc! { "profile": 2 }).await.unwrap();
    let working = workers(&app, &stoa::config::JobsSettings { drain_s: 0, ..settings() });
    let platform = super::add(&app.raw, job(None, 0, doc! {})).await;
    until(&app.raw, platform, "done").await;
    super::end(working).await;
    app.raw.run_command(doc! { "profile": 0 }).await.unwrap();
    let ours = doc! { "ns": { "$regex": "[.]jobs$" }, "command.comment": { "$regex": "^across:jobs" } };
    let rows: Vec<Document> =
        app.raw.collection("system.profile").find(ours).await.unwrap().try_collect().await.unwrap();
    let mut kinds = std::collections::BTreeSet::new();
    for row in &rows {
        let command = row.get_document("command").unwrap();
        let name = ["findAndModify", "aggregate", "find"].iter().find(|name| command.contains_key(**name));
        let Some(name) = name else { continue };
        kinds.insert(*name);
        let number =
            |name: &str| row.get_i32(name).map(i64::from).or_else(|_| row.get_i64(name)).unwrap_or(0);
        let keys = number("keysExamined");
        // One key for each company; of the counts, one for each job that a worker has.
        let most = if *name == "aggregate" { 60 } else { FEW };
        assert!(keys <= most, "{keys} keys: {row}");
        let plan = row.get_str("planSummary").unwrap_or_default();
        assert!(!plan.contains("COLLSCAN"), "{plan}");
        assert!(!row.get_bool("hasSortStage").unwrap_or(false), "{row}");
    }
    // Whether it also looks for the next job of later depends on the moment.
    kinds.remove("find");
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["aggregate", "findAndModify"]);
    app.finish().await;
}
