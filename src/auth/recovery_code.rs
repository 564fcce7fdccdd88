//! Recovery codes: what stands in for the second factor when the app is lost, each of them once.

use rand::RngExt;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

/// Codes of a set.
pub const COUNT: usize = 10;

/// Characters of a code, of 5 bits each: 120 bits, so a plain hash of it reveals nothing (ASVS 6.5.2).
const LEN: usize = 24;

/// Characters between two hyphens.
const GROUP: usize = 6;

/// Crockford's base32: digits and letters that are not taken for each other.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new code with its hash.
pub fn generate() -> (SecretString, String) {
    let mut rng = rand::rng();
    let mut text = String::with_capacity(LEN + LEN / GROUP);
    for place in 0..LEN {
        if place > 0 && place % GROUP == 0 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[rng.random_range(0..ALPHABET.len())]));
    }
    let hash = hash(&text).unwrap_or_default();
    (text.into(), hash)
}

/// The hash by which a code is found, however it was typed: hyphens, blanks and case do not matter, O stands for 0, I and
/// L for 1. None when the text cannot be a code.
pub fn hash(typed: &str) -> Option<String> {
    if typed.len() > 4 * LEN {
        return None;
    }
    let plain = typed.chars().filter(|character| !matches!(character, '-' | ' '));
    let code: String = plain
        .map(|character| match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let fits = code.len() == LEN && code.bytes().all(|byte| ALPHABET.contains(&byte));
    fits.then(|| hex::encode(Sha256::digest(code)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        let (code, stored) = generate();
        let text = code.expose_secret();
        assert_eq!(text.len(), 27);
        let lower = text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        for typed in [text, lower.as_str(), text.replace('-', "").as_str()] {
            assert_eq!(hash(typed).as_deref(), Some(stored.as_str()), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_a_code_has_no_hash() {
        for text in ["", "123456", &"A".repeat(23), &"A".repeat(25), &"U".repeat(24), &"Ä".repeat(24)] {
            assert_eq!(hash(text), None, "{text}");
        }
    }
}
