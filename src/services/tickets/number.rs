//! Ticket numbers: one sequence a company, from 1, with gaps but never the same twice.

use crate::db::{Db, Patch};
use crate::errors::{AppError, Result};
use crate::models::Counter;
use crate::permissions::TenantScope;

/// Takes the next number. It runs outside the transaction that uses it: a number is spent even if that fails, and
/// filings do not wait for each other.
pub async fn next(db: &Db, scope: &TenantScope) -> Result<i64> {
    match take(db, scope).await {
        // Two first filings at once both try to create the counter; the loser finds it there.
        Err(error) if error.is_duplicate_key() => take(db, scope).await,
        taken => taken,
    }
}

async fn take(db: &Db, scope: &TenantScope) -> Result<i64> {
    let patch = Patch::new().inc(Counter::value(), 1);
    let counter = db.global::<Counter>().update(Counter::key(scope.key("ticket")), patch, true).await?;
    Ok(counter.ok_or_else(|| AppError::bug("a counter that was not created"))?.value)
}
