//! Tests of secrets from files and the environment: order, faults, derived and generated keys, silence.

use super::temp_dir::TempDir;
use secrecy::ExposeSecret;
use std::os::unix::fs::PermissionsExt;
use stoa::auth::key_ring::KeyRing;
use stoa::config::{Environment, Settings};
use stoa::secrets::{SecretOrigin, Secrets, SecretsError};

const KEY: &str = "0123456789abcdef0123456789abcdef";
const OLD: &str = "fedcba9876543210fedcba9876543210";
const URI: &str = "mongodb://user:hunter2@db.example/";

async fn load(pairs: &[(&str, &str)]) -> Result<Secrets, SecretsError> {
    let environment: Environment = pairs.iter().copied().collect();
    Secrets::load(&Settings::from_sources("", &environment).unwrap(), &environment).await
}

fn active(ring: &KeyRing) -> String {
    ring.secret(ring.active()).unwrap().expose_secret().to_owned()
}

fn faults(error: SecretsError) -> Vec<String> {
    match error {
        SecretsError::Invalid(faults) => faults,
        SecretsError::Unavailable(why) => panic!("unavailable: {why}"),
    }
}

#[tokio::test]
async fn a_file_gives_a_secret_without_its_last_newline() {
    let folder = TempDir::new();
    let file = folder.write("jwt", &format!("{KEY}\n"));
    let secrets = load(&[("JWT_SECRET_FILE", &file), ("MONGO_URI", URI)]).await.unwrap();
    assert_eq!(active(&secrets.jwt()), KEY);
    assert!(secrets.jwt().active().starts_with("plain-"));
    assert_eq!(secrets.mongo_uri().unwrap().expose_secret(), URI);
}

#[tokio::test]
async fn a_key_set_signs_with_the_active_key_and_verifies_with_all() {
    let set = format!(r#"{{"active":"2026-08","keys":{{"2026-08":"{KEY}","2026-02":"{OLD}"}}}}"#);
    let secrets = load(&[("JWT_SECRET", &set), ("MONGO_URI", URI)]).await.unwrap();
    let jwt = secrets.jwt();
    assert_eq!(jwt.active(), "2026-08");
    assert_eq!(jwt.secret("2026-02").unwrap().expose_secret(), OLD);
    assert!(jwt.secret("2025-01").is_none());
}

#[tokio::test]
async fn refresh_keys_are_derived_one_by_one_and_differ_from_the_jwt_keys() {
    let set = format!(r#"{{"active":"b","keys":{{"b":"{KEY}","a":"{OLD}"}}}}"#);
    let secrets = load(&[("JWT_SECRET", &set), ("MONGO_URI", URI)]).await.unwrap();
    let keys = secrets.refresh_keys();
    assert_eq!(keys.iter().map(|(id, _)| id).collect::<Vec<_>>(), ["a", "b"]);
    assert_ne!(keys.secret("a").unwrap().expose_secret(), keys.secret("b").unwrap().expose_secret());
    assert_ne!(keys.secret("b").unwrap().expose_secret(), KEY);
    let own = load(&[("JWT_SECRET", KEY), ("MONGO_URI", URI), ("REFRESH_KEY", OLD)]).await.unwrap();
    assert_eq!(active(&own.refresh_keys()), OLD);
}

#[tokio::test]
async fn all_faults_are_reported_at_once_and_none_shows_a_value() {
    let folder = TempDir::new();
    let missing = folder.path().join("none");
    let pairs = [
        ("OPENAI_API_KEY", "sk-hunter2"),
        ("OPENAI_API_KEY_FILE", "/x"),
        ("SMTP_URL_FILE", missing.to_str().unwrap()),
    ];
    let unread = faults(load(&pairs).await.err().unwrap());
    assert_eq!(unread.len(), 2, "{unread:?}");
    let set = r#"{"active":"c","keys":{"b":"hunter2-hunter2-hunter2-hunter2-hunter2"}}"#;
    let pairs = [
        ("JWT_SECRET", "hunter2"),
        ("PASSWORD_PEPPER", set),
        ("REFRESH_KEY", r#"{"active": "hunter2"#),
        ("MONGO_URI", "hunter2@db"),
        ("SMTP_URL", "http://hunter2"),
    ];
    let malformed = faults(load(&pairs).await.err().unwrap());
    assert_eq!(malformed.len(), 5, "{malformed:?}");
    assert!(malformed.iter().any(|fault| fault.starts_with("JWT_SECRET: ") && fault.contains("32 bytes")));
    assert!(!format!("{unread:?}{malformed:?}").contains("hunter2"));
}

#[tokio::test]
async fn a_database_of_others_needs_a_jwt_secret() {
    let missing = faults(load(&[("MONGO_URI", URI)]).await.err().unwrap());
    assert_eq!(missing.len(), 1);
    assert!(missing[0].starts_with("JWT_SECRET: is missing"), "{missing:?}");
}

#[tokio::test]
async fn the_own_database_gets_a_key_once_that_only_its_user_can_read() {
    let folder = TempDir::new();
    let data = folder.path().join("data");
    let pairs = [("STOA_DATABASE__DATA_DIR", data.to_str().unwrap())];
    let (first, second) = tokio::join!(load(&pairs), load(&pairs));
    let key = |secrets: &Secrets| active(&secrets.jwt());
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!(key(&first), key(&second));
    assert_eq!(key(&first).len(), 64);
    assert_eq!(first.status()[1].origin, SecretOrigin::Generated);
    let file = data.join("jwt_secret");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 1, "no part is left behind");
}

#[tokio::test]
async fn a_changed_file_is_followed_and_a_broken_one_is_not() {
    let folder = TempDir::new();
    let file = folder.write("jwt", KEY);
    let secrets = load(&[("JWT_SECRET_FILE", &file), ("MONGO_URI", URI)]).await.unwrap();
    let mut changes = secrets.changes();
    assert!(!secrets.refresh().await.unwrap());
    assert!(!changes.has_changed().unwrap());
    folder.write("jwt", OLD);
    assert!(secrets.refresh().await.unwrap());
    assert_eq!(*changes.borrow_and_update(), 1);
    folder.write("jwt", "short");
    secrets.refresh().await.unwrap_err();
    assert_eq!(active(&secrets.jwt()), OLD);
}

#[tokio::test]
async fn status_and_debug_show_no_value() {
    let pairs = [("JWT_SECRET", KEY), ("MONGO_URI", URI), ("OPENAI_API_KEY", "sk-hunter2")];
    let secrets = load(&pairs).await.unwrap();
    let lines: Vec<String> = secrets.status().iter().map(|status| status.line()).collect();
    let environment: Environment = pairs.into_iter().collect();
    let shown = format!("{lines:?} {:?} {environment:?}", secrets.status());
    assert!(!shown.contains("hunter2") && !shown.contains(KEY), "{shown}");
    assert!(lines.contains(&"OPENAI_API_KEY = [redacted] (environment)".to_owned()), "{lines:?}");
    assert!(lines[1].starts_with("JWT_SECRET = [redacted] (environment, keys plain-"), "{lines:?}");
    assert!(lines.contains(&"SMTP_URL = (absent)".to_owned()), "{lines:?}");
}
