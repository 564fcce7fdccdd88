//! `POST /api/companies/{id}/suspend` and `/resume`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Authorized, CompaniesSuspend};
use crate::services::companies;
use crate::web::{Path, Reply, Write};
use axum::extract::State;

/// Suspends a company.
pub async fn suspend(
    Authorized(permit): Authorized<CompaniesSuspend>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    companies::suspend(&app, &permit, &id, &request).await
}

/// Resumes it.
pub async fn resume(
    Authorized(permit): Authorized<CompaniesSuspend>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    companies::resume(&app, &permit, &id, &request).await
}
