//! What access tokens say, and how their keys rotate.

use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeMap;
use std::time::Duration;
use stoa::auth::access_token::{AccessTokens, Grant};
use stoa::auth::key_ring::KeyRing;
use stoa::errors::Code;
use time::OffsetDateTime;

pub const ISSUER: &str = "https://stoa.example";
pub const OLD: &str = "the old secret, 32 bytes or more in length";
pub const NEW: &str = "the new secret, 32 bytes or more in length";

pub fn ring(active: &str, keys: &[(&str, &str)]) -> KeyRing {
    let keys = keys.iter().map(|(id, secret)| ((*id).to_owned(), SecretString::from(*secret)));
    KeyRing::new(active, keys.collect::<BTreeMap<_, _>>()).unwrap()
}

pub fn tokens(ring: &KeyRing) -> AccessTokens {
    AccessTokens::new(ring, ISSUER, Duration::from_secs(600)).unwrap()
}

pub fn grant() -> Grant {
    Grant {
        user_id: "65f000000000000000000001".into(),
        session_id: "65f000000000000000000002".into(),
        company_id: Some("65f000000000000000000003".into()),
        role: "content_writer".into(),
        epoch: 7,
        amr: vec!["pwd".into(), "otp".into()],
        auth_time: OffsetDateTime::now_utc() - Duration::from_secs(90),
    }
}

#[test]
fn a_token_says_what_was_granted() {
    let tokens = tokens(&ring("b", &[("a", OLD), ("b", NEW)]));
    let now = OffsetDateTime::now_utc();
    let issued = tokens.issue(&grant(), now).unwrap();
    let text = issued.token.expose_secret();
    let claims = tokens.verify(text).unwrap();
    assert_eq!(claims, issued.claims);
    assert_eq!(claims.aud, ["stoa-api"]);
    assert_eq!(claims.iss, ISSUER);
    assert_eq!((claims.sub.as_str(), claims.epoch), ("65f000000000000000000001", 7));
    assert_eq!(claims.auth_time, grant().auth_time.unix_timestamp());
    assert_eq!((claims.iat, claims.nbf, claims.exp), {
        let now = now.unix_timestamp();
        (now, now, now + 600)
    });
    let header = jsonwebtoken::decode_header(text).unwrap();
    assert_eq!((header.typ.as_deref(), header.kid.as_deref()), (Some("at+jwt"), Some("b")));
    let other = tokens.issue(&grant(), now).unwrap();
    assert_ne!(other.claims.jti, claims.jti, "each token has its own id");
}

#[test]
fn a_superadmin_token_has_no_company() {
    let tokens = tokens(&ring("a", &[("a", OLD)]));
    let grant = Grant { company_id: None, ..grant() };
    let issued = tokens.issue(&grant, OffsetDateTime::now_utc()).unwrap();
    assert_eq!(tokens.verify(issued.token.expose_secret()).unwrap().cid, None);
}

#[test]
fn expiry_has_its_own_code_and_five_seconds_of_leeway() {
    let tokens = tokens(&ring("a", &[("a", OLD)]));
    let verify_at_age = |seconds: u64| {
        let issued =
            tokens.issue(&grant(), OffsetDateTime::now_utc() - Duration::from_secs(seconds)).unwrap();
        tokens.verify(issued.token.expose_secret())
    };
    assert!(verify_at_age(590).is_ok());
    assert!(verify_at_age(602).is_ok(), "within the leeway");
    assert_eq!(verify_at_age(606).unwrap_err().code(), Code::TokenExpired, "leeway + 1");
    assert_eq!(verify_at_age(100_000).unwrap_err().code(), Code::TokenExpired);
}

#[test]
fn keys_rotate_without_a_restart() {
    let tokens = tokens(&ring("a", &[("a", OLD)]));
    let before = tokens.issue(&grant(), OffsetDateTime::now_utc()).unwrap();
    let before = before.token.expose_secret();
    tokens.replace_keys(&ring("b", &[("a", OLD), ("b", NEW)])).unwrap();
    let after = tokens.issue(&grant(), OffsetDateTime::now_utc()).unwrap();
    let after = after.token.expose_secret();
    assert_eq!(jsonwebtoken::decode_header(after).unwrap().kid.as_deref(), Some("b"));
    assert!(tokens.verify(before).is_ok(), "the old key still verifies");
    tokens.replace_keys(&ring("b", &[("b", NEW)])).unwrap();
    assert_eq!(tokens.verify(before).unwrap_err().code(), Code::Unauthenticated, "the old key is gone");
    assert!(tokens.verify(after).is_ok());
}
