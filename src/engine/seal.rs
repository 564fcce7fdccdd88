//! Fields that are taken but never shown: sealed before they reach the database, and kept out of what is remembered of
//! a request.

use super::WriteRequest;
use crate::auth::data_keys::DataKeys;
use crate::db::{Model, TenantModel};
use crate::errors::{AppError, Result};
use crate::schema::Access;
use bson::{Bson, Document, oid::ObjectId};
use serde_json::Value;

/// Replaces the write-only fields among `fields` by their sealed form.
pub(super) fn seal<M: TenantModel>(
    request: &WriteRequest,
    company: Option<ObjectId>,
    fields: &mut Document,
) -> Result<()> {
    for name in secrets::<M>() {
        let Some(Bson::String(plain)) = fields.get(name) else { continue };
        let keys = request.keys.as_ref().ok_or_else(|| AppError::bug("a secret field without keys"))?;
        let sealed = keys.seal(&purpose::<M>(name), &context(company), plain.as_bytes())?;
        fields.insert(name, sealed);
    }
    Ok(())
}

/// What a write-only field of a company's record was set to.
///
/// # Errors
/// It was altered or copied from another company or field, or its key has left the ring.
pub fn unseal<M: TenantModel>(
    keys: &DataKeys,
    company: Option<ObjectId>,
    name: &str,
    sealed: &str,
) -> Result<String> {
    let plain = keys.open(&purpose::<M>(name), &context(company), sealed)?;
    String::from_utf8(plain).map_err(AppError::internal)
}

/// The key of a request bound to its body without secrets: a plain hash of one must not be kept.
pub(super) fn without_secrets<M: Model>(request: &WriteRequest) -> Result<WriteRequest> {
    let mut body = request.body.clone();
    let mut held = false;
    for name in secrets::<M>() {
        held |= body.remove(name).is_some();
        let data = body.get_mut("data").and_then(Value::as_object_mut);
        held |= data.is_some_and(|data| data.remove(name).is_some());
    }
    let mut idempotency = request.idempotency.clone();
    if held {
        let rest = serde_json::to_vec(&body).map_err(AppError::internal)?;
        idempotency = idempotency.map(|key| key.of_body(&rest));
    }
    Ok(WriteRequest { idempotency, ..WriteRequest::default() })
}

fn secrets<M: Model>() -> impl Iterator<Item = &'static str> {
    M::FIELDS.iter().filter(|field| field.access == Access::WriteOnly).map(|field| field.name)
}

fn purpose<M: Model>(name: &str) -> String {
    format!("{}.{name}", M::RESOURCE)
}

fn context(company: Option<ObjectId>) -> Vec<u8> {
    company.map(|company| company.bytes().to_vec()).unwrap_or_default()
}
