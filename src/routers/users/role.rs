//! `POST /api/users/{id}/set_role`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Authorized, UsersSetRole};
use crate::services::users;
use crate::web::{Path, Reply, Write};
use axum::extract::State;

/// Gives a person another role.
pub async fn set_role(
    Authorized(permit): Authorized<UsersSetRole>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    users::set_role(&app, &permit, &id, &request).await
}
