//! The form of refresh tokens, and that their successors are fixed and unforeseeable.

use super::access_token::{NEW, OLD, ring};
use proptest::prelude::*;
use std::collections::HashSet;
use stoa::auth::refresh_token::{LEN, RefreshKeys, RefreshToken};
use stoa::errors::Code;

#[test]
fn a_token_has_the_documented_form() {
    let token = RefreshToken::generate();
    let text = token.expose();
    assert_eq!((text.len(), LEN), (53, 53));
    assert!(text.strip_prefix("srt_").unwrap().bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let read = RefreshToken::parse(text).unwrap();
    assert_eq!(read.hash(), token.hash());
    assert_eq!(token.hash().len(), 64);
    assert!(!format!("{token:?}").contains(&text[4..20]), "the token is not in its debug text");
}

#[test]
fn tokens_do_not_repeat() {
    let hashes: HashSet<String> = (0..10_000).map(|_| RefreshToken::generate().hash()).collect();
    assert_eq!(hashes.len(), 10_000);
}

#[test]
fn the_stored_hash_is_sha256_of_the_text() {
    let ring = ring("a", &[("a", OLD)]);
    let token = RefreshKeys::new(&ring).successor(&RefreshToken::generate(), "f").unwrap().token;
    use sha2::Digest as _;
    assert_eq!(token.hash(), hex::encode(sha2::Sha256::digest(token.expose())));
}

#[test]
fn successors_are_fixed_by_key_token_and_family() {
    let keys = RefreshKeys::new(&ring("a", &[("a", OLD), ("b", NEW)]));
    let (token, other) = (RefreshToken::generate(), RefreshToken::generate());
    let next = keys.successor(&token, "family").unwrap();
    assert_eq!(next.key_id, "a");
    assert_eq!(next.token.expose(), keys.successor(&token, "family").unwrap().token.expose());
    assert!(RefreshToken::parse(next.token.expose()).is_ok(), "a successor is a token like any other");
    let different = [
        keys.successor(&other, "family").unwrap(),
        keys.successor(&token, "family2").unwrap(),
        keys.successor(&next.token, "family").unwrap(),
        keys.successor_with("b", &token, "family").unwrap(),
    ];
    let all: HashSet<&str> =
        different.iter().chain([&next]).map(|successor| successor.token.expose()).collect();
    assert_eq!(all.len(), 5);
}

#[test]
fn a_retry_after_a_rotation_finds_the_same_successor() {
    let token = RefreshToken::generate();
    let next = RefreshKeys::new(&ring("a", &[("a", OLD)])).successor(&token, "family").unwrap();
    let rotated = RefreshKeys::new(&ring("b", &[("a", OLD), ("b", NEW)]));
    let again = rotated.successor_with(&next.key_id, &token, "family").unwrap();
    assert_eq!(again.token.expose(), next.token.expose());
    let without = RefreshKeys::new(&ring("b", &[("b", NEW)]));
    assert!(without.successor_with(&next.key_id, &token, "family").is_none());
}

proptest! {
    #[test]
    fn garbage_is_refused(text in "\\PC{0,80}") {
        prop_assert_eq!(RefreshToken::parse(&text).unwrap_err().code(), Code::Unauthenticated);
    }

    #[test]
    fn one_changed_character_is_noticed(index in 0..53_usize, replacement in proptest::char::range('!', '~')) {
        let token = RefreshToken::generate();
        let mut text: Vec<char> = token.expose().chars().collect();
        prop_assume!(text[index] != replacement);
        text[index] = replacement;
        let text: String = text.into_iter().collect();
        prop_assert!(RefreshToken::parse(&text).is_err());
    }
}
