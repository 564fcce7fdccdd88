//! `POST /auth/token`.

use crate::app::App;
use crate::errors::{AppError, Code, Result};
use crate::permissions::{Origin, Public};
use crate::services::sessions::{self, Credentials};
use crate::web::{AuthBody, Reply};
use axum::Extension;
use axum::extract::State;

/// Unknown fields, such as `scope` and `client_id`, are tolerated: OAuth2 clients send them.
pub async fn create(
    _: Public,
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    body: AuthBody,
) -> Result<Reply> {
    expect_grant(&body, "password")?;
    let (password, code) = (body.secret("password")?, body.optional_secret("otp")?);
    let given = Credentials { username: body.text("username")?, password: &password, code: code.as_ref() };
    Ok(sessions::log_in(&app, &origin, &given).await?.into_reply())
}

/// The grant type may be left out; another one than the endpoint's is refused.
pub(super) fn expect_grant(body: &AuthBody, wanted: &str) -> Result<()> {
    if body.has("grant_type") && body.text("grant_type")? != wanted {
        let detail = format!("The only grant_type here is {wanted}.");
        return Err(AppError::problem(Code::UnsupportedGrantType, detail));
    }
    Ok(())
}
