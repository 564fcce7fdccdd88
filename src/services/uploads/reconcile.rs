//! Compares what lies at the storage with what is written down: bytes without a record go, records without bytes say so.

use super::jobs::{PATIENT, author};
use crate::app::App;
use crate::db::{Expr, Filter, Op, Page, Patch};
use crate::engine::audit::{self, Act};
use crate::errors::Result;
use crate::jobs::{Failure, Kind, Lease, Policy, When, enqueue};
use crate::models::{QuarantineReason, Upload, UploadState};
use crate::permissions::{TenantScope, system};
use crate::transaction;
use bson::{doc, oid::ObjectId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Objects younger than this may belong to a transaction that is under way.
const SETTLED_MS: i64 = 24 * 3600 * 1000;
/// Records that one job looks at.
const BATCH: i64 = 500;

/// Where the comparison goes on.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct From<T> {
    /// Everything up to here was compared.
    pub after: Option<T>,
}

/// Removes objects of which no record tells: what a crash between storage and database left, or what somebody put by a
/// presigned address after the record was gone.
pub struct ReconcileObjects;

impl Kind for ReconcileObjects {
    const NAME: &'static str = "uploads.reconcile_objects";
    const POLICY: Policy = PATIENT;
    type Payload = From<String>;

    async fn run(app: &App, lease: &Lease, payload: From<String>) -> Result<(), Failure> {
        let listing = app.storage().list("c/", payload.after.as_deref()).await?;
        let before = app.clock().now().timestamp_millis() - SETTLED_MS;
        let ids = listing.objects.iter().filter_map(|object| Upload::of_key(&object.key));
        let known: BTreeSet<ObjectId> = recorded(app, &lease.scope, ids.collect()).await?;
        let mut removed = 0_u64;
        for object in &listing.objects {
            let Some(id) = Upload::of_key(&object.key) else { continue };
            if !known.contains(&id) && object.written_at.timestamp_millis() < before {
                app.storage().remove(&object.key).await?;
                removed += 1;
            }
        }
        if removed > 0 {
            metrics::counter!("stoa_uploads_orphans_total").increment(removed);
            tracing::warn!(removed, "files without a record were removed");
        }
        let last = listing.objects.last().map(|object| object.key.clone());
        next::<Self>(app, lease, From { after: last }, listing.more).await.map_err(Failure::from)
    }
}

async fn recorded(app: &App, all: &TenantScope, ids: Vec<ObjectId>) -> Result<BTreeSet<ObjectId>> {
    let limit = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    if ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let found = app.db().within::<Upload>(all).with_trash().find(Filter::ids(ids), limit).await?;
    Ok(found.iter().map(|upload| upload.id).collect())
}

/// Takes records out of use whose bytes are gone. Each costs a question to the storage, so one job asks about some
/// hundreds and leaves the rest to the next: a million records are two thousand short jobs.
pub struct ReconcileRecords;

impl Kind for ReconcileRecords {
    const NAME: &'static str = "uploads.reconcile_records";
    const POLICY: Policy = PATIENT;
    type Payload = From<ObjectId>;

    async fn run(app: &App, lease: &Lease, payload: From<ObjectId>) -> Result<(), Failure> {
        let after = payload.after.unwrap_or_else(|| ObjectId::from_bytes([0; 12]));
        let rest = Expr::cmp("_id", Op::Gt, after).and(Expr::eq("state", UploadState::Ready));
        let page = Page { sort: doc! { "_id": 1 }, limit: BATCH, ..Page::default() };
        let rows = app.db().within::<Upload>(&lease.scope).page(&rest, &page).await?;
        let mut last = None;
        for row in &rows {
            let upload: Upload = bson::deserialize_from_slice(row.as_bytes())
                .map_err(|_| Failure::Final("A record cannot be read.".to_owned()))?;
            last = Some(upload.id);
            if app.storage().head(&upload.key()).await?.is_none() {
                tracing::error!(upload = %upload.id, "the bytes of a file are gone from the storage");
                metrics::counter!("stoa_uploads_missing_total").increment(1);
                withdraw(app, &upload).await?;
            }
        }
        let more = i64::try_from(rows.len()).unwrap_or(0) == BATCH;
        next::<Self>(app, lease, From { after: last }, more).await.map_err(Failure::from)
    }
}

async fn withdraw(app: &App, upload: &Upload) -> Result<()> {
    let Some(scope) = system::company_of(upload, uuid::Uuid::now_v7().to_string()) else { return Ok(()) };
    transaction!(app.db(), author(&scope), |tx| {
        let patch = Patch::new()
            .set(Upload::state(), UploadState::Quarantined)
            .set(Upload::quarantine_reason(), QuarantineReason::ObjectMissing);
        let same = Filter::version(upload.version);
        let Some(after) = tx.within::<Upload>(&scope).update(upload.id, same, patch).await? else {
            return Ok(());
        };
        let act = Act {
            action: "uploads.missing",
            resource: "uploads",
            id: Some(upload.id),
            changes: Vec::new(),
            version: Some(after.version),
        };
        audit::append(&mut tx, &scope, None, act).await
    })
}

/// Ends this job, and queues the one that goes on, together.
async fn next<K: Kind>(app: &App, lease: &Lease, payload: K::Payload, more: bool) -> Result<()>
where
    K::Payload: Sync,
{
    transaction!(app.db(), author(&lease.scope), |tx| {
        if more {
            enqueue::<K>(&mut tx, &lease.scope, &payload, When { priority: Some(8), ..When::default() })
                .await?;
        }
        lease.finish(&mut tx).await
    })
}
