//! What is sent by mail to be used once: tokens of links and codes of six digits.

use super::random;
use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// Digits of a code.
pub const CODE_DIGITS: usize = 6;

/// A token of 256 bits for a link, in base62. Only [`hash`] of it is stored.
pub fn token() -> SecretString {
    random::encode_base62(&random::bytes_256()).into()
}

/// A code of six digits. It is guessed in a million tries: hash it like a password and limit the tries.
pub fn code() -> SecretString {
    format!("{:06}", rand::rng().random_range(0..1_000_000_u32)).into()
}

/// The hash by which a token is found: SHA-256 in hex, which is enough for what has 256 bits. None when the text cannot
/// be a token.
pub fn hash(token: &SecretString) -> Option<String> {
    let text = token.expose_secret();
    let fits = text.len() == random::BASE62_LEN_256 && random::is_base62(text);
    fits.then(|| hex::encode(Sha256::digest(text)))
}

/// Whether a text can be a code, of mail or of an app.
pub fn is_code(text: &str) -> bool {
    text.len() == CODE_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_codes_have_their_form_and_differ() {
        let (one, other) = (token(), token());
        assert_ne!(hash(&one), hash(&other));
        assert_eq!(hash(&one).unwrap().len(), 64);
        assert!(is_code(code().expose_secret()));
        assert!((0..20).map(|_| code()).any(|next| next.expose_secret() != code().expose_secret()));
    }

    #[test]
    fn what_cannot_be_a_token_has_no_hash() {
        for text in ["", "short", &"x".repeat(44), &"-".repeat(43)] {
            assert_eq!(hash(&text.into()), None);
        }
        for text in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert!(!is_code(text), "{text}");
        }
    }
}
