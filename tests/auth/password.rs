//! Hashing and verifying of passwords, their peppers, and the bounds of the pool.

use super::access_token::{NEW, OLD, ring};
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
use futures::future::join_all;
use secrecy::SecretString;
use std::time::Duration;
use stoa::auth::password::{PasswordHasher, PasswordPool, PoolLimits, StoredPassword, Verdict};
use stoa::errors::{AppError, Code};

const CURRENT: Verdict = Verdict::Match { rehash: false };
const OUTDATED: Verdict = Verdict::Match { rehash: true };

fn secret(text: &str) -> SecretString {
    text.into()
}

fn foreign(algorithm: Algorithm, memory: u32, passes: u32, lanes: u32) -> StoredPassword {
    let params = Params::new(memory, passes, lanes, None).unwrap();
    let hash = Argon2::new(algorithm, Version::V0x13, params).hash_password(b"a password").unwrap();
    StoredPassword { phc: hash.to_string(), pepper_id: None }
}

#[test]
fn a_hash_has_the_documented_parameters_and_its_own_salt() {
    let hasher = PasswordHasher::new(None).unwrap();
    let (one, two) =
        (hasher.hash(&secret("a password")).unwrap(), hasher.hash(&secret("a password")).unwrap());
    assert!(one.phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", one.phc);
    assert_ne!(one.phc, two.phc);
    assert_eq!(one.pepper_id, None);
    assert!(!format!("{one:?}").contains("argon2id"), "the hash is not in its debug text");
}

#[test]
fn only_the_exact_password_matches() {
    let hasher = PasswordHasher::new(None).unwrap();
    // U+00E9 is not U+0065 U+0301: passwords are not normalised.
    let stored = hasher.hash(&secret("Caf\u{e9} au lait")).unwrap();
    assert_eq!(hasher.verify(&secret("Caf\u{e9} au lait"), Some(&stored)).unwrap(), CURRENT);
    for wrong in ["", "caf\u{e9} au lait", "Cafe\u{301} au lait", "Caf\u{e9} au lait ", "Caf\u{e9} au lai"] {
        assert_eq!(hasher.verify(&secret(wrong), Some(&stored)).unwrap(), Verdict::Mismatch, "{wrong}");
    }
    let long = "x".repeat(1023);
    let stored = hasher.hash(&secret(&format!("{long}y"))).unwrap();
    assert_eq!(
        hasher.verify(&secret(&format!("{long}z")), Some(&stored)).unwrap(),
        Verdict::Mismatch,
        "not cut"
    );
}

#[test]
fn other_parameters_ask_for_a_new_hash() {
    let hasher = PasswordHasher::new(None).unwrap();
    let cases = [
        (foreign(Algorithm::Argon2id, 19_456, 2, 1), CURRENT),
        (foreign(Algorithm::Argon2id, 8_192, 2, 1), OUTDATED),
        (foreign(Algorithm::Argon2id, 19_456, 1, 1), OUTDATED),
        (foreign(Algorithm::Argon2id, 19_456, 2, 2), OUTDATED),
        (foreign(Algorithm::Argon2i, 19_456, 2, 1), OUTDATED),
    ];
    for (stored, verdict) in cases {
        assert_eq!(hasher.verify(&secret("a password"), Some(&stored)).unwrap(), verdict, "{}", stored.phc);
        assert_eq!(hasher.verify(&secret("A password"), Some(&stored)).unwrap(), Verdict::Mismatch);
    }
}

#[test]
fn peppers_rotate() {
    let password = secret("a password");
    let bare = PasswordHasher::new(None).unwrap();
    let first = PasswordHasher::new(Some(ring("1", &[("1", OLD)]))).unwrap();
    let second = PasswordHasher::new(Some(ring("2", &[("1", OLD), ("2", NEW)]))).unwrap();
    let swapped = PasswordHasher::new(Some(ring("1", &[("1", NEW)]))).unwrap();

    let unpeppered = bare.hash(&password).unwrap();
    assert_eq!(second.verify(&password, Some(&unpeppered)).unwrap(), OUTDATED);
    let stored = first.hash(&password).unwrap();
    assert_eq!(stored.pepper_id.as_deref(), Some("1"));
    assert_eq!(first.verify(&password, Some(&stored)).unwrap(), CURRENT);
    assert_eq!(second.verify(&password, Some(&stored)).unwrap(), OUTDATED);
    assert_eq!(swapped.verify(&password, Some(&stored)).unwrap(), Verdict::Mismatch, "the pepper counts");
    // An error would tell that there is an account.
    assert_eq!(bare.verify(&password, Some(&stored)).unwrap(), Verdict::Mismatch, "pepper not configured");
    let unlabelled = StoredPassword { pepper_id: None, ..stored };
    assert_eq!(first.verify(&password, Some(&unlabelled)).unwrap(), Verdict::Mismatch);
}

#[test]
fn stored_passwords_keep_their_shape_in_bson() {
    let stored =
        PasswordHasher::new(Some(ring("1", &[("1", OLD)]))).unwrap().hash(&secret("a password")).unwrap();
    let raw = bson::serialize_to_raw_document_buf(&stored).unwrap();
    let document = bson::Document::try_from(&*raw).unwrap();
    assert_eq!(document, bson::doc! {"phc": &stored.phc, "pepper_id": "1"});
    assert_eq!(bson::deserialize_from_slice::<StoredPassword>(raw.as_bytes()).unwrap(), stored);
}

fn pool(threads: usize, waiters: usize, wait: Duration) -> PasswordPool {
    PasswordPool::start(PasswordHasher::new(None).unwrap(), PoolLimits { threads, waiters, wait }).unwrap()
}

#[tokio::test]
async fn users_who_do_not_exist_never_match() {
    let pool = pool(2, 64, Duration::from_secs(60));
    assert_eq!(pool.verify(&secret("a password"), None).await.unwrap(), Verdict::Mismatch);
    let stored = pool.hash(&secret("a password")).await.unwrap();
    assert_eq!(pool.verify(&secret("a password"), Some(&stored)).await.unwrap(), CURRENT);
}

#[tokio::test]
async fn too_long_passwords_are_refused_before_hashing() {
    let pool = pool(1, 1, Duration::from_secs(60));
    let long = secret(&"x".repeat(1025));
    assert_eq!(pool.hash(&long).await.unwrap_err().code(), Code::ValidationFailed);
    assert_eq!(pool.verify(&long, None).await.unwrap_err().code(), Code::ValidationFailed);
    assert!(pool.hash(&secret(&"x".repeat(1024))).await.is_ok());
}

/// Asks for 40 verifications at once; how many were served and how many sent away.
async fn rush(pool: &PasswordPool) -> (usize, usize) {
    let password = secret("a password");
    let results = join_all((0..40).map(|_| pool.verify(&password, None))).await;
    let mut refused = 0;
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        let AppError::Problem(problem) = error else { panic!("{error:?}") };
        assert_eq!((problem.code, problem.retry_after), (Code::Overloaded, Some(2)));
        refused += 1;
    }
    (results.len() - refused, refused)
}

