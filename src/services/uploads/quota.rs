//! What a company's files take up: a number in the company's record that only grows while it stays below the ceiling.

use crate::db::{Expr, Filter, Op, Patch, Tx};
use crate::errors::{AppError, Code, Problem, Result};
use crate::models::Company;
use crate::permissions::TenantScope;
use bson::Bson;

/// Counts `bytes` as used, if there is room. The ceiling stands in the filter of the write: of two transactions that
/// both find room for themselves alone, the database lets only one through.
///
/// # Errors
/// 409 `quota_exceeded`, with `quota_bytes` and `used_bytes`.
pub(super) async fn take(tx: &mut Tx, scope: &TenantScope, bytes: i64, usual: i64) -> Result<()> {
    let company = tx.within::<Company>(scope).find_one(Filter::all()).await?;
    let company = company.ok_or_else(AppError::not_found)?;
    let quota = company.storage_quota_bytes.unwrap_or(usual);
    let used = "storage_used_bytes";
    let mut room = Expr::cmp(used, Op::Lte, quota.saturating_sub(bytes));
    if bytes <= quota {
        // Companies of before have no number yet.
        room = Expr::or([room, Expr::eq(used, Bson::Null)]);
    }
    let patch = Patch::new().inc(Company::storage_used_bytes(), bytes);
    if tx.within::<Company>(scope).update_many(room.into(), patch, false).await? == 1 {
        return Ok(());
    }
    let problem =
        Problem::new(Code::QuotaExceeded, "The company's files take up all the room that they may.");
    let used = company.storage_used_bytes.unwrap_or(0);
    Err(problem.with("quota_bytes", quota).with("used_bytes", used).into())
}

/// Counts `bytes` as free again.
pub(super) async fn give_back(tx: &mut Tx, scope: &TenantScope, bytes: i64) -> Result<()> {
    if bytes > 0 {
        let patch = Patch::new().inc(Company::storage_used_bytes(), -bytes);
        tx.within::<Company>(scope).with_trash().update_many(Filter::all(), patch, false).await?;
    }
    Ok(())
}
