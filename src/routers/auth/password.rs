//! `POST /auth/password/change`, `/forgot` and `/reset`.

use super::proof_of;
use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Origin, Public, SignedIn};
use crate::services::{accounts, sessions};
use crate::web::{AuthBody, Reply};
use axum::Extension;
use axum::extract::State;

/// Sets a new password for the caller.
pub async fn change(SignedIn(actor): SignedIn, State(app): State<App>, body: AuthBody) -> Result<Reply> {
    body.only(&["current_password", "new_password"])?;
    let (current, new) = (body.secret("current_password")?, body.secret("new_password")?);
    Ok(sessions::change_password(&app, &actor, &current, &new).await?.into_reply())
}

/// Asks for a mail with which a new password can be chosen.
pub async fn forgot(
    _: Public,
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    body: AuthBody,
) -> Result<Reply> {
    body.only(&["email"])?;
    accounts::forgot(&app, &origin, body.text("email")?).await
}

/// Chooses a new password by what the mail brought.
pub async fn reset(
    _: Public,
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    body: AuthBody,
) -> Result<Reply> {
    body.only(&["token", "request_id", "code", "new_password"])?;
    let new = body.secret("new_password")?;
    accounts::reset(&app, &origin, &proof_of(&body)?, &new).await
}
