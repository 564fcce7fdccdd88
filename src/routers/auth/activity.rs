//! `GET /auth/activity`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::SignedIn;
use crate::services::accounts;
use crate::web::Reply;
use axum::extract::State;

/// What happened to the caller's account.
pub async fn list(SignedIn(actor): SignedIn, State(app): State<App>) -> Result<Reply> {
    accounts::activity(&app, &actor).await
}
