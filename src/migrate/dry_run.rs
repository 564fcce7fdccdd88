//! Tells what a run would do, and changes nothing.

use super::drift::{indexes, same_index, validators};
use super::plan::Plan;
use super::{Backfill, Change, MigrateError, Options, Step, Work, record};
use crate::db::Db;
use bson::{Bson, Document, doc};
use futures::TryStreamExt;
use mongodb::Database;
use std::collections::BTreeMap;

/// Documents of a backfill that are shown.
const SAMPLES: i64 = 3;

/// What a run would do, one line each.
///
/// # Errors
/// What would also stop the run itself.
pub async fn dry_run(db: &Db, steps: &[Step], options: &Options) -> Result<Vec<String>, MigrateError> {
    let database = db.for_migrations();
    let plan = Plan::of(steps, &record::all(database).await?, options)?;
    let there = validators(database).await?;
    let mut lines: Vec<String> =
        plan.accepted.iter().map(|step| format!("{}: accept the changed file", step.id)).collect();
    for step in plan.pending {
        lines.push(format!("{} ({}): {}", step.id, step.phase.as_str(), step.about));
        let details = match &step.work {
            Work::Schema(changes) => schema(database, changes(), &there).await?,
            Work::Backfill(work) => backfill(database, step.id, work).await?,
        };
        lines.extend(details.into_iter().map(|line| format!("  {line}")));
    }
    Ok(lines)
}

async fn schema(
    database: &Database,
    changes: Vec<Change>,
    there: &BTreeMap<String, Option<Document>>,
) -> Result<Vec<String>, MigrateError> {
    let mut lines = Vec::new();
    for change in changes {
        match change {
            Change::Collection { name, validator, indexes } => {
                match there.get(name) {
                    None => lines.push(format!("create the collection {name}")),
                    Some(present) if *present != validator => {
                        lines.push(format!("change the validator of {name}"))
                    }
                    Some(_) => {}
                }
                lines.extend(new_indexes(database, name, &indexes, there).await?);
            }
            Change::Indexes { collection, indexes } => {
                lines.extend(new_indexes(database, collection, &indexes, there).await?);
            }
            Change::Validator { collection, .. } => {
                lines.push(format!("change the validator of {collection}"))
            }
            Change::DropIndexes { collection, names } => {
                lines.extend(names.iter().map(|name| format!("drop the index {name} of {collection}")));
            }
            Change::DropCollection { name } => {
                let count = database.collection::<Document>(name).estimated_document_count().await?;
                lines.push(format!("drop the collection {name} with its {count} documents"));
            }
        }
    }
    Ok(lines)
}

async fn new_indexes(
    database: &Database,
    name: &str,
    wanted: &[Document],
    there: &BTreeMap<String, Option<Document>>,
) -> Result<Vec<String>, MigrateError> {
    let present = if there.contains_key(name) { indexes(database, name).await? } else { BTreeMap::new() };
    let mut missing = Vec::new();
    for index in wanted {
        let index_name = index.get_str("name").unwrap_or_default();
        if !present.get(index_name).is_some_and(|present| same_index(present, index)) {
            missing.push(index_name);
        }
    }
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let count = database.collection::<Document>(name).estimated_document_count().await?;
    let list = missing.join(", ");
    Ok(vec![format!("build {} indexes of {name} over {count} documents: {list}", missing.len())])
}

async fn backfill(database: &Database, step: &str, work: &Backfill) -> Result<Vec<String>, MigrateError> {
    let comment = Bson::String(format!("across:migration:{step}"));
    let collection = database.collection::<Document>(work.collection);
    let count = collection.count_documents((work.filter)()).comment(comment.clone()).await?;
    let samples = collection.find((work.filter)()).sort(doc! { "_id": 1 }).limit(SAMPLES).comment(comment);
    let samples: Vec<Document> = samples.await?.try_collect().await?;
    let mut lines = vec![format!("look at {count} documents of {}", work.collection)];
    for document in &samples {
        let id = document.get("_id").cloned().unwrap_or(Bson::Null);
        let update =
            (work.update)(document).map_or_else(|| "unchanged".to_owned(), |update| update.to_string());
        lines.push(format!("for example {id}: {update}"));
    }
    Ok(lines)
}
