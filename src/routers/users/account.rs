//! `POST /api/users/{id}/resend_invite`, `/reset_password` and `/reset_mfa`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Authorized, UsersInvite, UsersResetMfa, UsersResetPassword};
use crate::services::{accounts, mfa};
use crate::web::{Path, Reply, Write};
use axum::extract::State;

/// Sends the invitation again.
pub async fn resend_invite(
    Authorized(permit): Authorized<UsersInvite>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    accounts::resend(&app, &permit, &id, &request).await
}

/// Has the person choose a new password.
pub async fn reset_password(
    Authorized(permit): Authorized<UsersResetPassword>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    accounts::start_reset(&app, &permit, &id, &request).await
}

/// Takes the person's second factor off.
pub async fn reset_mfa(
    Authorized(permit): Authorized<UsersResetMfa>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    mfa::reset(&app, &permit, &id, &request).await
}
