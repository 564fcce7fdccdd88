//! `POST /auth/logout` and `POST /auth/logout_all`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::SignedIn;
use crate::services::sessions;
use crate::web::Reply;
use axum::extract::State;

/// Ends this session.
pub async fn here(SignedIn(actor): SignedIn, State(app): State<App>) -> Result<Reply> {
    sessions::log_out(&app, &actor).await
}

/// Ends all sessions of the caller.
pub async fn everywhere(SignedIn(actor): SignedIn, State(app): State<App>) -> Result<Reply> {
    sessions::log_out_everywhere(&app, &actor).await
}
