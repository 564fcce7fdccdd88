//! `POST /auth/step_up`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::SignedIn;
use crate::services::sessions;
use crate::web::{AuthBody, Reply};
use axum::extract::State;

/// Takes the caller's password once more, and the second factor.
pub async fn create(SignedIn(actor): SignedIn, State(app): State<App>, body: AuthBody) -> Result<Reply> {
    body.only(&["password", "code"])?;
    let code = body.optional_secret("code")?;
    sessions::step_up(&app, &actor, &body.secret("password")?, code.as_ref()).await
}
