//! Tests of secrets from AWS Secrets Manager against moto: start, rotation, and outages.

use super::moto::{Moto, configuration, free_port};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::time::Duration;
use stoa::auth::key_ring::KeyRing;
use stoa::secrets::{SecretOrigin, Secrets, SecretsError};
use tokio_util::sync::CancellationToken;

const FIRST: &str = "first-first-first-first-first-first";
const SECOND: &str = "second-second-second-second-second-";
const THIRD: &str = "third-third-third-third-third-third";

/// A secret whose JWT secret is `jwt`.
fn secret(jwt: impl Into<Value>) -> String {
    json!({ "MONGO_URI": "mongodb://db.example/", "JWT_SECRET": jwt.into(), "OF_ANOTHER_PROGRAM": 1 })
        .to_string()
}

fn active(ring: &KeyRing) -> String {
    ring.secret(ring.active()).unwrap().expose_secret().to_owned()
}

/// A token as the server would sign it.
fn sign(keys: &KeyRing) -> String {
    let (id, key) = (keys.active(), keys.secret(keys.active()).unwrap());
    let header = Header { kid: Some(id.to_owned()), ..Header::new(Algorithm::HS256) };
    let key = EncodingKey::from_secret(key.expose_secret().as_bytes());
    encode(&header, &json!({ "exp": 4_102_444_800_u64 }), &key).unwrap()
}

/// Whether the server would accept the token.
fn verify(keys: &KeyRing, token: &str) -> bool {
    let id = jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    keys.secret(&id).is_some_and(|key| {
        let key = DecodingKey::from_secret(key.expose_secret().as_bytes());
        decode::<Value>(token, &key, &Validation::new(Algorithm::HS256)).is_ok()
    })
}

#[tokio::test]
async fn a_start_reads_the_secret_and_knows_its_version() {
    let moto = Moto::start();
    moto.put(&secret(FIRST)).await;
    let (settings, environment) = moto.configuration();
    let secrets = Secrets::load(&settings, &environment).await.unwrap();
    assert_eq!(active(&secrets.jwt()), FIRST);
    assert_eq!(secrets.mongo_uri().unwrap().expose_secret(), "mongodb://db.example/");
    let status = secrets.status();
    assert_eq!(status[0].origin, SecretOrigin::SecretsManager);
    assert!(status[0].version.as_ref().is_some_and(|version| version.len() >= 32), "{status:?}");
    assert_eq!(status[4].origin, SecretOrigin::Derived);
    assert_eq!(status[5].origin, SecretOrigin::Absent);
}

#[tokio::test]
async fn a_rotated_plain_key_signs_at_once_and_the_one_before_still_verifies() {
    let moto = Moto::start();
    moto.put(&secret(FIRST)).await;
    let (settings, environment) = moto.configuration();
    let secrets = Secrets::load(&settings, &environment).await.unwrap();
    let first = sign(&secrets.jwt());
    let refresh = secrets.refresh_keys();

    // The serving program follows by itself, without a restart.
    let stop = CancellationToken::new();
    let task = tokio::spawn(secrets.clone().keep_fresh(stop.clone()));
    let mut changes = secrets.changes();
    moto.put(&secret(SECOND)).await;
    tokio::time::timeout(Duration::from_secs(30), changes.changed()).await.unwrap().unwrap();
    stop.cancel();
    task.await.unwrap();

    let second = sign(&secrets.jwt());
    assert_eq!(active(&secrets.jwt()), SECOND);
    assert!(verify(&secrets.jwt(), &first) && verify(&secrets.jwt(), &second));
    let kept = secrets.refresh_keys().secret(refresh.active()).unwrap().expose_secret().to_owned();
    assert_eq!(kept, active(&refresh));

    // Two rotations later the first key is gone.
    moto.put(&secret(THIRD)).await;
    assert!(secrets.refresh().await.unwrap());
    assert!(!verify(&secrets.jwt(), &first) && verify(&secrets.jwt(), &second));
}

#[tokio::test]
async fn a_rotated_key_set_keeps_the_keys_of_the_version_before() {
    let moto = Moto::start();
    moto.put(&secret(json!({ "active": "a", "keys": { "a": FIRST } }))).await;
    let (settings, environment) = moto.configuration();
    let secrets = Secrets::load(&settings, &environment).await.unwrap();
    let first = sign(&secrets.jwt());
    moto.put(&secret(json!({ "active": "b", "keys": { "b": SECOND } }))).await;
    assert!(secrets.refresh().await.unwrap());
    assert_eq!(secrets.jwt().active(), "b");
    assert!(verify(&secrets.jwt(), &first));
    assert_eq!(secrets.status()[1].key_ids, ["b", "a"]);
}

#[tokio::test]
async fn a_manager_that_is_down_at_start_fails_the_start() {
    let (settings, environment) = configuration(free_port());
    match Secrets::load(&settings, &environment).await {
        Err(SecretsError::Unavailable(why)) => assert!(why.contains("cannot be reached"), "{why}"),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("started without secrets"),
    }
}

#[tokio::test]
async fn a_missing_secret_fails_the_start_and_variables_are_no_way_around_it() {
    let moto = Moto::start();
    let (settings, _) = moto.configuration();
    let environment =
        [("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"), ("JWT_SECRET", FIRST)];
    match Secrets::load(&settings, &environment.into_iter().collect()).await {
        Err(SecretsError::Unavailable(why)) => assert!(why.contains("ResourceNotFound"), "{why}"),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("started without the secret"),
    }
}

#[tokio::test]
async fn a_weak_key_in_the_manager_fails_the_start_without_showing_it() {
    let moto = Moto::start();
    moto.put(&secret("hunter2")).await;
    let (settings, environment) = moto.configuration();
    let error = Secrets::load(&settings, &environment).await.err().unwrap();
    let text = format!("{error} {error:?}");
    assert!(matches!(error, SecretsError::Invalid(_)) && text.contains("32 bytes"), "{text}");
    assert!(!text.contains("hunter2"));
}

#[tokio::test]
async fn a_manager_that_goes_down_leaves_the_last_good_secrets_in_use() {
    let mut moto = Moto::start();
    moto.put(&secret(FIRST)).await;
    let (settings, environment) = moto.configuration();
    let secrets = Secrets::load(&settings, &environment).await.unwrap();
    let token = sign(&secrets.jwt());
    moto.stop();
    let before = secrets.age();
    assert!(matches!(secrets.refresh().await, Err(SecretsError::Unavailable(_))));
    assert!(verify(&secrets.jwt(), &token));
    assert!(secrets.age() > before, "the age tells how long ago the last reading was");

    moto.start_again();
    moto.put(&secret(SECOND)).await;
    assert!(secrets.refresh().await.unwrap());
    assert_eq!(active(&secrets.jwt()), SECOND);
}
