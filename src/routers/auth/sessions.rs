//! `GET /auth/sessions` and `DELETE /auth/sessions/{id}`.

use crate::app::App;
use crate::errors::Result;
use crate::permissions::SignedIn;
use crate::services::sessions;
use crate::web::{Path, Reply};
use axum::extract::State;

/// The caller's sessions.
pub async fn list(SignedIn(actor): SignedIn, State(app): State<App>) -> Result<Reply> {
    sessions::list(&app, &actor).await
}

/// Ends one of them.
pub async fn delete(
    SignedIn(actor): SignedIn,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Reply> {
    sessions::revoke(&app, &actor, &id).await
}
