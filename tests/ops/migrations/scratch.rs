//! A database for one test, and instances of the program on it.

use bson::{DateTime, Document, doc};
use futures::TryStreamExt;
use secrecy::SecretString;
use std::time::Duration;
use stoa::db::{ConnectOptions, Db};
use stoa::support::Clock;

/// An empty database.
pub struct Scratch {
    pub raw: mongodb::Database,
    uri: String,
}

impl Scratch {
    pub async fn new() -> Self {
        let uri = std::env::var("STOA_TEST_MONGO_URI").expect("STOA_TEST_MONGO_URI");
        let name = format!("m_{}", stoa::auth::random::base62(16));
        let raw = mongodb::Client::with_uri_str(&uri).await.unwrap().database(&name);
        Self { raw, uri }
    }

    /// A further instance of the program.
    pub async fn instance(&self) -> Db {
        let options = ConnectOptions {
            uri: SecretString::from(self.uri.clone()),
            database: self.raw.name().to_owned(),
            max_pool: 20,
            selection_timeout: Duration::from_secs(5),
            monitor_reads: true,
        };
        Db::connect(&options, Clock::default()).await.unwrap()
    }

    /// Documents `{_id: 0.., n: 0}`.
    pub async fn fill(&self, count: i32) {
        let documents = (0..count).map(|id| doc! { "_id": id, "n": 0 });
        self.raw.collection("things").insert_many(documents).await.unwrap();
    }

    /// How many documents have each `n`.
    pub async fn tally(&self) -> Vec<(i32, i32)> {
        let group = doc! { "$group": { "_id": "$n", "count": { "$sum": 1 } } };
        let things = self.raw.collection::<Document>("things");
        let found = things.aggregate([group, doc! { "$sort": { "_id": 1 } }]).await.unwrap();
        let groups: Vec<Document> = found.try_collect().await.unwrap();
        groups.iter().map(|g| (g.get_i32("_id").unwrap(), g.get_i32("count").unwrap())).collect()
    }

    /// What is recorded of a step.
    pub async fn record(&self, id: &str) -> Document {
        let records = self.raw.collection::<Document>("migrations");
        records.find_one(doc! { "_id": id }).await.unwrap().expect("a record")
    }

    /// The lease.
    pub async fn lock(&self) -> Document {
        let locks = self.raw.collection::<Document>("migration_lock");
        locks.find_one(doc! {}).await.unwrap().expect("a lock")
    }

    /// Lets the lease run out, as 30 seconds without a sign of life would.
    pub async fn expire_lease(&self) {
        let update = doc! { "$set": { "expires_at": DateTime::from_millis(0) } };
        self.raw.collection::<Document>("migration_lock").update_one(doc! {}, update).await.unwrap();
    }

    /// Everything in the database, for comparison.
    pub async fn contents(&self) -> Document {
        let mut hash = self.raw.run_command(doc! { "dbHash": 1 }).await.unwrap();
        hash.retain(|name, _| ["collections", "uuids"].contains(&name));
        hash
    }

    pub async fn end(self) {
        self.raw.drop().await.unwrap();
    }
}

trait Retain {
    fn retain(&mut self, keep: impl Fn(&str, &bson::Bson) -> bool);
}

impl Retain for Document {
    fn retain(&mut self, keep: impl Fn(&str, &bson::Bson) -> bool) {
        let members = std::mem::take(self);
        self.extend(members.into_iter().filter(|(name, value)| keep(name, value)));
    }
}
