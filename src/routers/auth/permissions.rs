//! `GET /auth/permissions`.

use crate::engine::Preconditions;
use crate::errors::{AppError, Result};
use crate::permissions::{SignedIn, permissions_of};
use crate::web::Reply;
use http::HeaderMap;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What the caller's role may do. React Admin asks before every page: the tag saves sending it again.
pub async fn show(SignedIn(actor): SignedIn, headers: HeaderMap) -> Result<Reply> {
    let entries = Value::Array(permissions_of(actor.role()));
    let bytes = serde_json::to_vec(&entries).map_err(AppError::internal)?;
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(bytes)[..8]));
    if Preconditions::read(&headers)?.has(&tag) {
        return Ok(Reply::not_modified(tag));
    }
    Ok(Reply::ok(entries).with_etag(tag))
}
