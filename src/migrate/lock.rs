//! The lease that lets one runner at a time change the database. The server's clock decides when it has run out.

use super::MigrateError;
use super::error::code;
use bson::{Document, doc};
use mongodb::options::ReturnDocument;
use mongodb::{Collection, Database};
use std::time::Duration;
use tokio::time::Instant;

/// Name of the collection.
pub(super) const COLLECTION: &str = "migration_lock";
/// The server's code of a duplicate key.
pub(super) const DUPLICATE_KEY: i32 = 11_000;
const ID: &str = "lock";
/// A runner that is not heard of for so long has lost the lease.
const LEASE: Duration = Duration::from_secs(30);
/// How often it is renewed.
const HEARTBEAT: Duration = Duration::from_secs(10);

/// A held lease.
pub(super) struct Lock {
    locks: Collection<Document>,
    holder: String,
    fencing: i64,
}

impl Lock {
    /// Takes the lease if it is free or has run out. `None` when somebody else holds it.
    pub async fn take(database: &Database, host: &str) -> Result<Option<Self>, MigrateError> {
        let locks = database.collection::<Document>(COLLECTION);
        let holder = format!("{host}:{}:{}", std::process::id(), crate::auth::random::base62(8));
        loop {
            let free = doc! { "_id": ID, "$expr": { "$lte": ["$expires_at", "$$NOW"] } };
            let taken = locks
                .find_one_and_update(free, vec![doc! { "$set": lease(&holder, true) }])
                .return_document(ReturnDocument::After)
                .await?;
            if let Some(document) = taken {
                let fencing = document.get_i64("fencing").unwrap_or_default();
                return Ok(Some(Self { locks, holder, fencing }));
            }
            // An upsert cannot compare with the server's clock, so the record is made first, as one that has run out.
            let empty = doc! { "_id": ID, "fencing": 0_i64, "expires_at": bson::DateTime::from_millis(0) };
            match locks.insert_one(empty).await {
                Ok(_) => {}
                Err(error) if code(&error) == Some(DUPLICATE_KEY) => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Grows with each holder.
    pub fn fencing(&self) -> i64 {
        self.fencing
    }

    /// Renews the lease for as long as it is polled. Returns when it is lost.
    pub async fn keep(&self) -> MigrateError {
        let mut renewed = Instant::now();
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            let asked = Instant::now();
            let update = vec![doc! { "$set": lease(&self.holder, false) }];
            match self.locks.update_one(self.mine(), update).await {
                Ok(done) if done.matched_count == 1 => renewed = asked,
                Ok(_) => return MigrateError::LostLease,
                Err(error) if renewed.elapsed() > LEASE => return error.into(),
                Err(error) => tracing::warn!(kind = ?error.kind, "the migration lease is not renewed yet"),
            }
        }
    }

    /// Gives it free. Should that fail, it runs out by itself.
    pub async fn release(self) {
        let update = doc! { "$set": { "expires_at": bson::DateTime::from_millis(0) } };
        if let Err(error) = self.locks.update_one(self.mine(), update).await {
            tracing::warn!(kind = ?error.kind, "the migration lease could not be given free");
        }
    }

    fn mine(&self) -> Document {
        doc! { "_id": ID, "holder": &self.holder, "fencing": self.fencing }
    }
}

fn lease(holder: &str, anew: bool) -> Document {
    let ms = i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
    let mut set = doc! { "holder": holder, "expires_at": { "$add": ["$$NOW", ms] } };
    if anew {
        set.insert("fencing", doc! { "$add": ["$fencing", 1_i64] });
    }
    set
}
