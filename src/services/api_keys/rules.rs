//! The rules of changes to a key.

use super::networks;
use crate::db::Patch;
use crate::engine::{Rules, Writing};
use crate::errors::{AppError, Code, Result};
use crate::models::ApiKey;
use crate::permissions::{ApiKeysCreate, ApiKeysRevoke, ApiKeysUpdate};
use crate::services::sessions::require_recent_proof;
use bson::Bson;

impl Rules for ApiKey {
    type Create = ApiKeysCreate;
    type Update = ApiKeysUpdate;
    type Delete = ApiKeysRevoke;
    const REFUSALS: &'static [Code] = &[Code::InsufficientUserAuthentication];

    async fn before_update(cx: &mut Writing<'_>, current: &Self, patch: &mut Patch<Self>) -> Result<()> {
        if current.revoked_at.is_some() {
            return Err(revoked());
        }
        let Some(Bson::Array(texts)) = patch.assignments().get("allowed_ips") else { return Ok(()) };
        // Where a key may come from decides what a copy of it is worth.
        require_recent_proof(cx.caller.actor(), cx.tx.now())?;
        let texts: Vec<String> = texts.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect();
        patch.put(ApiKey::allowed_ips(), networks::normalise(&texts)?);
        Ok(())
    }
}

/// What is revoked stays as it was.
pub(super) fn revoked() -> AppError {
    AppError::problem(Code::Conflict, "The key was revoked.")
}