#[tokio::test]
async fn a_full_queue_sends_requests_away() {
    let (served, refused) = rush(&pool(1, 3, Duration::from_secs(60))).await;
    assert!(served >= 4 && refused >= 1, "one works, three wait: {served} served, {refused} refused");
}

#[tokio::test]
async fn a_long_wait_sends_requests_away() {
    let pool = pool(1, 64, Duration::from_millis(1));
    let (served, refused) = rush(&pool).await;
    assert!(served >= 1 && refused >= 1, "{served} served, {refused} refused");
    assert!(pool.hash(&secret("a password")).await.is_ok(), "the pool works on");
}

#[tokio::test]
async fn everyone_is_served_when_there_is_room() {
    assert_eq!(rush(&pool(2, 64, Duration::from_secs(60))).await, (40, 0));
}

#[tokio::test]
async fn callers_who_hang_up_leave_no_place_taken() {
    let pool = pool(1, 40, Duration::from_secs(60));
    let password = secret("a password");
    for _ in 0..20 {
        // One look starts or queues the work; then the caller is gone.
        let outcome = tokio::time::timeout(Duration::ZERO, pool.verify(&password, None)).await;
        assert!(outcome.is_err(), "hashing takes longer than no time");
    }
    assert_eq!(rush(&pool).await, (40, 0));
}
