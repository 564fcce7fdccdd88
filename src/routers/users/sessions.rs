//! `POST /api/users/{id}/revoke_sessions`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Authorized, UsersRevoke};
use crate::services::users;
use crate::web::{Path, Reply, Write};
use axum::extract::State;

/// Ends all sessions of a person.
pub async fn revoke(
    Authorized(permit): Authorized<UsersRevoke>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    users::revoke_sessions(&app, &permit, &id, &request).await
}
