//! What the command monitor demands of each command; whatever is not known to be harmless counts as a miss.

use crate::models::scope_field;
use bson::{Bson, Document};

/// Stages that look at nothing but what the stage before them let through.
const CLOSED_STAGES: &[&str] = &[
    "$match",
    "$group",
    "$sort",
    "$limit",
    "$skip",
    "$project",
    "$count",
    "$set",
    "$addFields",
    "$unwind",
    "$sortByCount",
];

/// The tenant collections of `ours` that a command to `database` touches. Reads of an open cursor follow a command
/// that was checked, so they touch none.
pub(super) fn tenant_collections(ours: &str, database: &str, name: &str, command: &Document) -> Vec<String> {
    let named: Vec<String> = match name {
        // The only command that names collections of other databases than its own.
        "bulkWrite" => {
            let spaces = command.get_array("nsInfo").map(Vec::as_slice).unwrap_or_default();
            let space = |one: &Bson| one.as_document()?.get_str("ns").ok()?.split_once('.').map(owned);
            spaces.iter().filter_map(space).filter(|(db, _)| db == ours).map(|(_, name)| name).collect()
        }
        _ if database != ours => Vec::new(),
        "explain" => match inner(command) {
            Some((name, command)) => return tenant_collections(ours, database, name, command),
            None => Vec::new(),
        },
        _ => command.get_str(name).ok().map(str::to_owned).into_iter().collect(),
    };
    named.into_iter().filter(|name| scope_field(name).is_some()).collect()
}

/// Whether a command on a tenant collection carries its scope, or says openly that it spans companies.
pub(super) fn is_scoped(name: &str, command: &Document) -> bool {
    // A client's request id cannot hold a colon, so nobody outside can say this.
    if command.get_str("comment").is_ok_and(|comment| comment.starts_with("across:")) {
        return true;
    }
    if name == "explain" {
        return inner(command).is_some_and(|(name, command)| is_scoped(name, command));
    }
    let collection = command.get_str(name).unwrap_or_default();
    let Some(field) = scope_field(collection) else { return false };
    let carries = |filter: &Document| {
        filter
            .get_document(field)
            .is_ok_and(|clause| clause.get_object_id("$eq").is_ok() && clause.len() == 1)
    };
    let all = |list: &str, test: &dyn Fn(&Document) -> bool| {
        command.get_array(list).is_ok_and(|parts| {
            !parts.is_empty() && parts.iter().all(|one| one.as_document().is_some_and(test))
        })
    };
    match name {
        "find" => command.get_document("filter").is_ok_and(carries),
        "count" | "distinct" => command.get_document("query").is_ok_and(carries),
        "findAndModify" => {
            command.get_document("query").is_ok_and(carries) && stays(command.get("update"), field)
        }
        "update" => {
            all("updates", &|one| one.get_document("q").is_ok_and(carries) && stays(one.get("u"), field))
        }
        "delete" => all("deletes", &|one| one.get_document("q").is_ok_and(carries)),
        "insert" => all("documents", &|one| one.get_object_id(field).is_ok()),
        "aggregate" => {
            let stages = command.get_array("pipeline").map(Vec::as_slice).unwrap_or_default();
            let stages: Vec<_> = stages.iter().filter_map(Bson::as_document).collect();
            let first = |stage: &&Document| stage.get_document("$match").is_ok_and(carries);
            let closed = |stage: &&Document| stage.keys().all(|key| CLOSED_STAGES.contains(&key.as_str()));
            stages.first().is_some_and(|stage| first(stage) || stage.contains_key("$changeStream"))
                && stages.iter().skip(1).all(closed)
        }
        // Ending a cursor reads nothing.
        "killCursors" => true,
        // Schema changes come from migrations only.
        "create" | "createIndexes" | "listIndexes" | "dropIndexes" | "collMod" | "drop" => true,
        _ => false,
    }
}

/// Whether an update leaves a record in its company: update operators only, and none that names the scope.
fn stays(update: Option<&Bson>, field: &str) -> bool {
    match update {
        // `findAndModify` that removes has none.
        None => true,
        Some(Bson::Document(update)) => update.iter().all(|(operator, fields)| {
            operator.starts_with('$')
                && operator != "$rename"
                && fields.as_document().is_some_and(|fields| !fields.contains_key(field))
        }),
        // A pipeline that computes fields; other stages could replace the record.
        Some(Bson::Array(stages)) => stages.iter().all(|stage| {
            let set = stage.as_document().filter(|stage| stage.len() == 1);
            set.and_then(|stage| stage.get_document("$set").ok())
                .is_some_and(|fields| fields.keys().all(|name| name.split('.').next() != Some(field)))
        }),
        Some(_) => false,
    }
}

/// The command that an `explain` wraps.
fn inner(command: &Document) -> Option<(&str, &Document)> {
    let wrapped = command.get_document("explain").ok()?;
    wrapped.keys().next().map(|name| (name.as_str(), wrapped))
}

fn owned((left, right): (&str, &str)) -> (String, String) {
    (left.to_owned(), right.to_owned())
}
