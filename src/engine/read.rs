//! Reads one record for a caller.

use super::{Preconditions, etag, render};
use crate::db::{Db, Model, TenantModel};
use crate::errors::{AppError, Result};
use crate::permissions::{Permission, Permit};
use crate::web::Reply;
use bson::Document;

/// The stored form of the record that the id in a path names. Malformed, missing, foreign, invisible: all the same.
pub async fn get<P: Permission>(db: &Db, permit: &Permit<P>, id: &str) -> Result<Document> {
    let wanted = <P::Resource as TenantModel>::lookup(id).ok_or_else(AppError::not_found)?;
    let mut document = db.of(permit).document(&wanted).await?.ok_or_else(AppError::not_found)?;
    <P::Resource as TenantModel>::censor(&mut document, permit.caller());
    Ok(document)
}

/// The record as the caller sees it; 304 when the client has it already.
pub async fn show<P: Permission>(
    db: &Db,
    permit: &Permit<P>,
    id: &str,
    conditions: &Preconditions,
) -> Result<Reply> {
    let document = get(db, permit, id).await?;
    let mask = permit.read_mask();
    let rendered = render::<P::Resource>(&document, mask)?;
    let tag = etag(rendered.version, mask, permit.actor().role());
    if conditions.has(&tag) {
        return Ok(Reply::not_modified(tag));
    }
    Ok(Reply::ok(rendered.body).with_etag(tag))
}

/// Where the record lies on the wire.
pub fn location<M: Model>(id: bson::oid::ObjectId) -> String {
    format!("/api/{}/{}", M::RESOURCE, id.to_hex())
}
