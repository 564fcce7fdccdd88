//! Named secret keys of which one is active: signing keys, refresh keys and peppers rotate through this.

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use serde::Deserialize;
use sha2::Sha256;
use std::collections::BTreeMap;

/// The key id of a ring that was given as one plain secret.
pub const DEFAULT_KEY_ID: &str = "default";

/// Least length of a secret in bytes: RFC 7518 section 3.2 asks HS256 for a key as long as its hash.
pub const MIN_SECRET_BYTES: usize = 32;

/// Why a ring is refused. The texts name key ids, never secrets.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeyRingError {
    /// Neither a plain secret nor `{"active": …, "keys": {…}}`.
    #[error("the key ring is neither a plain secret nor an object with `active` and `keys`")]
    Malformed,
    /// The active key is not among the keys.
    #[error("the active key `{0}` is not among the keys")]
    NoActiveKey(String),
    /// The id is empty, longer than 64 or has characters other than letters, digits, `.`, `_` and `-`.
    #[error("a key id must have 1 to 64 of the characters A-Z a-z 0-9 . _ -")]
    BadKeyId,
    /// The secret is shorter than [`MIN_SECRET_BYTES`].
    #[error("the secret of key `{0}` is shorter than {MIN_SECRET_BYTES} bytes")]
    ShortSecret(String),
}

/// Secrets by key id; the active one is for new tokens, the others only for what was made with them.
#[derive(Clone)]
pub struct KeyRing {
    active: String,
    keys: BTreeMap<String, SecretString>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    active: String,
    keys: BTreeMap<String, SecretString>,
}

impl KeyRing {
    /// A ring from its parts.
    pub fn new(
        active: impl Into<String>,
        keys: BTreeMap<String, SecretString>,
    ) -> Result<Self, KeyRingError> {
        let active = active.into();
        if !keys.contains_key(&active) {
            return Err(KeyRingError::NoActiveKey(active));
        }
        for (id, secret) in &keys {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
            if id.is_empty() || id.len() > 64 || !id.bytes().all(allowed) {
                return Err(KeyRingError::BadKeyId);
            }
            if secret.expose_secret().len() < MIN_SECRET_BYTES {
                return Err(KeyRingError::ShortSecret(id.clone()));
            }
        }
        Ok(Self { active, keys })
    }

    /// A ring from configuration: a plain secret (key id `default`) or `{"active":"2026-08","keys":{"2026-08":"…"}}`.
    pub fn parse(text: &SecretString) -> Result<Self, KeyRingError> {
        let text = text.expose_secret().trim();
        if text.starts_with('{') {
            // The parser's message is dropped on purpose: it may quote the secret.
            let Ok(wire) = serde_json::from_str::<Wire>(text) else { return Err(KeyRingError::Malformed) };
            return Self::new(wire.active, wire.keys);
        }
        Self::new(DEFAULT_KEY_ID, BTreeMap::from([(DEFAULT_KEY_ID.to_owned(), text.into())]))
    }

    /// The id of the key for new tokens.
    pub fn active(&self) -> &str {
        &self.active
    }

    /// The secret with this id.
    pub fn secret(&self, id: &str) -> Option<&SecretString> {
        self.keys.get(id)
    }

    /// All keys with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &SecretString)> {
        self.keys.iter().map(|(id, secret)| (id.as_str(), secret))
    }

    /// HMAC-SHA256 of `message` under the key `id`, or `None` when the ring has no such key.
    pub(super) fn hmac(&self, id: &str, message: &[&[u8]]) -> Option<[u8; 32]> {
        let secret = self.keys.get(id)?;
        hmac_sha256(secret.expose_secret().as_bytes(), message)
    }

    /// A ring with the same ids and, for each, a key that only `purpose` uses; so one configured secret can serve
    /// several purposes without the output of one being usable in another (NIST SP 800-108, HMAC in one step).
    pub(super) fn derive(&self, purpose: &str) -> BTreeMap<String, SecretBox<[u8; 32]>> {
        let derived = self.keys.keys().filter_map(|id| {
            let key = self.hmac(id, &[purpose.as_bytes()])?;
            Some((id.clone(), SecretBox::new(Box::new(key))))
        });
        derived.collect()
    }
}

/// HMAC-SHA256 of the concatenated parts. `None` cannot occur: HMAC takes keys of any length.
pub(super) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> Option<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    parts.iter().for_each(|part| mac.update(part));
    Some(mac.finalize().into_bytes().into())
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ids: Vec<_> = self.keys.keys().collect();
        f.debug_struct("KeyRing").field("active", &self.active).field("ids", &ids).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn reads_both_forms_and_refuses_the_rest() {
        let plain = KeyRing::parse(&LONG.into()).unwrap();
        assert_eq!(plain.active(), DEFAULT_KEY_ID);
        let ring = format!(r#"{{"active":"b","keys":{{"a":"{LONG}","b":"{LONG}b"}}}}"#);
        let ring = KeyRing::parse(&ring.into()).unwrap();
        assert_eq!((ring.active(), ring.iter().count()), ("b", 2));
        let refused = [
            (r#"{"active":"a""#.to_owned(), KeyRingError::Malformed),
            (format!(r#"{{"active":"a","keys":{{"a":"{LONG}"}},"x":1}}"#), KeyRingError::Malformed),
            (format!(r#"{{"active":"b","keys":{{"a":"{LONG}"}}}}"#), KeyRingError::NoActiveKey("b".into())),
            (r#"{"active":"a","keys":{"a":"short"}}"#.to_owned(), KeyRingError::ShortSecret("a".into())),
            (format!(r#"{{"active":"a b","keys":{{"a b":"{LONG}"}}}}"#), KeyRingError::BadKeyId),
            ("short".to_owned(), KeyRingError::ShortSecret(DEFAULT_KEY_ID.into())),
        ];
        for (text, error) in refused {
            assert_eq!(KeyRing::parse(&text.clone().into()).unwrap_err(), error, "{text}");
        }
    }

    #[test]
    fn debug_text_has_no_secret() {
        let text = format!("{:?}", KeyRing::parse(&LONG.into()).unwrap());
        assert!(text.contains("default") && !text.contains(LONG), "{text}");
    }

    #[test]
    fn hmac_matches_rfc_4231_test_case_2() {
        let mac = hmac_sha256(b"Jefe", &[b"what do ya want ", b"for nothing?"]).unwrap();
        assert_eq!(hex::encode(mac), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
