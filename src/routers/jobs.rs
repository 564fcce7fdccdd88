//! `/api/jobs` and `/api/workers`: what is to be done, how far it is, and who does it.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::models::{Job, Worker};
use crate::permissions::{Authorized, JobsCancel, JobsRetry};
use crate::services::jobs;
use crate::web::{Doc, Path, Reply, Routes, Write, reads};
use axum::extract::State;

/// All routes of jobs and workers.
pub fn routes() -> Routes {
    let codes: &[Code] = &[Code::InvalidTransition, Code::PreconditionFailed];
    let retry =
        Doc::new("Try a job again that was given up or cancelled, with all its attempts.").codes(codes);
    let cancel = Doc::new(
        "Cancel a job that is not done. One that a worker has is broken off when the worker next renews its lease, within \
         seconds; until then `cancel_requested` is true.",
    )
    .codes(codes);
    reads::<Job>()
        .post("/api/jobs/{id}/retry", "retry", retry, retry_one)
        .post("/api/jobs/{id}/cancel", "cancel", cancel, cancel_one)
        .merge(reads::<Worker>())
}

async fn retry_one(
    Authorized(permit): Authorized<JobsRetry>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    jobs::retry(&app, &permit, &id, &request).await
}

async fn cancel_one(
    Authorized(permit): Authorized<JobsCancel>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    jobs::cancel(&app, &permit, &id, &request).await
}
