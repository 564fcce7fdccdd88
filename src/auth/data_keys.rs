//! Keys for what the database keeps but must not reveal: sealing (AES-256-GCM) and signing, by purpose.

use super::key_ring::{KeyRing, hmac_sha256};
use crate::errors::{AppError, Result};
use arc_swap::ArcSwap;
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use secrecy::{ExposeSecret, SecretBox};
use std::collections::BTreeMap;
use std::sync::Arc;
use subtle::ConstantTimeEq;

const NONCE_BYTES: usize = 12;

struct Keys {
    active: String,
    seal: BTreeMap<String, SecretBox<[u8; 32]>>,
    sign: BTreeMap<String, SecretBox<[u8; 32]>>,
}

/// The keys. Clones share them.
#[derive(Clone)]
pub struct DataKeys {
    keys: Arc<ArcSwap<Keys>>,
}

impl DataKeys {
    /// Keys derived from a ring, one for each of its secrets and each use.
    pub fn new(ring: &KeyRing) -> Self {
        Self { keys: Arc::new(ArcSwap::from_pointee(Keys::of(ring))) }
    }

    /// Takes over the keys of another ring; what older ones sealed can be opened as long as the ring holds them.
    pub fn replace(&self, ring: &KeyRing) {
        self.keys.store(Arc::new(Keys::of(ring)));
    }

    /// Seals `plain`. It can be opened with the same purpose and context only, so a value that is copied to another
    /// record does not open there. The text names the key: `v1.<key id>.<nonce and ciphertext>`.
    ///
    /// # Errors
    /// A defect only.
    pub fn seal(&self, purpose: &str, context: &[u8], plain: &[u8]) -> Result<String> {
        let keys = self.keys.load();
        let key = keys.seal.get(&keys.active).ok_or_else(|| AppError::bug("no active data key"))?;
        let nonce: [u8; NONCE_BYTES] = rand::random();
        let mut sealed = plain.to_vec();
        cipher(key)?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad(purpose, context), &mut sealed)
            .map_err(|_| AppError::bug("a value cannot be sealed"))?;
        let text = BASE64.encode([&nonce[..], &sealed].concat());
        // A key id may hold dots, the last part never does.
        Ok(format!("v1.{}.{text}", keys.active))
    }

    /// Opens what [`DataKeys::seal`] made.
    ///
    /// # Errors
    /// It was altered, belongs elsewhere, or its key has left the ring.
    pub fn open(&self, purpose: &str, context: &[u8], sealed: &str) -> Result<Vec<u8>> {
        let keys = self.keys.load();
        let parts = sealed.strip_prefix("v1.").and_then(|rest| rest.rsplit_once('.'));
        let opened = parts.and_then(|(id, text)| {
            let key = keys.seal.get(id)?;
            let bytes = BASE64.decode(text).ok()?;
            let (nonce, body) = bytes.split_at_checked(NONCE_BYTES)?;
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let mut body = body.to_vec();
            let plain = cipher(key).ok()?.open_in_place(nonce, aad(purpose, context), &mut body).ok()?;
            Some(plain.to_vec())
        });
        opened.ok_or_else(|| AppError::bug(format!("a sealed value cannot be opened ({purpose})")))
    }

    /// A signature (HMAC-SHA256) of `parts` for one purpose by the active key.
    pub fn sign(&self, purpose: &str, parts: &[&str]) -> [u8; 32] {
        let keys = self.keys.load();
        let key = keys.sign.get(&keys.active);
        key.and_then(|key| signature(key, purpose, parts)).unwrap_or_default()
    }

    /// Whether `given`, a signature cut to 10 bytes or more, was made by any key of the ring.
    pub fn verify(&self, purpose: &str, parts: &[&str], given: &[u8]) -> bool {
        let keys = self.keys.load();
        (10..=32).contains(&given.len())
            && keys
                .sign
                .values()
                .filter_map(|key| signature(key, purpose, parts))
                .any(|whole| whole.get(..given.len()).is_some_and(|start| bool::from(start.ct_eq(given))))
    }
}

