//! Runs that go well: each step once, whoever takes it; again is nothing; dry is nothing; and back.

use super::scratch::Scratch;
use super::steps;
use bson::doc;
use stoa::migrate::{self, Down, MigrateError, Options, Phase, Work};
use stoa::migrations::STEPS;

#[tokio::test]
async fn five_instances_at_once_take_each_step_once() {
    let scratch = Scratch::new().await;
    scratch.fill(2500).await;
    let list = [steps::index(), steps::count()];
    let options = Options::default();
    let mut instances = Vec::new();
    for _ in 0..5 {
        instances.push(scratch.instance().await);
    }
    let runs = instances.iter().map(|db| migrate::run(db, &list, &options));
    let mut taken: Vec<(String, i64)> = Vec::new();
    for report in futures::future::join_all(runs).await {
        taken.extend(report.unwrap().taken);
    }
    taken.sort();
    assert_eq!(taken, [(list[0].id.to_owned(), 0), (list[1].id.to_owned(), 2500)]);
    assert_eq!(scratch.tally().await, [(1, 2500)]);
    let record = scratch.record(list[1].id).await;
    assert_eq!(record.get_str("state").unwrap(), "done");
    assert_eq!(record.get_str("phase").unwrap(), "backfill");
    assert_eq!(record.get_i64("batches").unwrap(), 3);
    assert!(record.get_datetime("started_at").unwrap() <= record.get_datetime("finished_at").unwrap());
    assert!(instances.iter().all(|db| db.tripwire().misses().is_empty()));
    scratch.end().await;
}

#[tokio::test]
async fn five_instances_at_once_prepare_an_empty_database() {
    let scratch = Scratch::new().await;
    let mut instances = Vec::new();
    for _ in 0..5 {
        instances.push(scratch.instance().await);
    }
    let mut taken = 0;
    for report in futures::future::join_all(instances.iter().map(migrate::up)).await {
        let report = report.unwrap();
        assert_eq!(report.drift, []);
        taken += report.taken.len();
    }
    assert_eq!(taken, STEPS.len());
    scratch.end().await;
}

#[tokio::test]
async fn a_second_run_does_nothing() {
    let scratch = Scratch::new().await;
    let db = scratch.instance().await;
    assert_eq!(migrate::up(&db).await.unwrap().taken.len(), STEPS.len());
    let before = scratch.contents().await;
    let again = migrate::up(&db).await.unwrap();
    assert!(again.taken.is_empty() && again.drift.is_empty(), "{again:?}");
    assert_eq!(scratch.contents().await, before, "not even the lock was touched");
    scratch.end().await;
}

#[tokio::test]
async fn a_dry_run_tells_and_changes_nothing() {
    let scratch = Scratch::new().await;
    scratch.fill(10).await;
    let (db, options) = (scratch.instance().await, Options::default());
    let before = scratch.contents().await;
    let lines = migrate::dry_run(&db, &[steps::index(), steps::count()], &options).await.unwrap().join("\n");
    for part in ["thing_n", "over 10 documents", "look at 10 documents of things", "\"$inc\""] {
        assert!(lines.contains(part), "{part} is missing in {lines}");
    }
    let real = migrate::dry_run(&db, STEPS, &options).await.unwrap().join("\n");
    assert!(real.contains("create the collection tickets"), "{real}");
    assert_eq!(scratch.contents().await, before);
    migrate::up(&db).await.unwrap();
    assert_eq!(migrate::dry_run(&db, STEPS, &options).await.unwrap(), Vec::<String>::new());
    scratch.end().await;
}

#[tokio::test]
async fn steps_are_undone_newest_first_and_none_if_one_cannot_be() {
    let scratch = Scratch::new().await;
    scratch.fill(3).await;
    let (db, options) = (scratch.instance().await, Options::default());
    let list = [steps::index(), steps::count()];
    migrate::run(&db, &list, &options).await.unwrap();
    let undone = migrate::down(&db, &list, "", &options).await.unwrap();
    assert_eq!(undone, [list[1].id, list[0].id]);
    assert_eq!(scratch.tally().await, [(0, 3)]);
    let indexes = scratch.raw.collection::<bson::Document>("things").list_index_names().await.unwrap();
    assert_eq!(indexes, ["_id_"]);

    let list = [steps::index(), steps::count(), steps::removal()];
    migrate::run(&db, &list, &options).await.unwrap();
    let error = migrate::down(&db, &list, list[0].id, &options).await.unwrap_err();
    assert!(matches!(error, MigrateError::Irreversible { .. }), "{error}");
    assert_eq!(scratch.tally().await, [(1, 3)]);
    assert_eq!(scratch.record(list[1].id).await.get_str("state").unwrap(), "done");
    scratch.end().await;
}

#[tokio::test]
async fn a_new_step_is_taken_after_those_of_before() {
    let scratch = Scratch::new().await;
    scratch.fill(3).await;
    let (db, options) = (scratch.instance().await, Options::default());
    migrate::run(&db, &[steps::index()], &options).await.unwrap();
    let report = migrate::run(&db, &[steps::index(), steps::count()], &options).await.unwrap();
    assert_eq!(report.taken, [(steps::count().id.to_owned(), 3)]);
    scratch.end().await;
}

#[tokio::test]
async fn documents_that_need_nothing_are_left_alone() {
    let scratch = Scratch::new().await;
    scratch.fill(1500).await;
    let work = migrate::Backfill {
        filter: || doc! { "n": 0 },
        update: |document| (document.get_i32("_id").unwrap() % 2 == 0).then(|| doc! { "$set": { "n": 7 } }),
        ..steps::COUNT
    };
    let list = [steps::step("m1", Phase::Backfill, Work::Backfill(work), Down::Irreversible("a test"))];
    let report = migrate::run(&scratch.instance().await, &list, &Options::default()).await.unwrap();
    assert_eq!(report.taken, [("m1".to_owned(), 750)]);
    assert_eq!(scratch.tally().await, [(0, 750), (7, 750)]);
    scratch.end().await;
}

#[test]
fn the_steps_are_well_named_and_in_order() {
    let ids: Vec<&str> = STEPS.iter().map(|step| step.id).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
    for step in STEPS {
        let (date, rest) = step.id.split_once('_').unwrap();
        assert!(date.len() == 9 && date[1..].bytes().all(|byte| byte.is_ascii_digit()), "{}", step.id);
        assert!(
            rest.as_bytes()[..2].iter().all(u8::is_ascii_digit) && rest.as_bytes()[2] == b'_',
            "{}",
            step.id
        );
        assert!(step.source.contains("pub const STEP") && !step.about.is_empty(), "{}", step.id);
        assert!(!step.source.contains("crate::models"), "{} uses models, which will change", step.id);
    }
}
