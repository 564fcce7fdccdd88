//! Ids in bodies: each must name a record that the caller can see in the company; otherwise it does not exist.

use crate::db::{Expr, Model, Op, TenantModel, Tx};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{Category, Department, Tag, Ticket, Upload, User};
use crate::permissions::Caller;
use bson::{Bson, Document, doc, oid::ObjectId};

/// Checks every reference among the fields that a body sets. Members of a list that are in that of `current` stay there
/// without being looked at again: whoever sends a list back need not see everyone on it.
pub async fn check_references<M: Model>(
    tx: &mut Tx,
    caller: &Caller,
    fields: &Document,
    current: Option<&Document>,
) -> Result<()> {
    let mut errors = FieldErrors::default();
    for spec in M::FIELDS {
        let (Some(resource), Some(value)) = (spec.kind.reference(), fields.get(spec.name)) else { continue };
        let ids: Vec<ObjectId> = match value {
            Bson::ObjectId(id) => vec![*id],
            Bson::Array(items) => {
                let held = current.and_then(|current| current.get_array(spec.name).ok());
                let come = items.iter().filter(|item| held.is_none_or(|held| !held.contains(item)));
                come.filter_map(Bson::as_object_id).collect()
            }
            _ => Vec::new(),
        };
        // One text for missing, foreign and invisible: the answer must not tell them apart.
        if !find_missing(tx, caller, resource, &ids).await?.is_empty() {
            errors.add(spec.name, Code::ReferenceNotFound, "Names a record that does not exist.");
        }
    }
    errors.into_result()
}

/// Which of `ids` the caller cannot see among the records of `resource`.
pub async fn find_missing(
    tx: &mut Tx,
    caller: &Caller,
    resource: &str,
    ids: &[ObjectId],
) -> Result<Vec<ObjectId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    match resource {
        "users" => missing::<User>(tx, caller, ids).await,
        "departments" => missing::<Department>(tx, caller, ids).await,
        "categories" => missing::<Category>(tx, caller, ids).await,
        "tags" => missing::<Tag>(tx, caller, ids).await,
        "tickets" => missing::<Ticket>(tx, caller, ids).await,
        "uploads" => missing::<Upload>(tx, caller, ids).await,
        other => Err(AppError::bug(format!("no references to {other} are known"))),
    }
}

async fn missing<M: TenantModel>(tx: &mut Tx, caller: &Caller, ids: &[ObjectId]) -> Result<Vec<ObjectId>> {
    let view = caller.view::<M>();
    let wanted = Expr::cmp("_id", Op::In, ids.iter().copied().map(Bson::ObjectId).collect::<Vec<_>>());
    let limit = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let found: Vec<M> = tx.of(&view).find(wanted.into(), doc! { "_id": 1 }, limit).await?;
    Ok(ids.iter().copied().filter(|id| !found.iter().any(|record| record.id() == *id)).collect())
}
