//! Changes documents in batches. Each batch is a transaction together with the note of how far it came, so that a
//! crash loses nothing and repeats nothing.

use super::record::Claim;
use super::{Backfill, MigrateError};
use bson::{Bson, Document, doc};
use futures::TryStreamExt;
use mongodb::error::{Error, TRANSIENT_TRANSACTION_ERROR, UNKNOWN_TRANSACTION_COMMIT_RESULT};
use mongodb::{ClientSession, Database};
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Documents of a batch. A commit waits for the majority of the replica set, so that batches come no faster than
/// the other members can follow.
pub(super) const BATCH: i64 = 1000;
/// How long a batch is repeated when the database asks for it.
const RETRY: Duration = Duration::from_secs(60);

/// What a batch did.
struct Batch {
    cursor: Option<Bson>,
    changed: i64,
}

/// Changes all documents after `cursor` that need it and tells how many. Without a claim nothing is noted.
pub(super) async fn apply(
    database: &Database,
    step: &str,
    work: &Backfill,
    mut cursor: Option<Bson>,
    claim: Option<&Claim>,
    stop: &CancellationToken,
) -> Result<i64, MigrateError> {
    let mut changed = 0;
    loop {
        if stop.is_cancelled() {
            return Err(MigrateError::Stopped);
        }
        let batch = repeat(database, step, work, cursor.as_ref(), claim).await?;
        changed += batch.changed;
        match batch.cursor {
            Some(next) => cursor = Some(next),
            None => return Ok(changed),
        }
    }
}

async fn repeat(
    database: &Database,
    step: &str,
    work: &Backfill,
    cursor: Option<&Bson>,
    claim: Option<&Claim>,
) -> Result<Batch, MigrateError> {
    let deadline = Instant::now() + RETRY;
    loop {
        let mut session = database.client().start_session().await?;
        session.start_transaction().await?;
        let outcome = batch(database, &mut session, step, work, cursor, claim).await;
        let outcome = match outcome {
            Ok(batch) => commit(&mut session, deadline).await.map(|()| batch),
            Err(error) => {
                // The server ends what is left of it by itself.
                session.abort_transaction().await.ok();
                Err(error)
            }
        };
        match outcome {
            Err(MigrateError::Database(error))
                if error.contains_label(TRANSIENT_TRANSACTION_ERROR) && Instant::now() < deadline =>
            {
                tokio::time::sleep(Duration::from_millis(rand::random_range(5..100))).await;
            }
            other => return other,
        }
    }
}

async fn batch(
    database: &Database,
    session: &mut ClientSession,
    step: &str,
    work: &Backfill,
    cursor: Option<&Bson>,
    claim: Option<&Claim>,
) -> Result<Batch, MigrateError> {
    let comment = format!("across:migration:{step}");
    let mut filter = doc! { "$and": [(work.filter)()] };
    if let Some(cursor) = cursor {
        filter.insert("_id", doc! { "$gt": cursor });
    }
    let collection = database.collection::<Document>(work.collection);
    let mut found = collection
        .find(filter)
        .sort(doc! { "_id": 1 })
        .limit(BATCH)
        .comment(Bson::String(comment.clone()))
        .session(&mut *session)
        .await?;
    let documents: Vec<Document> = found.stream(&mut *session).try_collect().await?;
    let updates: Vec<Document> = documents
        .iter()
        .filter_map(|document| {
            let update = (work.update)(document)?;
            Some(doc! { "q": { "_id": document.get("_id").cloned() }, "u": update })
        })
        .collect();
    let changed = i64::try_from(updates.len()).unwrap_or(i64::MAX);
    if !updates.is_empty() {
        let command = doc! { "update": work.collection, "updates": updates, "comment": comment };
        let reply = database.run_command(command).session(&mut *session).await?;
        accepted(&reply)?;
    }
    let whole = i64::try_from(documents.len()).is_ok_and(|count| count == BATCH);
    let last = documents.last().and_then(|document| document.get("_id").cloned());
    if let (Some(claim), Some(last)) = (claim, &last) {
        claim.advance(session, last, changed).await?;
    }
    Ok(Batch { cursor: last.filter(|_| whole), changed })
}

/// A command that ran may still have been refused by single documents. Their content stays out of the message.
fn accepted(reply: &Document) -> Result<(), MigrateError> {
    let first = reply.get_array("writeErrors").ok().and_then(|errors| errors.first()?.as_document());
    match first {
        Some(error) => {
            let code = error.get_i32("code").unwrap_or_default();
            Err(Error::custom(format!("a document refused its update (code {code})")).into())
        }
        None => Ok(()),
    }
}

async fn commit(session: &mut ClientSession, deadline: Instant) -> Result<(), MigrateError> {
    loop {
        match session.commit_transaction().await {
            Err(error)
                if error.contains_label(UNKNOWN_TRANSACTION_COMMIT_RESULT) && Instant::now() < deadline =>
            {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            other => return Ok(other?),
        }
    }
}
