//! `POST /api/users/{id}/disable` and `/enable`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Authorized, UsersDisable};
use crate::services::users;
use crate::web::{Path, Reply, Write};
use axum::extract::State;

/// Disables an account.
pub async fn disable(
    Authorized(permit): Authorized<UsersDisable>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    users::disable(&app, &permit, &id, &request).await
}

/// Enables or unlocks an account.
pub async fn enable(
    Authorized(permit): Authorized<UsersDisable>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    users::enable(&app, &permit, &id, &request).await
}
