//! `GET /auth/me`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::SignedIn;
use crate::services::sessions;
use crate::web::Reply;
use axum::extract::State;

/// The caller's own account.
pub async fn show(SignedIn(actor): SignedIn, State(app): State<App>) -> Result<Reply> {
    sessions::me(&app, &actor).await
}
