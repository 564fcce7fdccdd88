//! What people do with jobs: try one again that was given up, cancel one that is not done.

use crate::answer_once;
use crate::app::App;
use crate::db::{Expr, Filter, Patch, TenantModel, Tx, from_document};
use crate::engine::audit::{self, Act};
use crate::engine::{WriteRequest, changes, etag, render};
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::jobs::{Unfinished, handler};
use crate::models::{Job, JobState};
use crate::permissions::{JobsCancel, JobsRetry, Permission, Permit, TenantScope, system};
use crate::web::Reply;
use bson::{Bson, Document};

/// Lets a job that was given up or cancelled begin anew, with all its attempts.
///
/// # Errors
/// 409 `invalid_transition` when it is in another state.
pub async fn retry(app: &App, permit: &Permit<JobsRetry>, id: &str, request: &WriteRequest) -> Result<Reply> {
    answer_once!(app.db(), permit, request, |tx| {
        let (stored, job) = subject(&mut tx, permit, id, request).await?;
        if !matches!(job.state, JobState::Dead | JobState::Cancelled) {
            return Err(refused(job.state, "tried again"));
        }
        let patch = Patch::new()
            .set(Job::state(), JobState::Ready)
            .set(Job::run_at(), tx.now())
            .set(Job::attempt(), 0)
            .set(Job::last_error(), Bson::Null)
            .set(Job::finished_at(), Bson::Null)
            .set(Job::cancel_requested(), false);
        change(&mut tx, permit, "jobs.retry", &stored, &job, patch).await
    })
}

/// Cancels a job: at once while it waits; of one that a worker has, the worker learns when it next renews its lease.
/// A worker that is done before that has done it.
///
/// # Errors
/// 409 `invalid_transition` when it has ended.
pub async fn cancel(
    app: &App,
    permit: &Permit<JobsCancel>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    answer_once!(app.db(), permit, request, |tx| {
        let (stored, job) = subject(&mut tx, permit, id, request).await?;
        let at_once = job.state == JobState::Ready;
        let patch = match job.state {
            JobState::Ready => {
                Patch::new().set(Job::state(), JobState::Cancelled).set(Job::finished_at(), tx.now())
            }
            JobState::Leased => Patch::new().set(Job::cancel_requested(), true),
            JobState::Done | JobState::Dead | JobState::Cancelled => {
                return Err(refused(job.state, "cancelled"));
            }
        };
        let told = change(&mut tx, permit, "jobs.cancel", &stored, &job, patch).await?;
        if at_once && let Some(handler) = handler(&job.kind) {
            let scope = scope_of(&job, permit);
            (handler.unfinished)(&mut tx, &scope, &job, Unfinished::Cancelled).await?;
        }
        Ok(told)
    })
}

/// The job that a call is about, as stored and as record.
async fn subject<P: Permission<Resource = Job>>(
    tx: &mut Tx,
    permit: &Permit<P>,
    id: &str,
    request: &WriteRequest,
) -> Result<(Document, Job)> {
    let mut errors = FieldErrors::default();
    request.body.keys().for_each(|name| errors.add(name, Code::UnknownField, "There is no such field."));
    errors.into_result()?;
    let wanted = Job::lookup(id).ok_or_else(AppError::not_found)?;
    let stored = tx.of(permit).document(&wanted).await?.ok_or_else(AppError::not_found)?;
    let job: Job = from_document(&stored)?;
    request.conditions.check(job.version)?;
    Ok((stored, job))
}

/// Changes the job as it was read, writes down who did it in the log of its company, and answers with it.
async fn change<P: Permission<Resource = Job>>(
    tx: &mut Tx,
    permit: &Permit<P>,
    action: &str,
    stored: &Document,
    job: &Job,
    patch: Patch<Job>,
) -> Result<Reply> {
    // Workers change jobs beside transactions: what was read must still be so.
    let same = Expr::eq("state", job.state).and(Expr::eq("fence", job.fence));
    let changed =
        tx.of(permit).update_document(job.id, &Filter::<Job>::from(same).into_expr(), patch).await?;
    let changed = changed.ok_or_else(|| refused(job.state, "changed: a worker was quicker"))?;
    let after: Job = from_document(&changed)?;
    let scope = scope_of(job, permit);
    let act = Act {
        action,
        resource: "jobs",
        id: Some(job.id),
        changes: changes::<Job>(Some(stored), &changed),
        version: Some(after.version),
    };
    audit::append(tx, &scope, Some(permit.actor()), act).await?;
    let mask = permit.read_mask();
    let rendered = render::<Job>(&changed, mask)?;
    let tag = etag(rendered.version, mask, permit.actor().role());
    Ok(Reply::ok(rendered.body).with_etag(tag))
}

/// The company of the job, or the platform.
fn scope_of<P: Permission>(job: &Job, permit: &Permit<P>) -> TenantScope {
    system::company_of(job, permit.scope().request_id()).unwrap_or_else(|| permit.scope().clone())
}

fn refused(state: JobState, what: &str) -> AppError {
    let detail = format!("A job that is {} cannot be {what}.", state.as_str());
    Problem::new(Code::InvalidTransition, detail).with("state", state.as_str()).into()
}
