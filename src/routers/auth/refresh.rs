//! `POST /auth/refresh`.

use super::token::expect_grant;
use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Origin, Public};
use crate::services::sessions;
use crate::web::{AuthBody, Reply};
use axum::Extension;
use axum::extract::State;

/// The refresh token is the credential; an access token is not asked for.
pub async fn create(
    _: Public,
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    body: AuthBody,
) -> Result<Reply> {
    expect_grant(&body, "refresh_token")?;
    Ok(sessions::refresh(&app, &origin, body.text("refresh_token")?).await?.into_reply())
}
