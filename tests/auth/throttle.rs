//! The throttle's update pipelines on a real server: they do what the pure functions say, and they are atomic.

use super::database::with_database;
use bson::{DateTime, Document, doc};
use futures::future::join_all;
use mongodb::Collection;
use mongodb::options::ReturnDocument;
use std::time::{Duration, Instant};
use stoa::auth::email::EmailAddress;
use stoa::auth::throttle::{ACCOUNT, Bucket, Gcra, Outcome, Rule, login_buckets, network_bucket};

const HOUR: Duration = Duration::from_secs(3600);

/// Applies a reservation and reads its outcome, as the log-in does.
pub async fn reserve(
    throttle: &Collection<Document>,
    key: &str,
    pipeline: Vec<Document>,
) -> (Document, Outcome) {
    let after = throttle
        .find_one_and_update(doc! { "_id": key }, pipeline)
        .upsert(true)
        .return_document(ReturnDocument::After)
        .await
        .unwrap()
        .unwrap();
    let outcome = Outcome::read(&after).unwrap();
    (after, outcome)
}

async fn update(throttle: &Collection<Document>, bucket: &Bucket, pipeline: Vec<Document>) {
    throttle.update_one(doc! { "_id": &bucket.key }, pipeline).await.unwrap();
}

async fn take(throttle: &Collection<Document>, bucket: &Bucket) -> Outcome {
    reserve(throttle, &bucket.key, bucket.reserve()).await.1
}

fn buckets() -> [Bucket; 4] {
    login_buckets("203.0.113.0/24", &EmailAddress::parse("jo@example.com").unwrap())
}

/// The bucket of the network, refilled so slowly that no machine is slow enough to see it.
fn slow_network() -> Bucket {
    Bucket {
        rule: Rule::Rate(Gcra::per(20, Duration::from_secs(20 * 3600))),
        ..network_bucket("203.0.113.0/24")
    }
}

/// How many of `count` parallel attempts get a place, and how often `refill` has passed meanwhile.
async fn rush(
    throttle: &Collection<Document>,
    bucket: &Bucket,
    count: usize,
    refill: Duration,
) -> (usize, usize) {
    let start = Instant::now();
    let outcomes = join_all((0..count).map(|_| take(throttle, bucket))).await;
    let passed = outcomes.iter().filter(|outcome| **outcome == Outcome::Reserved).count();
    (passed, (start.elapsed().as_millis() / refill.as_millis()) as usize)
}

#[tokio::test]
async fn parallel_guesses_never_exceed_a_bucket() {
    with_database(async |database| {
        let throttle = database.collection("throttle");
        let [network, pair, identifier, account] = buckets();
        for (bucket, places, refill) in [(&network, 20, 3), (&pair, 5, 2)] {
            let (passed, refilled) = rush(&throttle, bucket, 100, Duration::from_secs(refill)).await;
            assert!((places..=places + refilled).contains(&passed), "{passed} of {places} + {refilled}");
        }
        assert_eq!(rush(&throttle, &identifier, 100, HOUR).await.0, 100);
        assert_eq!(rush(&throttle, &account, 150, HOUR).await.0, 100);
        assert_eq!(take(&throttle, &account).await, Outcome::Exhausted);
        assert_eq!(throttle.count_documents(doc! {}).await.unwrap(), 4, "one document per bucket");
    })
    .await;
}

#[tokio::test]
async fn the_sixth_attempt_of_a_pair_waits_two_seconds() {
    with_database(async |database| {
        let throttle = database.collection("throttle");
        let [_, pair, ..] = buckets();
        for _ in 0..4 {
            assert_eq!(take(&throttle, &pair).await, Outcome::Reserved);
        }
        let start = Instant::now();
        assert_eq!(take(&throttle, &pair).await, Outcome::Reserved);
        match take(&throttle, &pair).await {
            Outcome::Wait(wait) => assert!(wait <= Duration::from_secs(2), "{wait:?}"),
            outcome => assert!(start.elapsed() > Duration::from_secs(2), "{outcome:?} too early"),
        }
    })
    .await;
}

#[tokio::test]
async fn a_refund_gives_exactly_one_place_back() {
    with_database(async |database| {
        let throttle = database.collection("throttle");
        let [.., account] = buckets();
        for (bucket, places) in [(slow_network(), 20), (account, 100)] {
            assert_eq!(rush(&throttle, &bucket, places + 20, HOUR).await.0, places);
            update(&throttle, &bucket, bucket.refund()).await;
            assert_eq!(take(&throttle, &bucket).await, Outcome::Reserved);
            assert_ne!(take(&throttle, &bucket).await, Outcome::Reserved, "{}", bucket.key);
        }
    })
    .await;
}

#[tokio::test]
async fn a_success_clears_failures_but_not_the_rate_of_the_network() {
    with_database(async |database| {
        let throttle = database.collection("throttle");
        let [_, pair, _, account] = buckets();
        let network = slow_network();
        for (bucket, places) in [(&network, 20), (&pair, 5), (&account, 100)] {
            rush(&throttle, bucket, places, HOUR).await;
            update(&throttle, bucket, bucket.succeed()).await;
        }
        assert_eq!(rush(&throttle, &network, 10, HOUR).await.0, 1);
        assert_eq!(rush(&throttle, &account, 110, HOUR).await.0, 100);
        let (passed, pauses) = rush(&throttle, &pair, 10, Duration::from_secs(2)).await;
        assert!((5..=5 + pauses).contains(&passed), "{passed} of 5 + {pauses}");
    })
    .await;
}

#[tokio::test]
async fn refunds_of_nothing_create_nothing() {
    with_database(async |database| {
        let throttle = database.collection::<Document>("throttle");
        for bucket in buckets() {
            update(&throttle, &bucket, bucket.refund()).await;
            update(&throttle, &bucket, bucket.succeed()).await;
        }
        assert_eq!(throttle.count_documents(doc! {}).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn every_document_says_when_it_can_be_deleted() {
    with_database(async |database| {
        let throttle = database.collection("throttle");
        for bucket in buckets() {
            let before = DateTime::now();
            let (after, _) = reserve(&throttle, &bucket.key, bucket.reserve()).await;
            assert!(*after.get_datetime("expires_at").unwrap() > before, "{}", bucket.key);
        }
    })
    .await;
}

#[test]
fn keys_tell_cases_apart_and_hide_the_address() {
    let [one, two] = ["jo@example.com", "jo@example.org"]
        .map(|text| login_buckets("203.0.113.0/24", &EmailAddress::parse(text).unwrap()));
    assert_eq!(one[0], two[0], "the network does not depend on the identifier");
    for (one, two) in one.iter().zip(&two).skip(1) {
        assert_ne!(one.key, two.key);
        assert!(!one.key.contains("jo") && !one.key.contains("example"), "{}", one.key);
    }
    let elsewhere = login_buckets("2001:db8::/64", &EmailAddress::parse("jo@example.com").unwrap());
    let same: Vec<bool> = one.iter().zip(&elsewhere).map(|(a, b)| a.key == b.key).collect();
    assert_eq!(same, [false, false, true, true]);
    assert_eq!(one[3].rule, Rule::Ceiling(ACCOUNT));
}
