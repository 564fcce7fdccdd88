//! Suspends, resumes and closes companies: nobody of a company that is not in use is logged in.

use crate::answer_once;
use crate::app::App;
use crate::db::{Filter, Patch, Tx, from_document};
use crate::engine::{self, WriteRequest, apply, record_act, reply, visible};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{Company, CompanyStatus};
use crate::permissions::{CompaniesDelete, CompaniesSuspend, Permit, TenantScope};
use crate::services::sessions;
use crate::web::Reply;
use bson::oid::ObjectId;

/// Suspends a company: its people are logged out and cannot log in.
pub async fn suspend(
    app: &App,
    permit: &Permit<CompaniesSuspend>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let answer = answer_once!(app.db(), permit, request, |tx| {
        change(&mut tx, permit, id, request, CompanyStatus::Suspended, "suspend").await
    })?;
    end_sessions(app, permit.scope(), id).await?;
    Ok(answer)
}

/// Resumes a company.
pub async fn resume(
    app: &App,
    permit: &Permit<CompaniesSuspend>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    answer_once!(app.db(), permit, request, |tx| {
        change(&mut tx, permit, id, request, CompanyStatus::Active, "resume").await
    })
}

/// Moves a company to the trash: its people are logged out and cannot log in.
pub async fn delete(
    app: &App,
    permit: &Permit<CompaniesDelete>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let answer = engine::delete::<Company>(app.db(), permit, id, request).await?;
    end_sessions(app, permit.scope(), id).await?;
    Ok(answer)
}

async fn change(
    tx: &mut Tx,
    permit: &Permit<CompaniesSuspend>,
    id: &str,
    request: &WriteRequest,
    to: CompanyStatus,
    action: &str,
) -> Result<Reply> {
    if let Some(name) = request.body.keys().next() {
        return Err(FieldErrors::one(name, Code::UnknownField, "There is no such field.").into());
    }
    let stored = visible::<Company, _>(tx, permit, id, false).await?;
    let company: Company = from_document(&stored)?;
    request.conditions.check(company.version)?;
    if company.status == to {
        return reply::<Company, _>(permit, &stored);
    }
    let changed = apply::<Company, _>(tx, permit, &stored, Patch::new().set(Company::status(), to)).await?;
    record_act::<Company>(tx, permit, action, Some(&stored), &changed).await?;
    if to == CompanyStatus::Suspended {
        sessions::end_of_company_in(tx, company.id).await?;
    }
    reply::<Company, _>(permit, &changed)
}

/// Once more, after the transaction: a log-in beside it was not seen by it, and sees what it did only now. When the
/// request is repeated, the company may be in use again: then there is nothing to end.
async fn end_sessions(app: &App, scope: &TenantScope, id: &str) -> Result<()> {
    let company = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    let found = app.db().within::<Company>(scope).find_one(Filter::id(company)).await?;
    if found.is_some_and(|company| company.status == CompanyStatus::Active) {
        return Ok(());
    }
    sessions::end_of_company(app.db(), company).await.map(drop)
}
