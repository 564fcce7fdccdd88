//! Jobs of uploads: the removal of bytes, and the search for what nobody sent or attached in time.

use super::delete::{AGAIN, discard};
use crate::app::App;
use crate::db::{Author, Db, Expr, Filter, Op, Page, Patch, Tx};
use crate::errors::Result;
use crate::jobs::{Failure, Kind, Lease, Policy, When, enqueue};
use crate::models::{Upload, UploadState};
use crate::permissions::{TenantScope, system};
use crate::support::later;
use crate::transaction;
use bson::{RawDocumentBuf, doc, oid::ObjectId};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Records that are looked at together.
const BATCH: i64 = 200;
/// Batches of one job; what is left waits for the next one.
const MAX_BATCHES: usize = 50;

/// Pauses of jobs that need the storage: it may be away for hours.
pub(super) const PATIENT: Policy = Policy {
    max_attempts: 20,
    first_pause: Duration::from_secs(2),
    longest_pause: Duration::from_secs(1800),
};

/// The upload of a job.
#[derive(Debug, Deserialize, Serialize)]
pub struct Which {
    /// Its id.
    pub upload_id: ObjectId,
}

/// Takes the bytes of an upload away, and then its record.
pub struct DeleteObject;

impl Kind for DeleteObject {
    const NAME: &'static str = "uploads.delete";
    const POLICY: Policy = PATIENT;
    type Payload = Which;

    async fn run(app: &App, lease: &Lease, payload: Which) -> Result<(), Failure> {
        let wanted = Filter::id(payload.upload_id);
        let uploads = app.db().within::<Upload>(&lease.scope).with_trash();
        if let Some(upload) = uploads.find_one(wanted).await.map_err(Failure::from)? {
            if upload.state != UploadState::Deleting {
                return Err(Failure::Final("The upload is in use.".to_owned()));
            }
            let key = upload.key();
            if let Some(multipart) = &upload.multipart {
                app.storage().abandon(&key, multipart).await?;
            }
            // Whoever removes what is gone already is told so: doing it twice does no harm.
            app.storage().remove(&key).await?;
        }
        done(app.db(), lease, payload.upload_id).await.map_err(Failure::from)
    }
}

async fn done(db: &Db, lease: &Lease, id: ObjectId) -> Result<()> {
    transaction!(db, author(&lease.scope), |tx| {
        let gone = Filter::<Upload>::id(id).and(Expr::eq("state", UploadState::Deleting));
        tx.within::<Upload>(&lease.scope).with_trash().remove(gone).await?;
        lease.finish(&mut tx).await
    })
}

/// Nothing to know.
#[derive(Debug, Default, Deserialize, Serialize)]
pub struct Nothing {}

/// Removes uploads whose time is over, in all companies: announced and not sent, ready and not attached, long enough in
/// quarantine. Removals that did not come to their end are begun anew.
pub struct Reap;

impl Kind for Reap {
    const NAME: &'static str = "uploads.reap";
    const POLICY: Policy = Policy {
        max_attempts: 5,
        first_pause: Duration::from_secs(5),
        longest_pause: Duration::from_secs(300),
    };
    type Payload = Nothing;

    async fn run(app: &App, lease: &Lease, _: Nothing) -> Result<(), Failure> {
        Ok(reap(app.db(), &lease.scope).await?)
    }
}

/// One index over all companies leads to what is due, so that the search costs what it finds.
async fn reap(db: &Db, all: &TenantScope) -> Result<()> {
    let due = Expr::cmp("expires_at", Op::Lte, db.clock().now());
    let page = Page {
        sort: doc! { "expires_at": 1 },
        limit: BATCH,
        hint: Some("upload_expiry".to_owned()),
        ..Page::default()
    };
    for _ in 0..MAX_BATCHES {
        let rows = db.within::<Upload>(all).with_trash().page(&due, &page).await?;
        let mut settled = 0;
        for row in &rows {
            match expire(db, row, &due).await {
                Ok(changed) => settled += usize::from(changed),
                // One broken record must not keep the others.
                Err(error) => {
                    tracing::error!(code = error.code().as_str(), "an expired upload was not removed")
                }
            }
        }
        if settled == 0 || i64::try_from(rows.len()).unwrap_or(i64::MAX) < BATCH {
            break;
        }
    }
    Ok(())
}

/// Removes one upload, if its time is still over.
async fn expire(db: &Db, row: &RawDocumentBuf, due: &Expr) -> Result<bool> {
    let upload: Upload = bson::deserialize_from_slice(row.as_bytes())?;
    let Some(scope) = system::company_of(&upload, uuid::Uuid::now_v7().to_string()) else { return Ok(false) };
    transaction!(db, author(&scope), |tx| {
        // The condition once more: whoever attached it meanwhile wins.
        let still = due.clone().and(Filter::<Upload>::id(upload.id).into_expr());
        let Some(current) = tx.within::<Upload>(&scope).with_trash().document(&still).await? else {
            return Ok(false);
        };
        match current.get_str("state").ok().and_then(UploadState::parse) {
            Some(UploadState::Deleting) => again(&mut tx, &scope, upload.id).await?,
            _ => drop(discard(&mut tx, &scope, None, &current).await?),
        }
        Ok(true)
    })
}

async fn again(tx: &mut Tx, scope: &TenantScope, id: ObjectId) -> Result<()> {
    let patch = Patch::new().set(Upload::expires_at(), later(tx.now(), AGAIN));
    tx.within::<Upload>(scope).with_trash().update(id, Filter::all(), patch).await?;
    enqueue::<DeleteObject>(tx, scope, &Which { upload_id: id }, When::default()).await?;
    Ok(())
}

/// Who writes in the name of nobody.
pub(super) fn author(scope: &TenantScope) -> Author {
    Author { user: None, company: scope.company() }
}
