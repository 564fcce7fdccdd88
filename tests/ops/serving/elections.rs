//! Tests of readiness while the replica set has no primary, with a real election.

use super::process::{Setup, get, until};
use bson::doc;

#[tokio::test]
async fn an_election_keeps_the_instance_ready_and_a_lost_primary_does_not() {
    let setup = Setup::embedded();
    let process = setup.serve().await;
    let port = std::fs::read_to_string(setup.folder.path().join(".stoa/data/mongod.port")).unwrap();
    let uri = format!("mongodb://127.0.0.1:{}/?directConnection=true", port.trim());
    let admin = mongodb::Client::with_uri_str(uri).await.unwrap().database("admin");
    let ready = format!("{}/health/ready", process.url);
    let (status, body) = get(&ready).await;
    let whole = serde_json::json!({
        "status": "ready", "reads": true, "writes": true, "migrations": true, "streams": true,
    });
    assert_eq!((status, &body), (200, &whole));

    admin.run_command(doc! { "replSetStepDown": 600, "force": true }).await.unwrap();
    until(&ready, |status, body| status == 200 && body["writes"] == false && body["reads"] == true).await;
    // It is over when it has taken longer than any election does.
    until(&ready, |status, body| status == 503 && body["status"] == "no_database").await;
    assert_eq!(get(&format!("{}/health/live", process.url)).await.0, 200);
    // The only member stands for election again.
    admin.run_command(doc! { "replSetFreeze": 0 }).await.unwrap();
    until(&ready, |status, body| status == 200 && *body == whole).await;
    process.signal("TERM");
    let (status, log) = process.ended().await;
    assert!(status.success(), "{log}");
}
