//! A database of its own for each test, on the server that `STOA_TEST_MONGO_URI` names.

use futures::FutureExt;
use mongodb::{Client, Database};
use std::panic::{AssertUnwindSafe, resume_unwind};
use stoa::auth::random;

/// Runs a test with an empty database and drops it afterwards, whatever the outcome.
pub async fn with_database<F: Future<Output = ()>>(test: impl FnOnce(Database) -> F) {
    let uri = std::env::var("STOA_TEST_MONGO_URI").expect(
        "STOA_TEST_MONGO_URI names the MongoDB server for the tests, such as mongodb://127.0.0.1:27017",
    );
    let client = Client::with_uri_str(uri).await.unwrap();
    let database = client.database(&format!("t_{}", random::base62(12)));
    let outcome = AssertUnwindSafe(test(database.clone())).catch_unwind().await;
    database.drop().await.unwrap();
    outcome.unwrap_or_else(|panic| resume_unwind(panic));
}
