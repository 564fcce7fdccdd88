//! Takes the bytes of a file through the API and passes them on as they come, part by part.

use super::create::{insert, read};
use super::delete::discard;
use super::policy::{check_announced, check_size};
use super::quota;
use super::settle::{Found, settle};
use crate::app::App;
use crate::db::{Draft, Filter, Patch, from_document};
use crate::engine::{location, reply, visible};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{Upload, UploadState};
use crate::permissions::{Permit, UploadsCreate};
use crate::storage::{Received, Writer};
use crate::transaction;
use crate::web::Reply;
use bson::{Bson, Document};
use bytes::Bytes;
use futures::{Stream, StreamExt};
use std::pin::Pin;
use std::time::{Duration, Instant};

/// Longest pause of a sender.
const SILENCE: Duration = Duration::from_secs(20);
/// After this time a sender must have been at least so quick, in bytes a second: slow ones keep a place from others.
const PATIENCE: Duration = Duration::from_secs(30);
const LEAST_RATE: i64 = 4096;

/// The bytes of a body as they come in.
pub type Incoming<'a> = Pin<Box<dyn Stream<Item = Result<Bytes>> + Send + 'a>>;

/// Takes the bytes of an announced file, which must be those that were announced. It stays pending.
///
/// # Errors
/// 409 `conflict` when the file was sent already, 422 when length or checksum differ: nothing is kept then.
pub async fn receive(
    app: &App,
    permit: &Permit<UploadsCreate>,
    id: &str,
    length: Option<i64>,
    body: Incoming<'_>,
) -> Result<Reply> {
    let current: Result<Document> = transaction!(app.db(), permit.actor().author(), |tx| {
        visible::<Upload, _>(&mut tx, permit, id, false).await
    });
    let upload = read(&current?)?;
    let sent = || AppError::problem(Code::Conflict, "The file was sent already.");
    if upload.state != UploadState::Pending || upload.received {
        return Err(sent());
    }
    let other = |what: &str| {
        AppError::from(FieldErrors::one(what, Code::ValidationFailed, "Not what was announced."))
    };
    if length.is_some_and(|length| length != upload.size) {
        return Err(other("size"));
    }
    let received = take_in(app, permit, &upload, upload.size, body).await?;
    let fault = if received.size != upload.size {
        Some("size")
    } else if Some(&received.sha256) != upload.sha256.as_ref() {
        Some("sha256")
    } else {
        None
    };
    if let Some(fault) = fault {
        app.storage().remove(&upload.key()).await?;
        return Err(other(fault));
    }
    transaction!(app.db(), permit.actor().author(), |tx| {
        let patch = Patch::new().set(Upload::received(), true).set(Upload::multipart(), Bson::Null);
        let pending = Filter::eq(Upload::state(), UploadState::Pending);
        let stored = tx.of(permit).update_document(upload.id, &pending.into_expr(), patch).await?;
        reply(permit, &stored.ok_or_else(sent)?)
    })
}

/// Announces, takes in and looks at a file in one request. Its size counts when it is known; where there is no room for
/// it, nothing of it is kept.
///
/// # Errors
/// As those of an announcement.
pub async fn send(
    app: &App,
    permit: &Permit<UploadsCreate>,
    filename: &str,
    content_type: &str,
    body: Incoming<'_>,
) -> Result<Reply> {
    let (limits, role) = (app.storage().limits(), permit.actor().role());
    let name = check_announced(role, limits, filename, content_type, None)?;
    let stored: Result<Document> = transaction!(app.db(), permit.actor().author(), |tx| {
        // Whoever has no room at all is told before anything is sent on.
        quota::take(&mut tx, permit.scope(), 1, limits.quota).await?;
        quota::give_back(&mut tx, permit.scope(), 1).await?;
        let draft = Draft::<Upload>::new()
            .set(Upload::filename(), name.as_str())
            .set(Upload::content_type(), content_type)
            .set(Upload::size(), 0_i64);
        insert(&mut tx, permit, draft).await
    });
    let upload: Upload = from_document(&stored?)?;
    let outcome = match take_in(app, permit, &upload, limits.largest(role), body).await {
        Ok(received) => keep(app, permit, &upload, &received).await,
        Err(error) => Err(error),
    };
    if outcome.is_err() {
        give_up(app, permit, &upload).await;
    }
    outcome
}

