//! What the runner refuses: edited steps, newer databases, late steps, removals without a backup.

use super::scratch::Scratch;
use super::steps;
use stoa::migrate::{self, MigrateError, Options, Step};

async fn migrated(list: &[Step]) -> (Scratch, stoa::db::Db) {
    let scratch = Scratch::new().await;
    scratch.fill(3).await;
    let db = scratch.instance().await;
    migrate::run(&db, list, &Options::default()).await.unwrap();
    (scratch, db)
}

#[tokio::test]
async fn an_edited_step_is_refused_until_it_is_accepted() {
    let (scratch, db) = migrated(&[steps::index(), steps::count()]).await;
    let edited = Step { source: "edited", ..steps::index() };
    let list = [edited, steps::count()];
    let error = migrate::run(&db, &list, &Options::default()).await.unwrap_err();
    assert!(matches!(&error, MigrateError::Changed(id) if id == edited.id), "{error}");
    assert!(error.to_string().contains("--accept-checksum"), "{error}");
    let (standings, _) = migrate::status(&db, &list).await.unwrap();
    assert_eq!(standings.iter().map(|s| s.state).collect::<Vec<_>>(), ["changed", "done"]);

    let options = Options { accept_checksums: vec![edited.id.to_owned()], ..Options::default() };
    assert!(migrate::run(&db, &list, &options).await.unwrap().taken.is_empty());
    migrate::run(&db, &list, &Options::default()).await.unwrap();
    assert_eq!(scratch.tally().await, [(1, 3)], "accepting takes no step again");
    scratch.end().await;
}

#[tokio::test]
async fn other_line_ends_are_no_edit() {
    let unix = Step { source: "a\nb\n", ..steps::index() };
    let (scratch, db) = migrated(&[unix]).await;
    let windows = Step { source: "a\r\nb\r\n", ..unix };
    migrate::run(&db, &[windows], &Options::default()).await.unwrap();
    scratch.end().await;
}

#[tokio::test]
async fn a_newer_database_is_refused_unless_it_says_that_this_program_may_stay() {
    let (scratch, db) = migrated(&[steps::index(), steps::count()]).await;
    let error = migrate::run(&db, &[steps::index()], &Options::default()).await.unwrap_err();
    assert!(matches!(&error, MigrateError::Newer(id) if id == steps::count().id), "{error}");
    let error = migrate::down(&db, &[steps::index()], "", &Options::default()).await.unwrap_err();
    assert!(matches!(error, MigrateError::Newer(_)), "{error}");
    let (standings, _) = migrate::status(&db, &[steps::index()]).await.unwrap();
    assert_eq!(standings.iter().map(|s| s.state).collect::<Vec<_>>(), ["done", "unknown"]);
    scratch.end().await;

    let gentle = Step { compatible_from: Some(steps::index().id), ..steps::count() };
    let (scratch, db) = migrated(&[steps::index(), gentle]).await;
    let report = migrate::run(&db, &[steps::index()], &Options::default()).await.unwrap();
    assert_eq!(report.newer, [gentle.id]);
    assert!(report.taken.is_empty());
    scratch.end().await;
}

#[tokio::test]
async fn a_step_that_a_newer_one_has_overtaken_is_refused() {
    let (scratch, db) = migrated(&[steps::count()]).await;
    let error = migrate::run(&db, &[steps::index(), steps::count()], &Options::default()).await.unwrap_err();
    assert!(matches!(error, MigrateError::OutOfOrder { .. }), "{error}");
    scratch.end().await;
}

#[tokio::test]
async fn a_step_that_is_gone_from_the_program_is_refused() {
    let (scratch, db) = migrated(&[steps::index(), steps::count()]).await;
    let error = migrate::run(&db, &[steps::count()], &Options::default()).await.unwrap_err();
    assert!(matches!(&error, MigrateError::Newer(id) if id == steps::index().id), "{error}");
    scratch.end().await;
}

#[tokio::test]
async fn what_cannot_be_undone_needs_a_backup_except_on_a_fresh_database() {
    let list = [steps::index(), steps::count(), steps::removal()];
    let (scratch, db) = migrated(&list[..2]).await;
    let error = migrate::run(&db, &list, &Options::default()).await.unwrap_err();
    assert!(matches!(&error, MigrateError::NeedsBackup(id) if id == list[2].id), "{error}");
    let options = Options { backup: Some("nightly".to_owned()), ..Options::default() };
    assert_eq!(migrate::run(&db, &list, &options).await.unwrap().taken.len(), 1);
    scratch.end().await;

    let (scratch, _) = migrated(&list).await;
    scratch.end().await;
}
