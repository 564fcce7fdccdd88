//! Undoes steps, newest first; nothing is undone when one of them cannot be.

use super::lock::Lock;
use super::record::{self, Record};
use super::runner::host;
use super::{Down, MigrateError, Options, Step, Work, backfill, schema};
use crate::db::Db;
use mongodb::Database;

/// Undoes every applied step after `target` and gives their names. An empty target undoes all.
///
/// # Errors
/// A step cannot be undone, another instance migrates, or the database failed.
pub async fn down(
    db: &Db,
    steps: &[Step],
    target: &str,
    options: &Options,
) -> Result<Vec<String>, MigrateError> {
    let database = db.for_migrations();
    if !target.is_empty() && !steps.iter().any(|step| step.id == target) {
        return Err(MigrateError::NoSuchStep(target.to_owned()));
    }
    let Some(lock) = Lock::take(database, &host()).await? else { return Err(MigrateError::LostLease) };
    let outcome = tokio::select! {
        outcome = undo(database, steps, target, options) => outcome,
        lost = lock.keep() => Err(lost),
    };
    lock.release().await;
    outcome
}

async fn undo(
    database: &Database,
    steps: &[Step],
    target: &str,
    options: &Options,
) -> Result<Vec<String>, MigrateError> {
    let records = record::all(database).await?;
    let unknown = |record: &&Record| !steps.iter().any(|step| step.id == record.id);
    if let Some(record) = records.values().find(unknown) {
        return Err(MigrateError::Newer(record.id.clone()));
    }
    let mut works: Vec<(&Step, Work)> = Vec::new();
    for step in steps.iter().rev().filter(|step| step.id > target && records.contains_key(step.id)) {
        match step.down {
            Down::Work(work) => works.push((step, work)),
            Down::Irreversible(reason) => {
                return Err(MigrateError::Irreversible { step: step.id.to_owned(), reason });
            }
        }
    }
    let mut undone = Vec::new();
    for (step, work) in works {
        let outcome = match &work {
            Work::Schema(changes) => schema::apply(database, changes()).await,
            Work::Backfill(work) => {
                let all = backfill::apply(database, step.id, work, None, None, &options.stop).await;
                all.map(drop)
            }
        };
        outcome.map_err(|error| error.in_step(step.id))?;
        record::forget(database, step.id).await?;
        undone.push(step.id.to_owned());
    }
    Ok(undone)
}
