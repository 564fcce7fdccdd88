//! `POST /auth/invite/accept`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Origin, Public};
use crate::services::accounts;
use crate::web::{AuthBody, Reply};
use axum::Extension;
use axum::extract::State;

/// Takes over the account to which one was invited.
pub async fn accept(
    _: Public,
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    body: AuthBody,
) -> Result<Reply> {
    body.only(&["token", "name", "password"])?;
    let name = if body.has("name") { Some(body.text("name")?) } else { None };
    accounts::accept(&app, &origin, body.secret("token")?, name, &body.secret("password")?).await
}
