//! Runs that are broken off: by a failure, by a crash, by a runner that took over, by the end of the program.

use super::scratch::Scratch;
use super::steps::{self, Gate};
use bson::{DateTime, Document, doc};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use stoa::migrate::{self, Backfill, Down, MigrateError, Options, Phase, Step, Work};

const DOWN: Down = Down::Irreversible("a test");

fn backfill(update: fn(&Document) -> Option<Document>) -> [Step; 1] {
    let work = Work::Backfill(Backfill { update, ..steps::COUNT });
    [steps::step("m1", Phase::Backfill, work, DOWN)]
}

fn is(document: &Document, id: i32) -> bool {
    document.get_i32("_id").unwrap() == id
}

#[tokio::test]
async fn after_a_failure_the_next_run_goes_on_with_the_next_batch() {
    static BROKEN: AtomicBool = AtomicBool::new(true);
    let scratch = Scratch::new().await;
    scratch.fill(2500).await;
    let list = backfill(|document| {
        let broken = is(document, 1700) && BROKEN.load(Ordering::SeqCst);
        // An update that the server refuses: `n` is no list.
        if broken { Some(doc! { "$push": { "n": 1 } }) } else { steps::add_one(document) }
    });
    let (db, options) = (scratch.instance().await, Options::default());
    let error = migrate::run(&db, &list, &options).await.unwrap_err();
    assert!(matches!(&error, MigrateError::Step { step, .. } if step == "m1"), "{error}");
    let record = scratch.record("m1").await;
    assert_eq!(record.get_str("state").unwrap(), "running");
    assert_eq!((record.get_i64("changed").unwrap(), record.get_i32("cursor").unwrap()), (1000, 999));
    assert_eq!(scratch.tally().await, [(0, 1500), (1, 1000)], "the broken batch left nothing behind");
    assert!(scratch.lock().await.get_datetime("expires_at").unwrap() < &DateTime::now(), "the lease is free");

    BROKEN.store(false, Ordering::SeqCst);
    let report = migrate::run(&db, &list, &options).await.unwrap();
    assert_eq!(report.taken, [("m1".to_owned(), 2500)]);
    assert_eq!(scratch.tally().await, [(1, 2500)]);
    scratch.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_crash_in_a_batch_another_takes_over_once_the_lease_ran_out() {
    static GATE: Gate = Gate::new();
    let scratch = Scratch::new().await;
    scratch.fill(2500).await;
    let list = Arc::new(backfill(|document| {
        if is(document, 1700) {
            GATE.hold();
        }
        steps::add_one(document)
    }));
    let (first, steps) = (scratch.instance().await, list.clone());
    let run = tokio::spawn(async move { migrate::run(&first, &*steps, &Options::default()).await });
    tokio::task::spawn_blocking(|| GATE.reached()).await.unwrap();
    // It goes away in the middle of its second batch, without a word.
    run.abort();
    GATE.open();
    assert!(run.await.unwrap_err().is_cancelled());
    assert!(scratch.lock().await.get_datetime("expires_at").unwrap() > &DateTime::now(), "still held");

    scratch.expire_lease().await;
    let second = scratch.instance().await;
    let report = migrate::run(&second, &*list, &Options::default()).await.unwrap();
    assert_eq!(report.taken, [("m1".to_owned(), 2500)]);
    assert_eq!(scratch.tally().await, [(1, 2500)]);
    assert_eq!(scratch.record("m1").await.get_i64("fencing").unwrap(), 2);
    scratch.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_runner_that_was_given_up_too_early_can_do_no_harm() {
    static GATE: Gate = Gate::new();
    let scratch = Scratch::new().await;
    scratch.fill(2500).await;
    let list = Arc::new(backfill(|document| {
        if is(document, 1700) {
            GATE.hold();
        }
        steps::add_one(document)
    }));
    let (first, steps) = (scratch.instance().await, list.clone());
    let run = tokio::spawn(async move { migrate::run(&first, &*steps, &Options::default()).await });
    tokio::task::spawn_blocking(|| GATE.reached()).await.unwrap();
    // It sleeps so long that its lease runs out, and another does all of the work.
    scratch.expire_lease().await;
    let second = scratch.instance().await;
    let report = migrate::run(&second, &*list, &Options::default()).await.unwrap();
    assert_eq!(report.taken, [("m1".to_owned(), 2500)]);
    // Now it wakes up with its old batch in hand.
    GATE.open();
    let error = run.await.unwrap().unwrap_err();
    assert!(matches!(error, MigrateError::LostLease), "{error}");
    assert!(error.is_passing());
    assert_eq!(scratch.tally().await, [(1, 2500)]);
    assert_eq!(scratch.record("m1").await.get_str("state").unwrap(), "done");
    scratch.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_of_the_program_waits_for_a_batch_and_gives_the_lease_free() {
    static GATE: Gate = Gate::new();
    let scratch = Scratch::new().await;
    scratch.fill(2500).await;
    let list = Arc::new(backfill(|document| {
        if is(document, 300) {
            GATE.hold();
        }
        steps::add_one(document)
    }));
    let options = Options::default();
    let (db, steps, stop) = (scratch.instance().await, list.clone(), options.stop.clone());
    let run = tokio::spawn(async move { migrate::run(&db, &*steps, &options).await });
    tokio::task::spawn_blocking(|| GATE.reached()).await.unwrap();
    stop.cancel();
    GATE.open();
    assert!(matches!(run.await.unwrap(), Err(MigrateError::Stopped)));
    assert_eq!(scratch.tally().await, [(0, 1500), (1, 1000)]);
    let report = migrate::run(&scratch.instance().await, &*list, &Options::default()).await.unwrap();
    assert_eq!(report.taken, [("m1".to_owned(), 2500)]);
    assert_eq!(scratch.tally().await, [(1, 2500)]);
    scratch.end().await;
}

#[tokio::test]
async fn who_waits_for_another_instance_can_be_stopped() {
    let scratch = Scratch::new().await;
    let later = DateTime::from_millis(DateTime::now().timestamp_millis() + 3_600_000);
    let lock = doc! { "_id": "lock", "holder": "another", "fencing": 7_i64, "expires_at": later };
    scratch.raw.collection("migration_lock").insert_one(lock).await.unwrap();
    let options = Options::default();
    let (db, stop) = (scratch.instance().await, options.stop.clone());
    let run = tokio::spawn(async move { migrate::run(&db, &[steps::index()], &options).await });
    stop.cancel();
    assert!(matches!(run.await.unwrap(), Err(MigrateError::Stopped)));
    assert_eq!(scratch.lock().await.get_str("holder").unwrap(), "another");
    assert_eq!(scratch.raw.list_collection_names().await.unwrap(), ["migration_lock"]);
    scratch.end().await;
}
