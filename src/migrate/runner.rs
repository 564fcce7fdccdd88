//! Takes the steps: one runner at a time, each step recorded as soon as it is done, the others wait.

use super::lock::Lock;
use super::plan::Plan;
use super::record::{self, Claim};
use super::{Down, MigrateError, Phase, Report, Step, Work, backfill, declared, drift, schema};
use crate::db::Db;
use mongodb::Database;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// First and longest pause of a runner that waits for another.
const WAIT: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(5));

/// How to run.
#[derive(Clone, Default)]
pub struct Options {
    /// Names of applied steps that were edited and whose new text is accepted.
    pub accept_checksums: Vec<String>,
    /// Name of the backup that was made before steps that cannot be undone.
    pub backup: Option<String>,
    /// Ends the run between two batches.
    pub stop: CancellationToken,
}

/// Takes all of `steps` that the database lacks. While another instance does that, waits for it.
///
/// # Errors
/// Why the database may not be changed, or what failed.
pub async fn run(db: &Db, steps: &[Step], options: &Options) -> Result<Report, MigrateError> {
    let database = db.for_migrations();
    let host = host();
    let mut report = Report::default();
    let mut pause = WAIT.0;
    loop {
        let plan = Plan::of(steps, &record::all(database).await?, options)?;
        if plan.is_empty() {
            report.newer = plan.newer;
            // A newer program may have changed what this one declares.
            if report.newer.is_empty() {
                report.drift = drift(db, &declared()).await?;
            }
            return Ok(report);
        }
        if options.stop.is_cancelled() {
            return Err(MigrateError::Stopped);
        }
        match Lock::take(database, &host).await? {
            Some(lock) => {
                let outcome = tokio::select! {
                    outcome = take_steps(database, steps, options, &lock, &host, &mut report) => outcome,
                    lost = lock.keep() => Err(lost),
                };
                lock.release().await;
                outcome?;
            }
            None => {
                tracing::info!("another instance migrates the database, waiting");
                options.stop.run_until_cancelled(tokio::time::sleep(pause)).await;
                pause = (pause * 2).min(WAIT.1);
            }
        }
    }
}

async fn take_steps(
    database: &Database,
    steps: &[Step],
    options: &Options,
    lock: &Lock,
    host: &str,
    report: &mut Report,
) -> Result<(), MigrateError> {
    // Again, now that nobody else changes them.
    let records = record::all(database).await?;
    let fresh = records.is_empty();
    let plan = Plan::of(steps, &records, options)?;
    for step in plan.accepted {
        record::accept(database, step).await?;
    }
    for step in plan.pending {
        if options.stop.is_cancelled() {
            return Err(MigrateError::Stopped);
        }
        let final_removal = step.phase == Phase::Contract && matches!(step.down, Down::Irreversible(_));
        if final_removal && !fresh && options.backup.is_none() {
            return Err(MigrateError::NeedsBackup(step.id.to_owned()));
        }
        let changed =
            take(database, step, lock, host, options).await.map_err(|error| error.in_step(step.id))?;
        tracing::info!(step = step.id, changed, "step taken");
        report.taken.push((step.id.to_owned(), changed));
    }
    Ok(())
}

async fn take(
    database: &Database,
    step: &Step,
    lock: &Lock,
    host: &str,
    options: &Options,
) -> Result<i64, MigrateError> {
    let (claim, left) = Claim::take(database, step, lock.fencing(), host).await?;
    let changed = match &step.work {
        Work::Schema(changes) => {
            schema::apply(database, changes()).await?;
            0
        }
        Work::Backfill(work) => {
            let done =
                backfill::apply(database, step.id, work, left.cursor, Some(&claim), &options.stop).await?;
            left.changed + done
        }
    };
    claim.finish().await?;
    Ok(changed)
}

/// Name of the machine, to be found in the records.
pub(super) fn host() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    if name.trim().is_empty() { "unknown".to_owned() } else { name.trim().to_owned() }
}
