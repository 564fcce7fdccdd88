//! Ends a key for good, its former secret too. Revoked keys stay in the list, so that entries of the log can be explained.

use super::rotate::refuse_fields;
use crate::answer_once;
use crate::app::App;
use crate::db::{Patch, from_document};
use crate::engine::{WriteRequest, apply, record_act, reply, visible};
use crate::errors::Result;
use crate::models::ApiKey;
use crate::permissions::{ApiKeysRevoke, Permit};
use crate::web::Reply;
use bson::Bson;

/// Revokes a key. One that is revoked already is answered as it is.
pub async fn revoke(
    app: &App,
    permit: &Permit<ApiKeysRevoke>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    refuse_fields(request)?;
    answer_once!(app.db(), permit, request, |tx| {
        let current = visible::<ApiKey, _>(&mut tx, permit, id, false).await?;
        let key: ApiKey = from_document(&current)?;
        request.conditions.check(key.version)?;
        if key.revoked_at.is_some() {
            return reply::<ApiKey, _>(permit, &current);
        }
        let patch = Patch::new()
            .set(ApiKey::revoked_at(), tx.now())
            .set(ApiKey::former_hash(), Bson::Null)
            .set(ApiKey::former_until(), Bson::Null);
        let stored = apply::<ApiKey, _>(&mut tx, permit, &current, patch).await?;
        record_act::<ApiKey>(&mut tx, permit, "revoke", Some(&current), &stored).await?;
        reply::<ApiKey, _>(permit, &stored)
    })
}
