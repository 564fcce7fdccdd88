//! Removes files: the record says so at once, a job takes the bytes away, and then the record goes too.

use super::find::find;
use super::jobs::{DeleteObject, Which};
use super::quota;
use crate::answer_once;
use crate::app::App;
use crate::db::{Expr, Filter, Model, Patch, Tx, from_document};
use crate::engine::audit::{self, Act};
use crate::engine::{WriteRequest, changes, record_act, reply};
use crate::errors::{AppError, Code, Problem, Result};
use crate::jobs::{When, enqueue};
use crate::models::{TicketMessage, Upload, UploadState};
use crate::permissions::{Actor, MessagesUpdate, Permission, Permit, TenantScope, UploadsDelete};
use crate::support::later;
use crate::web::Reply;
use bson::{Bson, Document, oid::ObjectId};
use std::time::Duration;

/// A removal that did not come to its end is begun anew after this.
pub(super) const AGAIN: Duration = Duration::from_secs(24 * 3600);

/// Removes a file and answers with it as it was. Messages that carry it lose it.
pub async fn delete(
    app: &App,
    permit: &Permit<UploadsDelete>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    answer_once!(app.db(), permit, request, |tx| {
        let seen = find(tx.db(), permit.caller(), id).await?;
        let id = seen.get_object_id("_id").map_err(|_| AppError::bug("an upload without id"))?;
        let wanted = Filter::<Upload>::id(id).into_expr();
        let current = tx.within::<Upload>(permit.scope()).document(&wanted).await?;
        let current = current.ok_or_else(AppError::not_found)?;
        if !permit.rows().matches(&current) {
            let problem = Problem::new(Code::Forbidden, "You may see this file but not remove it.");
            return Err(problem.with("missing_capability", UploadsDelete::ROW.name).into());
        }
        request.conditions.check(current.get_i64("version").unwrap_or_default())?;
        forget(&mut tx, permit, id).await?;
        let stored = discard(&mut tx, permit.scope(), Some(permit.actor()), &current).await?;
        reply(permit, &stored)
    })
}

/// Takes a file out of the messages that carry it: the copies that splitting made, too.
async fn forget(tx: &mut Tx, permit: &Permit<UploadsDelete>, id: ObjectId) -> Result<()> {
    let carrier = Expr::eq("attachment_ids", id);
    while let Some(stored) = tx.within::<TicketMessage>(permit.scope()).document(&carrier).await? {
        let message: TicketMessage = from_document(&stored)?;
        let told = message.attachments.unwrap_or_default();
        let left: Vec<Document> =
            told.into_iter().filter(|one| one.get_object_id("id").ok() != Some(id)).collect();
        let patch =
            Patch::new().pull(TicketMessage::attachment_ids(), [id]).set(TicketMessage::attachments(), left);
        let guard = Expr::eq("version", message.version);
        let changed =
            tx.within::<TicketMessage>(permit.scope()).update_document(message.id, &guard, patch).await?;
        let changed = changed.ok_or_else(|| AppError::bug("a message vanished within a transaction"))?;
        let update = permit.caller().permit::<MessagesUpdate>();
        record_act::<TicketMessage>(tx, &update, "detach", Some(&stored), &changed).await?;
    }
    Ok(())
}

/// Marks an upload as on its way out, frees its room, and queues the removal of its bytes; returns it as marked.
pub(super) async fn discard(
    tx: &mut Tx,
    scope: &TenantScope,
    actor: Option<&Actor>,
    current: &Document,
) -> Result<Document> {
    let upload: Upload = from_document(current)?;
    let mut patch = Patch::new()
        .set(Upload::state(), UploadState::Deleting)
        .set(Upload::counted_bytes(), 0_i64)
        .set(Upload::expires_at(), later(tx.now(), AGAIN));
    patch.put_reserved("deleted_at", Bson::from(tx.now()));
    let guard = Expr::eq("version", upload.version);
    let stored = tx.within::<Upload>(scope).with_trash().update_document(upload.id, &guard, patch).await?;
    let changed = || AppError::problem(Code::Conflict, "The file was changed at the same time. Try again.");
    let stored = stored.ok_or_else(changed)?;
    quota::give_back(tx, scope, upload.counted_bytes).await?;
    let name = format!("{}.delete", Upload::RESOURCE);
    let act = Act {
        action: &name,
        resource: Upload::RESOURCE,
        id: Some(upload.id),
        changes: changes::<Upload>(Some(current), &stored),
        version: Some(upload.version + 1),
    };
    audit::append(tx, scope, actor, act).await?;
    enqueue::<DeleteObject>(tx, scope, &Which { upload_id: upload.id }, When::default()).await?;
    Ok(stored)
}
