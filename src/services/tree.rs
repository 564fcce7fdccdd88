//! Records that lie below others of their kind: no cycles, no endless depth.

use crate::db::{Filter, TenantModel};
use crate::engine::Writing;
use crate::errors::{AppError, Code, FieldErrors, Result};
use bson::{Bson, oid::ObjectId};

/// Deepest tree.
const MAX_DEPTH: usize = 10;

/// A record with a parent of its own kind in the field `parent_id`.
pub trait Nested: TenantModel {
    /// The record above it.
    fn parent(&self) -> Option<ObjectId>;
}

/// Walks up from the new parent of record `id`: the record itself must not be above it.
pub async fn check_parent<M: Nested>(
    cx: &mut Writing<'_>,
    id: ObjectId,
    parent: Option<&Bson>,
) -> Result<()> {
    let scope = cx.caller.scope().clone();
    let mut above = parent.and_then(Bson::as_object_id);
    for _ in 0..MAX_DEPTH {
        let Some(next) = above else { return Ok(()) };
        if next == id {
            return Err(refuse("Cannot lie below itself.".to_owned()));
        }
        above =
            cx.tx.within::<M>(&scope).find_one(Filter::id(next)).await?.and_then(|record| record.parent());
    }
    Err(refuse(format!("May be nested {MAX_DEPTH} deep at most.")))
}

fn refuse(message: String) -> AppError {
    FieldErrors::one("parent_id", Code::ValidationFailed, message).into()
}
