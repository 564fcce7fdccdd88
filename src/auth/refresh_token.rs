//! The refresh token as text: its format, its hash for the database and its deterministic successor. Its states and
//! their changes belong to the session service.

use super::key_ring::{KeyRing, hmac_sha256};
use super::random;
use crate::errors::{AppError, Code, Result};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use subtle::ConstantTimeEq;

/// What every refresh token starts with, so that people and secret scanners know it.
pub const PREFIX: &str = "srt_";

/// Length of a refresh token: prefix, 43 base62 digits (256 bits) and the checksum.
pub const LEN: usize = PREFIX.len() + random::BASE62_LEN_256 + random::CHECKSUM_LEN;

/// Keeps the successor keys apart from every other use of the same secret.
const PURPOSE: &str = "stoa refresh token successor v1";

/// A refresh token whose format and checksum are right; whether it is known says only the database.
#[derive(Clone, Debug)]
pub struct RefreshToken(SecretString);

impl RefreshToken {
    /// A fresh token with 256 random bits, for a new session.
    pub fn generate() -> Self {
        Self::from_secret(&random::bytes_256())
    }

    /// Reads a token of a client. What cannot be one is refused without a look into the database.
    pub fn parse(text: &str) -> Result<Self> {
        let refused = || AppError::problem(Code::Unauthenticated, "The refresh token is not valid.");
        if text.len() != LEN || !text.is_ascii() {
            return Err(refused());
        }
        let (body, checksum) = text.split_at(LEN - random::CHECKSUM_LEN);
        let digits = body.strip_prefix(PREFIX).ok_or_else(refused)?;
        let matches: bool = random::checksum(body).as_bytes().ct_eq(checksum.as_bytes()).into();
        if !random::is_base62(digits) || !matches {
            return Err(refused());
        }
        Ok(Self(text.into()))
    }

    /// What is stored: SHA-256 of the text as 64 hex digits. A plain hash is enough for 256 random bits.
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.0.expose_secret()))
    }

    /// The token for the body of the answer, and for nothing else.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    fn from_secret(bytes: &[u8; 32]) -> Self {
        let body = format!("{PREFIX}{}", random::encode_base62(bytes));
        let checksum = random::checksum(&body);
        Self(format!("{body}{checksum}").into())
    }
}

/// A token that follows another, and the key that made it so.
#[derive(Clone, Debug)]
pub struct Successor {
    /// The next token of the family.
    pub token: RefreshToken,
    /// Id of the key; stored with the consumed token so that a retry finds the same successor after a rotation.
    pub key_id: String,
}

/// The keys from which successors are computed.
pub struct RefreshKeys {
    active: String,
    keys: BTreeMap<String, SecretBox<[u8; 32]>>,
}

impl RefreshKeys {
    /// Keys derived from a ring; it may be the ring that also signs access tokens.
    pub fn new(ring: &KeyRing) -> Self {
        Self { active: ring.active().to_owned(), keys: ring.derive(PURPOSE) }
    }

    /// The successor of `token` in `family` (the id of its session) under the active key.
    pub fn successor(&self, token: &RefreshToken, family: &str) -> Result<Successor> {
        self.successor_with(&self.active, token, family)
            .ok_or_else(|| AppError::bug("the active refresh key is missing"))
    }

    /// The successor under the key `key_id`: the same token for the same arguments, always. A client that lost the
    /// answer and tries again gets it again, though nothing secret is stored. `None` when the key has left the ring.
    pub fn successor_with(&self, key_id: &str, token: &RefreshToken, family: &str) -> Option<Successor> {
        let key = self.keys.get(key_id)?;
        // The token has a fixed length, so the concatenation can be read in one way only.
        let parts = [token.expose().as_bytes(), family.as_bytes()];
        let bytes = hmac_sha256(key.expose_secret(), &parts)?;
        Some(Successor { token: RefreshToken::from_secret(&bytes), key_id: key_id.to_owned() })
    }
}
