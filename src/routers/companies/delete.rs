//! `DELETE /api/companies/{id}` and `POST /api/companies/{id}/restore`.

use crate::app::App;
use crate::engine;
use crate::errors::Result;
use crate::models::Company;
use crate::permissions::{Authorized, CompaniesDelete};
use crate::services::companies;
use crate::web::{Path, Reply, Write};
use axum::extract::State;

/// Moves a company to the trash.
pub async fn delete(
    Authorized(permit): Authorized<CompaniesDelete>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    companies::delete(&app, &permit, &id, &request).await
}

/// Takes it back.
pub async fn restore(
    Authorized(permit): Authorized<CompaniesDelete>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    engine::restore::<Company>(app.db(), &permit, &id, &request).await
}
