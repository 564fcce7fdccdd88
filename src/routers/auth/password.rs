//! `POST /auth/password/change`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::SignedIn;
use crate::services::sessions;
use crate::web::{AuthBody, Reply};
use axum::extract::State;

/// Sets a new password for the caller.
pub async fn change(SignedIn(actor): SignedIn, State(app): State<App>, body: AuthBody) -> Result<Reply> {
    body.only(&["current_password", "new_password"])?;
    let (current, new) = (body.secret("current_password")?, body.secret("new_password")?);
    Ok(sessions::change_password(&app, &actor, &current, &new).await?.into_reply())
}