async fn keep(
    app: &App,
    permit: &Permit<UploadsCreate>,
    upload: &Upload,
    received: &Received,
) -> Result<Reply> {
    if received.size == 0 {
        return Err(FieldErrors::one("file", Code::ValidationFailed, "The file is empty.").into());
    }
    transaction!(app.db(), permit.actor().author(), |tx| {
        quota::take(&mut tx, permit.scope(), received.size, app.storage().limits().quota).await?;
        let current = visible::<Upload, _>(&mut tx, permit, &upload.id.to_hex(), false).await?;
        let patch = Patch::new()
            .set(Upload::size(), received.size)
            .set(Upload::counted_bytes(), received.size)
            .set(Upload::sha256(), received.sha256.as_str())
            .set(Upload::received(), true);
        let found = Found { beginning: &received.beginning, etag: received.etag.as_deref(), fault: None };
        let stored = settle(&mut tx, permit, &current, patch, &found).await?;
        Ok(reply(permit, &stored)?.created(location::<Upload>(upload.id)))
    })
}

/// Takes back what was begun. What cannot be taken back now is when it expires.
async fn give_up(app: &App, permit: &Permit<UploadsCreate>, upload: &Upload) {
    if let Err(error) = take_back(app, permit, upload).await {
        tracing::warn!(code = error.code().as_str(), "an upload that failed waits for the reaper");
    }
}

async fn take_back(app: &App, permit: &Permit<UploadsCreate>, upload: &Upload) -> Result<()> {
    transaction!(app.db(), permit.actor().author(), |tx| {
        let wanted = Filter::<Upload>::id(upload.id).into_expr();
        if let Some(current) = tx.within::<Upload>(permit.scope()).document(&wanted).await? {
            discard(&mut tx, permit.scope(), Some(permit.actor()), &current).await?;
        }
        Ok(())
    })
}

/// Passes bytes on to the storage, at most `limit`. On any failure, that of the sender included, nothing of them stays.
async fn take_in(
    app: &App,
    permit: &Permit<UploadsCreate>,
    upload: &Upload,
    limit: i64,
    body: Incoming<'_>,
) -> Result<Received> {
    let _turn = app.storage().take_turn(permit.scope().company())?;
    let mut writer = app.storage().writer(&upload.key(), &upload.content_type);
    let passed = tokio::time::timeout(
        app.storage().limits().deadline,
        pass(app, permit, upload, limit, body, &mut writer),
    );
    let outcome = match passed.await {
        Ok(outcome) => outcome,
        Err(_) => Err(too_slow()),
    };
    if outcome.is_err() {
        writer.abort().await;
    }
    outcome
}

async fn pass(
    app: &App,
    permit: &Permit<UploadsCreate>,
    upload: &Upload,
    limit: i64,
    mut body: Incoming<'_>,
    writer: &mut Writer,
) -> Result<Received> {
    let (begun, mut noted) = (Instant::now(), false);
    loop {
        let chunk = tokio::time::timeout(SILENCE, body.next()).await.map_err(|_| too_slow())?;
        let Some(chunk) = chunk.transpose()? else { break };
        let size = writer.size() + i64::try_from(chunk.len()).unwrap_or(i64::MAX);
        if size > limit {
            check_size(permit.actor().role(), app.storage().limits(), size)?;
            return Err(FieldErrors::one("size", Code::ValidationFailed, "Not what was announced.").into());
        }
        writer.write(&chunk).await?;
        if let Some(multipart) = writer.multipart().filter(|_| !noted) {
            // Named in the record, the parts are found again after a crash.
            note(app, permit, upload, multipart).await?;
            noted = true;
        }
        let waited = begun.elapsed();
        let seconds = i64::try_from(waited.as_secs()).unwrap_or(i64::MAX);
        if waited > PATIENCE && writer.size() / seconds.max(1) < LEAST_RATE {
            return Err(too_slow());
        }
    }
    writer.finish().await
}

async fn note(app: &App, permit: &Permit<UploadsCreate>, upload: &Upload, multipart: &str) -> Result<()> {
    transaction!(app.db(), permit.actor().author(), |tx| {
        let patch = Patch::new().set(Upload::multipart(), multipart);
        tx.of(permit).update_many(Filter::id(upload.id), patch, false).await.map(drop)
    })
}

fn too_slow() -> AppError {
    AppError::problem(Code::MalformedRequest, "The body came too slowly.")
}
