//! Looks at a file once its bytes are at the storage: length, checksum, and what it is.

use super::settle::{Found, settle};
use crate::answer_once;
use crate::app::App;
use crate::db::{Patch, from_document};
use crate::engine::{WriteRequest, reply, visible};
use crate::errors::{AppError, Code, Result};
use crate::models::{QuarantineReason, Upload, UploadState};
use crate::permissions::{Permit, UploadsCreate};
use crate::transaction;
use crate::web::Reply;
use bson::Document;

/// Bytes by which a file is told.
const BEGINNING: i64 = 4096;

/// Looks at the bytes of an announced file and answers with it, ready or in quarantine. One that was looked at before is
/// answered as it is.
///
/// # Errors
/// 409 `conflict` while nothing was sent.
pub async fn complete(
    app: &App,
    permit: &Permit<UploadsCreate>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let current: Result<Document> = transaction!(app.db(), permit.actor().author(), |tx| {
        visible::<Upload, _>(&mut tx, permit, id, false).await
    });
    let upload: Upload = from_document(&current?)?;
    if upload.state != UploadState::Pending {
        return again(app, permit, id, request).await;
    }
    // Outside of any transaction: the storage may be slow.
    let key = upload.key();
    let facts = app.storage().head(&key).await?;
    let facts = facts.ok_or_else(|| AppError::problem(Code::Conflict, "The file was not sent yet."))?;
    let fault = if facts.size != upload.size {
        Some(QuarantineReason::SizeMismatch)
    } else if upload.received {
        None
    } else {
        // Not every server checks what was signed, or keeps it: then all of it is read.
        let sum = match facts.sha256.clone() {
            Some(sum) => Some(sum),
            None => app.storage().hash(&key).await?,
        };
        (sum != upload.sha256).then_some(QuarantineReason::ChecksumMismatch)
    };
    let beginning = app.storage().beginning(&key, BEGINNING).await?.unwrap_or_default();
    answer_once!(app.db(), permit, request, |tx| {
        let current = visible::<Upload, _>(&mut tx, permit, id, false).await?;
        request.conditions.check(current.get_i64("version").unwrap_or_default())?;
        let now: Upload = from_document(&current)?;
        if now.state != UploadState::Pending {
            return reply(permit, &current);
        }
        let found = Found { beginning: &beginning, etag: facts.etag.as_deref(), fault };
        let stored = settle(&mut tx, permit, &current, Patch::new(), &found).await?;
        reply(permit, &stored)
    })
}

async fn again(app: &App, permit: &Permit<UploadsCreate>, id: &str, request: &WriteRequest) -> Result<Reply> {
    answer_once!(app.db(), permit, request, |tx| {
        let current = visible::<Upload, _>(&mut tx, permit, id, false).await?;
        reply(permit, &current)
    })
}
