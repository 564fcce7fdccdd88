//! Gives a key a new secret; the one before it stays good for a day, so that programs can be changed over one by one.

use super::create::told;
use super::rules::revoked;
use crate::app::App;
use crate::auth::api_key::ApiKeyText;
use crate::db::{Patch, Tx, from_document};
use crate::engine::{WriteRequest, apply, recall, record_act, remember, reply, visible};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::ApiKey;
use crate::permissions::{ApiKeysRotate, Permit};
use crate::services::sessions::require_recent_proof;
use crate::support::later;
use crate::transaction;
use crate::web::Reply;
use std::time::Duration;

/// How long the secret before stays good.
const OVERLAP: Duration = Duration::from_secs(24 * 3600);

/// Gives a key of the caller's own a new secret. Whoever rotates a key learns a secret with which they act for its owner, so
/// others may only revoke it. Rotating again within the overlap ends the older secret at once.
pub async fn rotate(
    app: &App,
    permit: &Permit<ApiKeysRotate>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    refuse_fields(request)?;
    let (text, reply) = transaction!(app.db(), permit.actor().author(), |tx| {
        match recall(&mut tx, request.idempotency.as_ref()).await? {
            Some(reply) => Ok((None, reply)),
            None => {
                let (text, reply) = change(&mut tx, permit, id, request).await?;
                remember(&mut tx, request.idempotency.as_ref(), &reply).await?;
                Ok((Some(text), reply))
            }
        }
    })?;
    Ok(told(reply, text.as_ref()))
}

async fn change(
    tx: &mut Tx,
    permit: &Permit<ApiKeysRotate>,
    id: &str,
    request: &WriteRequest,
) -> Result<(ApiKeyText, Reply)> {
    let now = tx.now();
    let current = visible::<ApiKey, _>(tx, permit, id, false).await?;
    let key: ApiKey = from_document(&current)?;
    request.conditions.check(key.version)?;
    require_recent_proof(permit.actor(), now)?;
    if key.revoked_at.is_some() {
        return Err(revoked());
    }
    if !key.is_live(now) {
        return Err(AppError::problem(Code::Conflict, "The key has expired: make a new one."));
    }
    let text = ApiKeyText::with_name(&key.prefix);
    let patch = Patch::new()
        .set(ApiKey::secret_hash(), text.hash())
        .set(ApiKey::last_four(), text.last_four())
        .set(ApiKey::former_hash(), key.secret_hash)
        .set(ApiKey::former_until(), later(now, OVERLAP).min(key.expires_at));
    let stored = apply::<ApiKey, _>(tx, permit, &current, patch).await?;
    record_act::<ApiKey>(tx, permit, "rotate", Some(&current), &stored).await?;
    Ok((text, reply::<ApiKey, _>(permit, &stored)?))
}

/// The actions on a key take no fields.
pub(super) fn refuse_fields(request: &WriteRequest) -> Result<()> {
    let mut errors = FieldErrors::default();
    for name in request.body.keys() {
        errors.add(name, Code::UnknownField, "There is no such field.");
    }
    errors.into_result()
}
