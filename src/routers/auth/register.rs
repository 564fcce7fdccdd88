//! `POST /auth/register` and `POST /auth/verify_email`: an account of one's own.

use super::proof_of;
use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Origin, Public};
use crate::services::accounts::{self, Applicant};
use crate::web::{AuthBody, Reply};
use axum::Extension;
use axum::extract::State;

/// Asks for an account.
pub async fn create(
    _: Public,
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    body: AuthBody,
) -> Result<Reply> {
    body.only(&["company", "email", "name", "password"])?;
    let applicant = Applicant {
        company: body.line("company", 60)?.to_owned(),
        email: body.text("email")?.to_owned(),
        name: body.text("name")?.to_owned(),
        password: body.secret("password")?,
    };
    accounts::register(&app, &origin, &applicant).await
}

/// Shows that the address was reached.
pub async fn verify(
    _: Public,
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    body: AuthBody,
) -> Result<Reply> {
    body.only(&["token", "request_id", "code"])?;
    accounts::verify(&app, &origin, &proof_of(&body)?).await
}

/// Asks for the mail once more.
pub async fn resend(
    _: Public,
    State(app): State<App>,
    Extension(origin): Extension<Origin>,
    body: AuthBody,
) -> Result<Reply> {
    body.only(&["request_id"])?;
    accounts::resend_verification(&app, &origin, body.line("request_id", 100)?).await
}
