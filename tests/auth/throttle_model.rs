//! The throttle's pipelines against their pure functions: random histories, one given clock, equal outcomes.

use super::database::with_database;
use super::throttle::reserve;
use bson::{DateTime, Document, doc};
use mongodb::Collection;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::time::Duration;
use stoa::auth::throttle::{Backoff, BackoffState, Ceiling, Gcra};

/// A step of a history: the clock moves (now and then backwards), then a place is taken or given back.
type Step = (i64, bool);

fn histories() -> Vec<Vec<Step>> {
    let pause = prop_oneof![6 => 0..2_500_i64, 2 => 2_500..60_000_i64, 1 => -20_000..0_i64];
    let history = prop::collection::vec((pause, prop::bool::weighted(0.8)), 1..40);
    // The same cases in every run: a failure can be repeated.
    let mut runner = TestRunner::deterministic();
    (0..30).map(|_| history.new_tree(&mut runner).unwrap().current()).collect()
}

fn date(ms: i64) -> DateTime {
    DateTime::from_millis(ms)
}

fn millis(document: &Document, field: &str) -> i64 {
    document.get_datetime(field).unwrap().timestamp_millis()
}

async fn give_back(throttle: &Collection<Document>, key: &str, pipeline: Vec<Document>) {
    throttle.update_one(doc! { "_id": key }, pipeline).await.unwrap();
}

#[tokio::test]
async fn gcra_on_the_server_is_the_pure_function() {
    with_database(async |database| {
        let throttle = database.collection("throttle");
        let rule = Gcra::per(4, Duration::from_secs(6));
        let mut waits = 0;
        for (number, history) in histories().into_iter().enumerate() {
            let (key, mut now, mut tat) = (number.to_string(), 1_700_000_000_000, None);
            for (pause, take) in history {
                now += pause;
                match tat {
                    Some(before) if !take => {
                        tat = Some(rule.refund(before, now));
                        give_back(&throttle, &key, rule.refund_pipeline_at(date(now))).await;
                    }
                    _ => {
                        let (next, outcome) = rule.reserve(tat, now);
                        let (after, told) =
                            reserve(&throttle, &key, rule.reserve_pipeline_at(date(now))).await;
                        assert_eq!((told, millis(&after, "tat")), (outcome, next));
                        assert_eq!(millis(&after, "expires_at"), next);
                        waits += usize::from(told != stoa::auth::throttle::Outcome::Reserved);
                        tat = Some(next);
                    }
                }
            }
        }
        assert!(waits > 50, "the histories reach the limit: {waits}");
    })
    .await;
}

#[tokio::test]
async fn backoff_on_the_server_is_the_pure_function() {
    with_database(async |database| {
        let throttle = database.collection("throttle");
        let rule = Backoff { free: 3, max_pause: Duration::from_secs(20), memory: Duration::from_secs(50) };
        let mut most = 0;
        for (number, history) in histories().into_iter().enumerate() {
            let (key, mut now, mut state) = (number.to_string(), 1_700_000_000_000, None);
            for (pause, take) in history {
                now += pause;
                match state {
                    Some(before) if !take => {
                        state = Some(rule.refund(before, now));
                        give_back(&throttle, &key, rule.refund_pipeline_at(date(now))).await;
                    }
                    _ => {
                        let (next, outcome) = rule.reserve(state, now);
                        let (after, told) =
                            reserve(&throttle, &key, rule.reserve_pipeline_at(date(now))).await;
                        let stored = BackoffState {
                            failures: after.get_i64("failures").unwrap(),
                            next_at: millis(&after, "next_at"),
                            expires_at: millis(&after, "expires_at"),
                        };
                        assert_eq!((told, stored), (outcome, next));
                        most = most.max(stored.failures);
                        state = Some(next);
                    }
                }
            }
        }
        assert!(most > 5, "the histories reach the pauses: {most}");
    })
    .await;
}

#[tokio::test]
async fn ceiling_on_the_server_is_the_pure_function() {
    with_database(async |database| {
        let throttle = database.collection("throttle");
        let rule = Ceiling { limit: 4, memory: Duration::from_secs(15) };
        let mut refused = 0;
        for (number, history) in histories().into_iter().enumerate() {
            let (key, mut now, mut state) = (number.to_string(), 1_700_000_000_000, None);
            for (pause, _) in history {
                now += pause;
                let (next, outcome) = rule.reserve(state, now);
                let (after, told) = reserve(&throttle, &key, rule.reserve_pipeline_at(date(now))).await;
                let stored = (after.get_i64("failures").unwrap(), millis(&after, "expires_at"));
                assert_eq!((told, stored), (outcome, next));
                refused += usize::from(told == stoa::auth::throttle::Outcome::Exhausted);
                state = Some(next);
            }
        }
        assert!(refused > 20, "the histories reach the limit: {refused}");
    })
    .await;
}
