//! Applies changes of the schema; what is there already stays.

use super::error::code;
use super::{Change, MigrateError};
use bson::{Document, doc};
use futures::future::try_join_all;
use mongodb::Database;

/// The server's codes: the collection is there; the collection or the index is not.
const NAMESPACE_EXISTS: i32 = 48;
const NAMESPACE_NOT_FOUND: i32 = 26;
const INDEX_NOT_FOUND: i32 = 27;
/// New collections at a time; more only wait for each other in the server's catalogue.
const LANES: usize = 4;

/// Applies all changes of a step: new collections first and side by side, then the others in order.
pub(super) async fn apply(database: &Database, changes: Vec<Change>) -> Result<(), MigrateError> {
    let (collections, others): (Vec<_>, Vec<_>) =
        changes.into_iter().partition(|change| matches!(change, Change::Collection { .. }));
    let mut lanes: Vec<Vec<Change>> = vec![Vec::new(); LANES];
    for (place, change) in collections.into_iter().enumerate() {
        lanes[place % LANES].push(change);
    }
    try_join_all(lanes.into_iter().map(|lane| in_order(database, lane))).await?;
    in_order(database, others).await
}

async fn in_order(database: &Database, changes: Vec<Change>) -> Result<(), MigrateError> {
    for change in changes {
        apply_one(database, change).await?;
    }
    Ok(())
}

async fn apply_one(database: &Database, change: Change) -> Result<(), MigrateError> {
    match change {
        Change::Collection { name, validator, indexes } => {
            let mut create = doc! { "create": name };
            if let Some(validator) = &validator {
                create.extend(validation(validator));
            }
            match database.run_command(create).await {
                Err(error) if code(&error) == Some(NAMESPACE_EXISTS) => {
                    set_validator(database, name, validator.unwrap_or_default()).await?;
                }
                other => drop(other?),
            }
            create_indexes(database, name, indexes).await
        }
        Change::Indexes { collection, indexes } => create_indexes(database, collection, indexes).await,
        Change::Validator { collection, validator } => set_validator(database, collection, validator).await,
        Change::DropIndexes { collection, names } => {
            for name in names {
                let dropped = database.run_command(doc! { "dropIndexes": collection, "index": name }).await;
                unless_missing(dropped)?;
            }
            Ok(())
        }
        Change::DropCollection { name } => unless_missing(database.run_command(doc! { "drop": name }).await),
    }
}

async fn create_indexes(database: &Database, name: &str, indexes: Vec<Document>) -> Result<(), MigrateError> {
    if !indexes.is_empty() {
        database.run_command(doc! { "createIndexes": name, "indexes": indexes }).await?;
    }
    Ok(())
}

async fn set_validator(database: &Database, name: &str, validator: Document) -> Result<(), MigrateError> {
    let mut command = doc! { "collMod": name };
    command.extend(validation(&validator));
    database.run_command(command).await?;
    Ok(())
}

fn validation(validator: &Document) -> Document {
    doc! { "validator": validator.clone(), "validationLevel": "strict", "validationAction": "error" }
}

fn unless_missing(outcome: mongodb::error::Result<Document>) -> Result<(), MigrateError> {
    match outcome {
        Err(error) if matches!(code(&error), Some(NAMESPACE_NOT_FOUND | INDEX_NOT_FOUND)) => Ok(()),
        other => other.map(drop).map_err(Into::into),
    }
}
