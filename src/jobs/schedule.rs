//! Periodic jobs: a rule in the program, the next time in the database, and one job for each time, whoever adds it.

use super::registry::SCHEDULES;
use super::{Kind, When, enqueue};
use crate::app::App;
use crate::db::{Author, Draft, Filter, Patch, Tx};
use crate::errors::{AppError, Result};
use crate::models;
use crate::permissions::{CrossTenant, TenantScope, system};
use crate::transaction;
use bson::DateTime;
use chrono::TimeZone;
use croner::Cron;
use futures::future::BoxFuture;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Longest pause between two looks at the times.
const LOOK: Duration = Duration::from_secs(5);

/// A periodic job of the platform.
pub struct Schedule {
    /// Name, by which its times are kept.
    pub name: &'static str,
    /// When, in five fields as cron has them, or six with seconds in front.
    ///
    /// A fixed time that daylight saving leaves out comes at the first moment after the gap, and one that it brings
    /// twice comes once; what comes every so many minutes or hours keeps to the clock on the wall.
    pub cron: &'static str,
    /// Time zone of the rule, such as `Europe/Berlin`.
    pub timezone: &'static str,
    add: for<'a> fn(&'a mut Tx, &'a TenantScope, String) -> BoxFuture<'a, Result<()>>,
}

impl Schedule {
    /// Adds a job of kind `K` with the payload that says nothing special, at each time of the rule.
    pub const fn of<K: Kind>(name: &'static str, cron: &'static str, timezone: &'static str) -> Self
    where
        K::Payload: Default + Sync,
    {
        Self { name, cron, timezone, add: add::<K> }
    }

    /// The first time of the rule after `time`.
    ///
    /// # Errors
    /// A defect: the rule or its time zone cannot be read, or it has no further time.
    pub fn after(&self, time: DateTime) -> Result<DateTime> {
        let fault = |why: String| AppError::bug(format!("schedule {}: {why}", self.name));
        let cron: Cron =
            self.cron.parse().map_err(|error: croner::errors::CronError| fault(error.to_string()))?;
        let zone: chrono_tz::Tz = self.timezone.parse().map_err(|_| fault("no such time zone".to_owned()))?;
        let local = zone.timestamp_millis_opt(time.timestamp_millis()).single();
        let local = local.ok_or_else(|| fault("no such time".to_owned()))?;
        let next = cron.find_next_occurrence(&local, false).map_err(|error| fault(error.to_string()))?;
        Ok(DateTime::from_millis(next.timestamp_millis()))
    }
}

fn add<'a, K: Kind>(tx: &'a mut Tx, scope: &'a TenantScope, key: String) -> BoxFuture<'a, Result<()>>
where
    K::Payload: Default + Sync,
{
    Box::pin(async move {
        // Ahead of whatever else the platform has to do: what comes late comes with the next one anyway.
        let when = When { unique_key: Some(key), priority: Some(2), run_at: None };
        enqueue::<K>(tx, scope, &K::Payload::default(), when).await.map(drop)
    })
}

/// Adds what is due now by the program's clock, and tells when the next one is. Of any number of processes that do this
/// at once, one adds the job: the time moves on in the same transaction. Times that passed while no program ran are not
/// made up for one by one: there is one job for all of them.
pub async fn tick(app: &App, schedules: &[Schedule]) -> Result<Option<DateTime>> {
    let mut next: Option<DateTime> = None;
    for schedule in schedules {
        let key = models::Schedule::key(schedule.name);
        let known = app.db().global::<models::Schedule>().find_one(key).await?;
        let same = known.filter(|known| known.cron == schedule.cron && known.timezone == schedule.timezone);
        let at = match same {
            // Most looks end here, without a transaction.
            Some(known) if known.next_run_at > app.clock().now() => known.next_run_at,
            _ => advance(app, schedule).await?,
        };
        next = Some(next.map_or(at, |next| next.min(at)));
    }
    Ok(next)
}

/// Adds the job, if it is still due, and moves the time on.
async fn advance(app: &App, schedule: &Schedule) -> Result<DateTime> {
    let scope = system::across(CrossTenant::Jobs, uuid::Uuid::now_v7().to_string());
    transaction!(app.db(), Author::default(), |tx| {
        let now = tx.now();
        let key = || models::Schedule::key(schedule.name);
        let known = tx.global::<models::Schedule>().find_one(key()).await?;
        let next = schedule.after(now)?;
        let Some(known) = known else {
            let draft = Draft::new()
                .set(models::Schedule::cron(), schedule.cron)
                .set(models::Schedule::timezone(), schedule.timezone)
                .set(models::Schedule::next_run_at(), next);
            tx.global::<models::Schedule>().insert_keyed(schedule.name, draft).await?;
            return Ok(next);
        };
        let mut patch = Patch::new()
            .set(models::Schedule::cron(), schedule.cron)
            .set(models::Schedule::timezone(), schedule.timezone);
        let same = known.cron == schedule.cron && known.timezone == schedule.timezone;
        if same && known.next_run_at > now {
            return Ok(known.next_run_at);
        }
        patch = patch.set(models::Schedule::next_run_at(), next);
        if same {
            let due = known.next_run_at;
            let unique = format!("schedule:{}:{}", schedule.name, due.timestamp_millis() / 1000);
            (schedule.add)(&mut tx, &scope, unique).await?;
            patch = patch.set(models::Schedule::last_run_at(), due);
        }
        let guard = Filter::from(key().into_expr());
        tx.global::<models::Schedule>().update(guard, patch, false).await?;
        Ok(next)
    })
}

/// Keeps all schedules until the end.
pub(super) async fn keep(app: App, stop: CancellationToken) {
    loop {
        let pause = match tick(&app, SCHEDULES).await {
            Ok(next) => {
                let ms = next.map(|next| next.timestamp_millis() - app.clock().now().timestamp_millis());
                let ms = ms.and_then(|ms| u64::try_from(ms.max(0)).ok()).map(Duration::from_millis);
                // A little later than the others or earlier, so that they do not all meet at the same moment.
                ms.map_or(LOOK, |ms| ms.min(LOOK)) + Duration::from_millis(rand::random_range(1..=250))
            }
            Err(error) => {
                tracing::warn!(code = error.code().as_str(), "schedules were not looked at, trying again");
                Duration::from_secs(1)
            }
        };
        if stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
            return;
        }
    }
}
