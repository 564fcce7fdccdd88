//! Compares the schema of the database with what the models declare.

use super::{Declared, MigrateError};
use crate::db::Db;
use bson::{Bson, Document, doc};
use futures::TryStreamExt;
use futures::future::try_join_all;
use mongodb::Database;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A difference between the database and the models.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Drift {
    /// A collection is missing.
    MissingCollection(String),
    /// A collection has another validator, or none.
    Validator(String),
    /// An index is missing.
    MissingIndex(String, String),
    /// An index is there with other keys or options.
    Index(String, String),
    /// An index that no model declares; it costs writes.
    UndeclaredIndex(String, String),
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingCollection(name) => write!(f, "{name}: the collection is missing"),
            Self::Validator(name) => write!(f, "{name}: the validator differs"),
            Self::MissingIndex(name, index) => write!(f, "{name}: the index {index} is missing"),
            Self::Index(name, index) => write!(f, "{name}: the index {index} differs"),
            Self::UndeclaredIndex(name, index) => write!(f, "{name}: the index {index} is not declared"),
        }
    }
}

/// All differences, sorted. Collections that no model declares are not looked at.
///
/// # Errors
/// The database failed.
pub async fn drift(db: &Db, declared: &[Declared]) -> Result<Vec<Drift>, MigrateError> {
    let database = db.for_migrations();
    let validators = validators(database).await?;
    let found =
        try_join_all(declared.iter().map(|collection| compare(database, collection, &validators))).await?;
    let mut drift: Vec<Drift> = found.into_iter().flatten().collect();
    drift.sort();
    Ok(drift)
}

/// The collections that exist, with their validators.
pub(super) async fn validators(
    database: &Database,
) -> Result<BTreeMap<String, Option<Document>>, MigrateError> {
    let collections: Vec<_> = database.list_collections().await?.try_collect().await?;
    Ok(collections.into_iter().map(|found| (found.name, found.options.validator)).collect())
}

/// The indexes of a collection besides that of `_id`, by name, as the server tells them.
pub(super) async fn indexes(
    database: &Database,
    name: &str,
) -> Result<BTreeMap<String, Document>, MigrateError> {
    let list: Vec<Document> =
        database.run_cursor_command(doc! { "listIndexes": name }).await?.try_collect().await?;
    let named = list.into_iter().map(|index| (index.get_str("name").unwrap_or_default().to_owned(), index));
    Ok(named.filter(|(name, _)| name != "_id_").collect())
}

async fn compare(
    database: &Database,
    collection: &Declared,
    validators: &BTreeMap<String, Option<Document>>,
) -> Result<Vec<Drift>, MigrateError> {
    let name = || collection.name.to_owned();
    let Some(validator) = validators.get(collection.name) else {
        return Ok(vec![Drift::MissingCollection(name())]);
    };
    let mut drift = Vec::new();
    let plain = |validator: &Option<Document>| plain(&Bson::from(validator.clone().unwrap_or_default()));
    if plain(validator) != plain(&collection.validator) {
        drift.push(Drift::Validator(name()));
    }
    let found = indexes(database, collection.name).await?;
    let mut known = BTreeSet::new();
    for index in &collection.indexes {
        let index_name = index.get_str("name").unwrap_or_default();
        known.insert(index_name.to_owned());
        match found.get(index_name) {
            None => drift.push(Drift::MissingIndex(name(), index_name.to_owned())),
            Some(there) if !same_index(there, index) => {
                drift.push(Drift::Index(name(), index_name.to_owned()))
            }
            Some(_) => {}
        }
    }
    let undeclared = found.into_keys().filter(|index| !known.contains(index));
    drift.extend(undeclared.map(|index| Drift::UndeclaredIndex(name(), index)));
    Ok(drift)
}

/// Whether two descriptions, of the server or of a model, are of the same index.
pub(super) fn same_index(left: &Document, right: &Document) -> bool {
    let options = [
        "unique",
        "sparse",
        "partialFilterExpression",
        "expireAfterSeconds",
        "default_language",
        "collation",
    ];
    keys(left) == keys(right)
        && options.iter().all(|option| {
            let value = |index: &Document| {
                index.get(option).map(plain).filter(|value| *value != Bson::Boolean(false))
            };
            value(left) == value(right)
        })
}

/// The plain keys in their order, and the fields whose words are indexed. The server keeps the latter elsewhere.
fn keys(index: &Document) -> (Vec<(String, Bson)>, BTreeSet<String>) {
    let (mut plain_keys, mut words) = (Vec::new(), BTreeSet::new());
    for (field, direction) in index.get_document("key").into_iter().flatten() {
        match direction.as_str() {
            Some("text") if field == "_fts" => {}
            Some("text") => drop(words.insert(field.clone())),
            _ if field == "_ftsx" => {}
            _ => plain_keys.push((field.clone(), plain(direction))),
        }
    }
    words.extend(index.get_document("weights").into_iter().flat_map(Document::keys).cloned());
    (plain_keys, words)
}

/// The value with all whole numbers of one type, as the server may answer in another than it was told.
fn plain(value: &Bson) -> Bson {
    match value {
        Bson::Int32(number) => Bson::Int64(i64::from(*number)),
        #[expect(clippy::cast_possible_truncation, reason = "only whole numbers within the range are cast")]
        Bson::Double(number) if number.fract() == 0.0 && number.abs() < 9e15 => Bson::Int64(*number as i64),
        Bson::Array(items) => Bson::Array(items.iter().map(plain).collect()),
        Bson::Document(members) => {
            Bson::Document(members.iter().map(|(name, value)| (name.clone(), plain(value))).collect())
        }
        other => other.clone(),
    }
}
