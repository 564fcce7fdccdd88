//! Forged, altered and misused access tokens: each differs from a good one in the one thing its name says.

use super::access_token::{ISSUER, NEW, OLD, ring, tokens};
use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Sha256, Sha384, Sha512};
use stoa::auth::refresh_token::RefreshToken;
use stoa::errors::Code;
use time::OffsetDateTime;

macro_rules! mac {
    ($hash:ty, $key:expr, $message:expr) => {{
        let mut mac = Hmac::<$hash>::new_from_slice($key.as_bytes()).unwrap();
        mac.update($message.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }};
}

fn good_header() -> Value {
    json!({"typ": "at+jwt", "alg": "HS256", "kid": "a"})
}

fn good_claims() -> Value {
    let now = OffsetDateTime::now_utc().unix_timestamp();
    json!({
        "iss": ISSUER, "aud": ["stoa-api"], "sub": "65f000000000000000000001", "sid": "65f000000000000000000002",
        "role": "client", "epoch": 1, "amr": ["pwd"], "auth_time": now, "iat": now, "nbf": now, "exp": now + 600,
        "jti": "j",
    })
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn sign(header: &Value, claims: &Value, key: &str) -> String {
    let message = format!("{}.{}", part(header), part(claims));
    let signature = mac!(Sha256, key, message);
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// The good value with members set, or removed where null.
fn with(mut value: Value, changes: Value) -> Value {
    let members = value.as_object_mut().unwrap();
    for (name, change) in changes.as_object().unwrap().clone() {
        match change {
            Value::Null => drop(members.remove(&name)),
            change => drop(members.insert(name, change)),
        }
    }
    value
}

fn code(token: &str) -> Option<Code> {
    let tokens = tokens(&ring("a", &[("a", OLD), ("b", NEW)]));
    tokens.verify(token).err().map(|error| error.code())
}

#[test]
fn the_unaltered_token_is_accepted() {
    assert_eq!(code(&sign(&good_header(), &good_claims(), OLD)), None);
    assert_eq!(code(&sign(&with(good_header(), json!({"kid": "b"})), &good_claims(), NEW)), None);
}

#[test]
fn headers_of_attackers_are_refused() {
    let stranger = json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode("stranger"), "alg": "HS256"});
    let attacks = [
        ("none", json!({"alg": "none"}), OLD),
        ("None", json!({"alg": "None"}), OLD),
        ("no algorithm", json!({"alg": null}), OLD),
        ("HMAC labelled RS256", json!({"alg": "RS256"}), OLD),
        ("HMAC labelled ES256", json!({"alg": "ES256"}), OLD),
        ("HMAC labelled EdDSA", json!({"alg": "EdDSA"}), OLD),
        ("another known key", json!({"kid": "b"}), OLD),
        ("unknown key", json!({"kid": "c"}), OLD),
        ("path as key", json!({"kid": "../../../../dev/null"}), ""),
        ("no key id", json!({"kid": null}), OLD),
        ("key of a stranger", json!({}), "stranger"),
        ("key inside the token", json!({"jwk": stranger}), "stranger"),
        ("key by address", json!({"jku": "https://evil.example/keys"}), "stranger"),
        ("plain JWT", json!({"typ": "JWT"}), OLD),
        ("no type", json!({"typ": null}), OLD),
        ("unknown critical header", json!({"crit": ["exp"]}), OLD),
    ];
    for (name, changes, key) in attacks {
        let token = sign(&with(good_header(), changes), &good_claims(), key);
        assert_eq!(code(&token), Some(Code::Unauthenticated), "{name}");
    }
}

#[test]
fn claims_that_do_not_fit_are_refused() {
    let now = OffsetDateTime::now_utc().unix_timestamp();
    let attacks = [
        ("future", json!({"nbf": now + 60})),
        ("other audience", json!({"aud": ["other-api"]})),
        ("no audience", json!({"aud": null})),
        ("empty audience", json!({"aud": []})),
        ("other issuer", json!({"iss": "https://evil.example"})),
        ("issuer among others", json!({"iss": [ISSUER, "https://evil.example"]})),
        ("no issuer", json!({"iss": null})),
        ("no subject", json!({"sub": null})),
        ("no session", json!({"sid": null})),
        ("no expiry", json!({"exp": null})),
        ("expiry as text", json!({"exp": "9999999999"})),
        ("negative expiry", json!({"exp": -1})),
        ("no start", json!({"nbf": null})),
        ("no epoch", json!({"epoch": null})),
        ("epoch as text", json!({"epoch": "1"})),
        ("no role", json!({"role": null})),
        ("subject as object", json!({"sub": {"$ne": null}})),
    ];
    for (name, changes) in attacks {
        let token = sign(&good_header(), &with(good_claims(), changes), OLD);
        assert_eq!(code(&token), Some(Code::Unauthenticated), "{name}");
    }
    let expired = with(good_claims(), json!({"exp": now - 6}));
    assert_eq!(code(&sign(&good_header(), &expired, OLD)), Some(Code::TokenExpired), "expired by leeway + 1");
    assert_eq!(
        code(&sign(&good_header(), &expired, "stranger")),
        Some(Code::Unauthenticated),
        "expiry is told only about genuine tokens"
    );
}

#[test]
fn other_hashes_of_the_same_key_are_refused() {
    for alg in ["HS384", "HS512"] {
        let header = with(good_header(), json!({ "alg": alg }));
        let message = format!("{}.{}", part(&header), part(&good_claims()));
        let signature = if alg == "HS384" { mac!(Sha384, OLD, message) } else { mac!(Sha512, OLD, message) };
        let token = format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature));
        assert_eq!(code(&token), Some(Code::Unauthenticated), "{alg}");
    }
}

#[test]
fn altered_texts_are_refused() {
    let good = sign(&good_header(), &good_claims(), OLD);
    let [head, body, signature] = good.split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };
    let raised = part(&with(good_claims(), json!({"role": "superadmin"})));
    let doubled =
        URL_SAFE_NO_PAD.encode(good_claims().to_string().replacen('{', r#"{"role":"superadmin","#, 1));
    let doubled_message = format!("{head}.{doubled}");
    let doubled_signature = URL_SAFE_NO_PAD.encode(mac!(Sha256, OLD, doubled_message));
    let padded = URL_SAFE.encode(URL_SAFE_NO_PAD.decode(signature).unwrap());
    let texts = [
        ("raised role", format!("{head}.{raised}.{signature}")),
        ("doubled claim", format!("{doubled_message}.{doubled_signature}")),
        ("no signature", format!("{head}.{body}.")),
        ("two parts", format!("{head}.{body}")),
        ("four parts", format!("{good}.{signature}")),
        ("shortened signature", good[..good.len() - 2].to_owned()),
        ("padded signature", format!("{head}.{body}.{padded}")),
        ("space before", format!(" {good}")),
        ("space after", format!("{good} ")),
        ("empty", String::new()),
        ("dots", "..".to_owned()),
        ("not ASCII", "ä.ö.ü".to_owned()),
        ("a megabyte", "a".repeat(1 << 20)),
        ("a refresh token", RefreshToken::generate().expose().to_owned()),
    ];
    for (name, text) in texts {
        assert_eq!(code(&text), Some(Code::Unauthenticated), "{name}");
    }
    // Every single character matters, the last one included only where its bits count.
    for index in 0..good.len() - 1 {
        let mut bytes = good.clone().into_bytes();
        bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(code(&text), Some(Code::Unauthenticated), "character {index}");
    }
}
