//! The audit log: visits of operators, and verification of the chain.

use crate::app::App;
use crate::db::{Author, Db};
use crate::engine::audit::{self, Act, Verification};
use crate::errors::{AppError, Code, Problem, Result};
use crate::permissions::{Actor, AuditVerify, Permit, TenantScope};
use crate::transaction;

/// Records that an operator of the platform read something inside a company.
pub async fn record_visit(
    db: &Db,
    scope: &TenantScope,
    actor: &Actor,
    action: &str,
    path: &str,
) -> Result<()> {
    let author = Author { user: Some(actor.user_id()), company: scope.company() };
    transaction!(db, author, |tx| {
        // No longer than the entry's field; ids are at the front.
        let path: String = path.chars().take(200).collect();
        let act = Act { action, resource: &path, id: None, changes: Vec::new(), version: None };
        audit::append(&mut tx, scope, Some(actor), act).await
    })
}

/// Checks the chain of the permit's company from entry `from` on, as far as one request goes.
///
/// # Errors
/// 503 with `Retry-After` while another request checks it: it is much to read.
pub async fn verify(app: &App, permit: &Permit<AuditVerify>, from: i64) -> Result<Verification> {
    let Some(company) = permit.scope().company() else {
        return Err(AppError::problem(Code::CompanyRequired, "Say whose log to verify: send X-Company-Id."));
    };
    let Some(_turn) = app.lines().verifications.try_take(Some(company)) else {
        let problem = Problem::new(Code::Overloaded, "The log is being verified already. Try again.");
        return Err(problem.retry_after(2).into());
    };
    audit::verify(app.db(), permit.scope(), from, app.limits().verified_entries).await
}
