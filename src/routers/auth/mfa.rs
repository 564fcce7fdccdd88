//! `/auth/mfa`: the second factor at log-in, and what people do about their own.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Origin, Public, SignedIn};
use crate::services::{mfa, sessions};
use crate::web::{AuthBody, Reply};
use axum::Extension;
use axum::extract::State;

/// Ends a log-in with the second factor.
pub async fn verify(
    _: Public,
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    body: AuthBody,
) -> Result<Reply> {
    body.only(&["mfa_token", "code"])?;
    let (ticket, code) = (body.secret("mfa_token")?, body.secret("code")?);
    Ok(sessions::verify_mfa(&app, &origin, &ticket, &code).await?.into_reply())
}

/// Shows a secret for an app.
pub async fn enroll(SignedIn(actor): SignedIn, State(app): State<App>, body: AuthBody) -> Result<Reply> {
    body.only(&["password"])?;
    mfa::enroll(&app, &actor, &body.secret("password")?).await
}

/// Puts it in force.
pub async fn confirm(SignedIn(actor): SignedIn, State(app): State<App>, body: AuthBody) -> Result<Reply> {
    body.only(&["code"])?;
    mfa::confirm(&app, &actor, &body.secret("code")?).await
}

/// Takes it off.
pub async fn disable(SignedIn(actor): SignedIn, State(app): State<App>, body: AuthBody) -> Result<Reply> {
    body.only(&["password", "code"])?;
    let code = body.optional_secret("code")?;
    mfa::disable(&app, &actor, &body.secret("password")?, code.as_ref()).await
}

/// Makes new recovery codes.
pub async fn regenerate(SignedIn(actor): SignedIn, State(app): State<App>, body: AuthBody) -> Result<Reply> {
    body.only(&["password", "code"])?;
    let code = body.optional_secret("code")?;
    mfa::regenerate(&app, &actor, &body.secret("password")?, code.as_ref()).await
}