impl Keys {
    fn of(ring: &KeyRing) -> Self {
        Self {
            active: ring.active().to_owned(),
            seal: ring.derive("stoa data sealing key v1"),
            sign: ring.derive("stoa data signing key v1"),
        }
    }
}

fn cipher(key: &SecretBox<[u8; 32]>) -> Result<LessSafeKey> {
    let key = UnboundKey::new(&AES_256_GCM, key.expose_secret());
    key.map(LessSafeKey::new).map_err(|_| AppError::bug("a data key has the wrong length"))
}

fn aad(purpose: &str, context: &[u8]) -> Aad<Vec<u8>> {
    Aad::from([purpose.as_bytes(), &[0], context].concat())
}

/// The lengths keep neighbouring parts apart.
fn signature(key: &SecretBox<[u8; 32]>, purpose: &str, parts: &[&str]) -> Option<[u8; 32]> {
    let lengths: Vec<[u8; 8]> = parts.iter().map(|part| (part.len() as u64).to_be_bytes()).collect();
    let mut message: Vec<&[u8]> = vec![purpose.as_bytes(), &[0]];
    for (part, length) in parts.iter().zip(&lengths) {
        message.extend([&length[..], part.as_bytes()]);
    }
    hmac_sha256(key.expose_secret(), &message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(active: &str, ids: &[&str]) -> DataKeys {
        let key = |id: &&str| ((*id).to_owned(), format!("{id:x<32}").into());
        DataKeys::new(&KeyRing::new(active, ids.iter().map(key).collect()).unwrap())
    }

    #[test]
    fn opens_only_where_it_was_sealed() {
        let keys_a = keys("a.1", &["a.1"]);
        let sealed = keys_a.seal("totp", b"user 1", b"secret").unwrap();
        assert!(!sealed.contains("secret"));
        assert_eq!(keys_a.open("totp", b"user 1", &sealed).unwrap(), b"secret");
        assert_ne!(keys_a.seal("totp", b"user 1", b"secret").unwrap(), sealed, "nonces differ");
        for (purpose, context) in [("totp", "user 2"), ("mail", "user 1"), ("totpu", "ser 1")] {
            assert!(keys_a.open(purpose, context.as_bytes(), &sealed).is_err(), "{purpose} {context}");
        }
        for broken in
            ["", "v1", "v1.a.1", "v1.a.1.", "v1.a.1.AAAA", "v2.a.1.AAAA", &sealed[..sealed.len() - 2]]
        {
            assert!(keys_a.open("totp", b"user 1", broken).is_err(), "{broken}");
        }
        // A newer key seals, the older one still opens, and a ring without it does not.
        keys_a.replace(
            &KeyRing::new(
                "b",
                [("a.1", "a.1"), ("b", "b")]
                    .map(|(id, key)| (id.to_owned(), format!("{key:x<32}").into()))
                    .into(),
            )
            .unwrap(),
        );
        assert_eq!(keys_a.open("totp", b"user 1", &sealed).unwrap(), b"secret");
        assert!(keys("b", &["b"]).open("totp", b"user 1", &sealed).is_err());
    }

    #[test]
    fn signatures_hold_for_the_same_parts_and_purpose() {
        let ring = keys("a", &["a"]);
        let signed = ring.sign("reply", &["t1", "acme"]);
        assert!(
            ring.verify("reply", &["t1", "acme"], &signed)
                && ring.verify("reply", &["t1", "acme"], &signed[..10])
        );
        for (purpose, parts) in
            [("reply", ["t1a", "cme"]), ("other", ["t1", "acme"]), ("reply", ["t2", "acme"])]
        {
            assert!(!ring.verify(purpose, &parts, &signed), "{purpose} {parts:?}");
        }
        assert!(
            !ring.verify("reply", &["t1", "acme"], &signed[..9])
                && !ring.verify("reply", &["t1", "acme"], b"")
        );
    }
}
