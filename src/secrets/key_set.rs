//! Reads key rings from secrets so that any of them, a plain text too, can be rotated without an outage.

use crate::auth::key_ring::KeyRing;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use std::collections::BTreeMap;

/// Reads a plain text (one key) or `{"active": id, "keys": {id: key}}`.
pub(super) fn parse(text: &SecretString) -> Result<KeyRing, String> {
    let ring = KeyRing::parse(text).map_err(|error| error.to_string())?;
    if text.expose_secret().trim_start().starts_with('{') {
        return Ok(ring);
    }
    // A plain key gets an id that follows from it. With a constant one, the keys before and after a rotation
    // would have the same, and what the older one signed could no longer be told from forgeries.
    let key = SecretString::from(text.expose_secret().trim());
    let id = format!("plain-{}", mac(&key, "stoa key id").get(..12).unwrap_or_default());
    KeyRing::new(id.clone(), BTreeMap::from([(id, key)])).map_err(|error| error.to_string())
}

/// Also verifies with the keys of an older ring, unless the newer one uses their ids for other keys.
pub(super) fn keep(ring: &KeyRing, older: &KeyRing) -> Result<KeyRing, String> {
    let keys = older.iter().chain(ring.iter()).map(|(id, key)| (id.to_owned(), key.clone()));
    KeyRing::new(ring.active(), keys.collect()).map_err(|error| error.to_string())
}

/// Keys for another purpose, one from each of these; knowing one does not tell the other.
pub(super) fn derive(ring: &KeyRing, purpose: &str) -> Result<KeyRing, String> {
    let keys = ring.iter().map(|(id, key)| (id.to_owned(), SecretString::from(mac(key, purpose))));
    KeyRing::new(ring.active(), keys.collect()).map_err(|error| error.to_string())
}

/// HMAC-SHA256 in hexadecimal.
fn mac(key: &SecretString, message: &str) -> String {
    // RFC 2104 takes keys of any length, so there is always one; without it the ring would refuse the empty key.
    Hmac::<Sha256>::new_from_slice(key.expose_secret().as_bytes()).map_or_else(
        |_| String::new(),
        |mut mac| {
            mac.update(message.as_bytes());
            hex::encode(mac.finalize().into_bytes())
        },
    )
}
