//! Queues what is done from time to time. Every instance does; the keys of the jobs keep each to one.

use super::jobs::{Nothing, Reap};
use super::reconcile::{From, ReconcileObjects, ReconcileRecords};
use crate::db::{Author, Db};
use crate::errors::{Code, Result};
use crate::jobs::{Kind, When, enqueue};
use crate::permissions::{CrossTenant, TenantScope, system};
use crate::transaction;

const HOUR_MS: i64 = 3_600_000;

/// Queues the search for expired uploads of this hour, and the comparisons of this day.
pub async fn schedule(db: &Db) -> Result<()> {
    let all = system::across(CrossTenant::Sweep, uuid::Uuid::now_v7().to_string());
    let hour = db.clock().now().timestamp_millis() / HOUR_MS;
    once::<Reap>(db, &all, &Nothing {}, hour).await?;
    once::<ReconcileObjects>(db, &all, &From { after: None }, hour / 24).await?;
    once::<ReconcileRecords>(db, &all, &From { after: None }, hour / 24).await
}

async fn once<K: Kind>(db: &Db, all: &TenantScope, payload: &K::Payload, turn: i64) -> Result<()>
where
    K::Payload: Sync,
{
    let key = format!("{}:{turn}", K::NAME);
    let queued: Result<_> = transaction!(db, Author::default(), |tx| {
        let when = When { priority: Some(7), unique_key: Some(key.clone()), ..When::default() };
        enqueue::<K>(&mut tx, all, payload, when).await
    });
    match queued {
        // Another instance was quicker.
        Err(error) if error.code() == Code::UniqueViolation => Ok(()),
        other => other.map(drop),
    }
}
