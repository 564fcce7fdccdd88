//! Updates that were made from an older version: fields that nobody else touched are kept, others are a conflict.

use crate::db::{Expr, Op, TenantModel, Tx};
use crate::errors::{AppError, Code, Problem, Result};
use crate::models::AuditEntry;
use crate::permissions::{Role, TenantScope};
use crate::schema::{bson_to_json, format_time};
use bson::{Bson, Document, doc};
use serde_json::json;

/// Most changes that are looked at; a client further behind must read again.
const MAX_BEHIND: i64 = 200;

/// Takes out of `fields` what the client merely carried from version `base`, and refuses true conflicts, as
/// `role` may hear of them.
pub async fn merge<M: TenantModel>(
    tx: &mut Tx,
    scope: &TenantScope,
    role: Role,
    current: &Document,
    base: i64,
    fields: &mut Document,
) -> Result<()> {
    let id = current.get_object_id("_id").map_err(AppError::internal)?;
    let version = current.get_i64("version").unwrap_or_default();
    if !M::MERGES || version.saturating_sub(base) > MAX_BEHIND {
        return Err(conflict(version, Vec::new()).into());
    }
    let since = Expr::eq("resource_id", id).and(Expr::cmp("record_version", Op::Gt, base));
    let history =
        tx.within::<AuditEntry>(scope).find(since.into(), doc! { "record_version": 1 }, MAX_BEHIND).await?;
    let mut conflicts = Vec::new();
    let names: Vec<String> = fields.keys().cloned().collect();
    for name in names {
        let Some((entry, from)) = history.iter().find_map(|entry| Some((entry, before(entry, &name)?)))
        else {
            continue;
        };
        let mine = fields.get(&name).cloned().unwrap_or(Bson::Null);
        let theirs = current.get(&name).cloned().unwrap_or(Bson::Null);
        if mine == from || mine == theirs {
            fields.remove(&name);
        } else {
            let last = history.iter().rev().find(|entry| before(entry, &name).is_some()).unwrap_or(entry);
            // Clients do not learn who of the staff did something.
            let by = last.actor_name.as_ref().filter(|_| role != Role::Client);
            conflicts.push(json!({
                "field": name, "yours": bson_to_json(&mine), "theirs": bson_to_json(&theirs),
                "changed_by": by, "changed_at": format_time(last.created_at),
            }));
        }
    }
    if conflicts.is_empty() { Ok(()) } else { Err(conflict(version, conflicts).into()) }
}

fn conflict(version: i64, conflicts: Vec<serde_json::Value>) -> Problem {
    let detail = "Someone else changed the same fields since you read the record.";
    Problem::new(Code::VersionConflict, detail).with("current_version", version).with("conflicts", conflicts)
}

/// The value of a field before an entry changed it.
fn before(entry: &AuditEntry, name: &str) -> Option<Bson> {
    let changes = entry.changes.as_array()?;
    let change = changes
        .iter()
        .filter_map(Bson::as_document)
        .find(|change| change.get_str("field").is_ok_and(|field| field == name))?;
    change.get("from").cloned()
}
