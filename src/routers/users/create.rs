//! `POST /api/users`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Authorized, UsersCreate};
use crate::services::users;
use crate::web::{Reply, Write};
use axum::extract::State;

/// Adds a person.
pub async fn create(
    Authorized(permit): Authorized<UsersCreate>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    users::create(&app, &permit, request).await
}
