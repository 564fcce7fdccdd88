//! `/api/api_keys`: the shared routes, and making, rotating and revoking keys.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::models::ApiKey;
use crate::permissions::{ApiKeysCreate, ApiKeysRevoke, ApiKeysRotate, Authorized};
use crate::services::api_keys;
use crate::web::{AnswerDoc, BodyDoc, Doc, Path, Reply, Routes, Write, reads, updates_one};
use axum::extract::State;

/// All routes of API keys.
pub fn routes() -> Routes {
    let create = Doc::new(
        "Make an API key. The answer tells it in `key`, this once: a repeated request gets `null` there. Needs a recent \
         proof of identity.",
    )
    .body(BodyDoc::New)
    .answer(AnswerDoc::Created)
    .codes(&[Code::InsufficientUserAuthentication, Code::Conflict]);
    let rotate = Doc::new(
        "Give an own key a new secret, told in `key` this once; the one before stays good for 24 hours. Needs a recent \
         proof of identity.",
    )
    .codes(&[Code::InsufficientUserAuthentication, Code::Conflict, Code::PreconditionFailed]);
    let revoke = Doc::new("End a key for good.").codes(&[Code::PreconditionFailed]);
    Routes::of("api_keys")
        .merge(reads::<ApiKey>())
        .post("/api/api_keys", "create", create, create_one)
        .merge(updates_one::<ApiKey>(&[Code::PreconditionFailed, Code::VersionConflict]))
        .post("/api/api_keys/{id}/rotate", "rotate", rotate, rotate_one)
        .post("/api/api_keys/{id}/revoke", "revoke", revoke, revoke_one)
}

async fn create_one(
    Authorized(permit): Authorized<ApiKeysCreate>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    api_keys::create(&app, &permit, &request).await
}

async fn rotate_one(
    Authorized(permit): Authorized<ApiKeysRotate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    api_keys::rotate(&app, &permit, &id, &request).await
}

async fn revoke_one(
    Authorized(permit): Authorized<ApiKeysRevoke>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    api_keys::revoke(&app, &permit, &id, &request).await
}
