//! What the database remembers of each step: the collection `migrations`.

use super::{MigrateError, Step};
use bson::{Bson, DateTime, Document, doc};
use futures::TryStreamExt;
use mongodb::options::ReturnDocument;
use mongodb::{ClientSession, Collection, Database};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Name of the collection.
pub(super) const COLLECTION: &str = "migrations";

/// A step that was begun.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Record {
    /// Name of the step.
    #[serde(rename = "_id")]
    pub id: String,
    /// Hash of its file when it was begun.
    pub checksum: String,
    /// `running` or `done`.
    pub state: String,
    /// `_id` of the last document that a backfill has passed.
    #[serde(default)]
    pub cursor: Option<Bson>,
    /// Documents changed so far.
    #[serde(default)]
    pub changed: i64,
    /// When it was completed.
    #[serde(default)]
    pub finished_at: Option<DateTime>,
    /// The oldest step that a program must know to run beside it.
    #[serde(default)]
    pub compatible_from: Option<String>,
}

impl Record {
    /// Whether it is complete.
    pub fn is_done(&self) -> bool {
        self.state == "done"
    }
}

/// All records by name.
pub(super) async fn all(database: &Database) -> Result<BTreeMap<String, Record>, MigrateError> {
    let records: Vec<Record> =
        database.collection::<Record>(COLLECTION).find(doc! {}).await?.try_collect().await?;
    Ok(records.into_iter().map(|record| (record.id.clone(), record)).collect())
}

/// The records as a runner with a lease may write them. Whoever took the lease over later has claimed the step with
/// a greater number, and writes of the one before match nothing any more.
#[derive(Clone)]
pub(super) struct Claim {
    records: Collection<Document>,
    id: &'static str,
    fencing: i64,
}

impl Claim {
    /// Notes that the step is being taken, and gives what a runner before left.
    pub async fn take(
        database: &Database,
        step: &Step,
        fencing: i64,
        host: &str,
    ) -> Result<(Self, Record), MigrateError> {
        let claim = Self { records: database.collection(COLLECTION), id: step.id, fencing };
        let set = doc! {
            "checksum": step.checksum(),
            "phase": step.phase.as_str(),
            "state": "running",
            "fencing": fencing,
            "host": host,
            "app_version": env!("CARGO_PKG_VERSION"),
            "compatible_from": step.compatible_from,
            "started_at": { "$ifNull": ["$started_at", "$$NOW"] },
        };
        // Not with $$NOW alone: what a replaced runner wrote before stays.
        let filter =
            doc! { "_id": step.id, "$or": [{ "fencing": { "$lte": fencing } }, { "fencing": null }] };
        let records = claim.records.clone_with_type::<Record>();
        let update = records
            .find_one_and_update(filter, vec![doc! { "$set": set }])
            .upsert(true)
            .return_document(ReturnDocument::After);
        match update.await {
            Ok(record) => Ok((claim, record.ok_or(MigrateError::LostLease)?)),
            // The record is there with a greater number.
            Err(error) if super::error::code(&error) == Some(super::lock::DUPLICATE_KEY) => {
                Err(MigrateError::LostLease)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Notes how far a backfill came, in the transaction of its batch.
    pub async fn advance(
        &self,
        session: &mut ClientSession,
        cursor: &Bson,
        changed: i64,
    ) -> Result<(), MigrateError> {
        let update = doc! { "$set": { "cursor": cursor }, "$inc": { "changed": changed, "batches": 1_i64 } };
        let done = self.records.update_one(self.filter(), update).session(session).await?;
        self.held(done.matched_count)
    }

    /// Notes that the step is complete.
    pub async fn finish(&self) -> Result<(), MigrateError> {
        let update = vec![doc! { "$set": { "state": "done", "finished_at": "$$NOW" } }];
        let done = self.records.update_one(self.filter(), update).await?;
        self.held(done.matched_count)
    }

    fn filter(&self) -> Document {
        doc! { "_id": self.id, "fencing": self.fencing }
    }

    fn held(&self, matched: u64) -> Result<(), MigrateError> {
        if matched == 0 { Err(MigrateError::LostLease) } else { Ok(()) }
    }
}

/// Takes over the present hash of an applied step.
pub(super) async fn accept(database: &Database, step: &Step) -> Result<(), MigrateError> {
    let update = doc! { "$set": { "checksum": step.checksum() } };
    database.collection::<Document>(COLLECTION).update_one(doc! { "_id": step.id }, update).await?;
    Ok(())
}

/// Forgets a step that was undone.
pub(super) async fn forget(database: &Database, id: &str) -> Result<(), MigrateError> {
    database.collection::<Document>(COLLECTION).delete_one(doc! { "_id": id }).await?;
    Ok(())
}
