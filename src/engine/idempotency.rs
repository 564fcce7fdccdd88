//! Idempotency keys: a request that comes twice has one effect and one answer, kept in the transaction of the effect.

use crate::db::{Draft, Tx};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::IdempotencyKey;
use crate::permissions::{Actor, Role};
use crate::support::later;
use crate::web::Reply;
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How long an answer is kept.
const KEPT: Duration = Duration::from_secs(24 * 3600);

/// The key of a request, bound to its caller and route.
#[derive(Clone, Debug)]
pub struct Idempotency {
    key: String,
    role: Role,
    fingerprint: String,
}

impl Idempotency {
    /// Binds the key that a client sent to caller, method, path and body. The role counts as part of the body: what
    /// was answered to another role may hold fields that this one does not see.
    pub fn new(key: &str, actor: &Actor, method: &str, path: &str, body: &[u8]) -> Result<Self> {
        if !(1..=255).contains(&key.len()) || !key.bytes().all(|b| (0x21..=0x7e).contains(&b)) {
            let message = "Must be 1 to 255 visible ASCII characters.";
            return Err(FieldErrors::one("Idempotency-Key", Code::InvalidParameter, message).into());
        }
        let company = actor.company().map(|id| id.to_hex()).unwrap_or_default();
        let role = actor.role();
        let person = actor.user_id().to_hex();
        let mut parts =
            vec![person.as_bytes(), company.as_bytes(), method.as_bytes(), path.as_bytes(), key.as_bytes()];
        // What an API key was answered is no answer to its owner, nor to another key.
        let api_key = actor.key_id().map(|id| id.to_hex());
        parts.extend(api_key.as_ref().map(|id| id.as_bytes()));
        Ok(Self { key: digest(&parts), role, fingerprint: fingerprint(role, body) })
    }

    /// The same key for a body without its secrets: a plain hash of a password must not be kept.
    pub fn of_body(self, body: &[u8]) -> Self {
        Self { fingerprint: fingerprint(self.role, body), ..self }
    }
}

impl Idempotency {
    /// The key of one part of a call that is done in parts: a call that is repeated, or runs twice at once, does none of
    /// them again.
    pub fn part(&self, name: &str) -> Self {
        Self { key: digest(&[self.key.as_bytes(), b"part", name.as_bytes()]), ..self.clone() }
    }

    /// A name of the operation that is the same each time the request comes.
    pub fn id(&self) -> &str {
        &self.key[..24]
    }
}

/// What a transaction can return and find again when the same request comes twice.
pub trait Remembered: Sized {
    /// The answer as kept.
    fn keep(&self) -> Kept;
    /// The answer that was kept.
    fn found(kept: &IdempotencyKey) -> Result<Self>;
}

/// An answer in the form in which it is kept.
pub struct Kept {
    /// Status.
    pub status: u16,
    /// JSON text.
    pub body: String,
    /// `ETag`.
    pub etag: Option<String>,
    /// `Location`.
    pub location: Option<String>,
}

/// The answer to an earlier request with the same key, if there was one.
pub async fn recall(tx: &mut Tx, key: Option<&Idempotency>) -> Result<Option<Reply>> {
    let Some(key) = key else { return Ok(None) };
    let now = tx.now();
    let found = tx.global::<IdempotencyKey>().find_one(IdempotencyKey::key(key.key.as_str())).await?;
    match found {
        Some(kept) if kept.expires_at <= now => {
            tx.global::<IdempotencyKey>().remove(IdempotencyKey::key(key.key.as_str())).await?;
            Ok(None)
        }
        Some(kept) if kept.fingerprint != key.fingerprint => {
            let detail = "This Idempotency-Key was used for another request. Use a new one.";
            Err(AppError::problem(Code::IdempotencyMismatch, detail))
        }
        Some(kept) => Reply::found(&kept).map(Some),
        None => Ok(None),
    }
}

/// Keeps the answer, in the transaction that has the effect.
pub async fn remember(tx: &mut Tx, key: Option<&Idempotency>, reply: &Reply) -> Result<()> {
    let Some(key) = key else { return Ok(()) };
    let kept = reply.keep();
    let draft = Draft::new()
        .set(IdempotencyKey::fingerprint(), key.fingerprint.as_str())
        .set(IdempotencyKey::status(), i64::from(kept.status))
        .set(IdempotencyKey::body(), kept.body)
        .set(IdempotencyKey::etag(), kept.etag)
        .set(IdempotencyKey::location(), kept.location)
        .set(IdempotencyKey::expires_at(), later(tx.now(), KEPT));
    tx.global::<IdempotencyKey>().insert_keyed(key.key.as_str(), draft).await
}

fn fingerprint(role: Role, body: &[u8]) -> String {
    digest(&[role.as_str().as_bytes(), body])
}

fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}
