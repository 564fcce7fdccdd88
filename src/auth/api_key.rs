//! The API key as text: its format, its parts and the hash for the database. What it may do says the service.

use super::random;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What every key starts with, so that people and secret scanners know it.
pub const PREFIX: &str = "stoa_live_";

/// Digits of the part that names the key: 71 bits, so that no two keys ever share it.
pub const ID_LEN: usize = 12;

/// Length of a key: `stoa_live_<id>_<secret>_<checksum>`.
pub const LEN: usize = PREFIX.len() + ID_LEN + 1 + random::BASE62_LEN_256 + 1 + random::CHECKSUM_LEN;

/// A key whose format and checksum are right; whether it is known says only the database.
#[derive(Clone, Debug)]
pub struct ApiKeyText {
    name: String,
    text: SecretString,
}

impl ApiKeyText {
    /// A key with a fresh name and secret.
    pub fn generate() -> Self {
        Self::with_name(&format!("{PREFIX}{}", random::base62(ID_LEN)))
    }

    /// A key with a fresh secret for a name that exists.
    pub fn with_name(name: &str) -> Self {
        let body = format!("{name}_{}", random::encode_base62(&random::bytes_256()));
        let text = format!("{body}_{}", random::checksum(&body));
        Self { name: name.to_owned(), text: text.into() }
    }

    /// Whether a bearer token means to be a key. Access tokens begin otherwise.
    pub fn is_meant(token: &str) -> bool {
        token.starts_with(PREFIX)
    }

    /// Reads a key of a client. What cannot be one is found out without a look into the database.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != LEN || !text.is_ascii() {
            return None;
        }
        let (body, checksum) = text.rsplit_once('_')?;
        let (name, secret) = body.rsplit_once('_')?;
        let id = name.strip_prefix(PREFIX)?;
        let lengths = id.len() == ID_LEN && secret.len() == random::BASE62_LEN_256;
        let digits = random::is_base62(id) && random::is_base62(secret);
        let sound: bool = random::checksum(body).as_bytes().ct_eq(checksum.as_bytes()).into();
        (lengths && digits && sound).then(|| Self { name: name.to_owned(), text: text.into() })
    }

    /// The part that is no secret: `stoa_live_` and twelve digits.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Last four digits of the secret, by which people tell keys apart.
    pub fn last_four(&self) -> &str {
        let secret = self.secret();
        &secret[secret.len() - 4..]
    }

    /// What is stored: SHA-256 of the secret as 64 hex digits. A plain hash is enough for 256 random bits.
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.secret()))
    }

    /// Whether a stored hash is that of the secret, in a time that tells nothing.
    pub fn matches(&self, hash: &str) -> bool {
        self.hash().as_bytes().ct_eq(hash.as_bytes()).into()
    }

    /// The key for the body of the answer, and for nothing else.
    pub fn expose(&self) -> &str {
        self.text.expose_secret()
    }

    /// The middle part. The length was checked when the text was made or read.
    fn secret(&self) -> &str {
        let begin = PREFIX.len() + ID_LEN + 1;
        &self.text.expose_secret()[begin..begin + random::BASE62_LEN_256]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_were_made_and_nothing_else_is() {
        let key = ApiKeyText::generate();
        let text = key.expose().to_owned();
        assert_eq!(text.len(), LEN);
        let read = ApiKeyText::parse(&text).unwrap();
        assert_eq!((read.name(), read.hash()), (key.name(), key.hash()));
        assert!(read.matches(&key.hash()) && text.contains(&format!("{}_", key.last_four())));
        assert!(!ApiKeyText::with_name(key.name()).matches(&key.hash()));
        assert!(!format!("{key:?}").contains(key.secret()));
        for at in 0..text.len() {
            let mut other = text.clone().into_bytes();
            other[at] = if other[at] == b'x' { b'y' } else { b'x' };
            assert!(ApiKeyText::parse(&String::from_utf8(other).unwrap()).is_none(), "byte {at}");
        }
        for wrong in ["", PREFIX, &text[1..], &format!("{text}0"), &text.replace('_', "-")] {
            assert!(ApiKeyText::parse(wrong).is_none(), "{wrong}");
        }
    }
}
