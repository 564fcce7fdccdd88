//! Ties files to the message that carries them, once and for all, and takes them out with it.

use super::delete::discard;
use super::find::summary;
use crate::db::{Expr, Filter, Patch, Tx};
use crate::errors::{Code, FieldErrors, Result};
use crate::models::{Upload, UploadState};
use crate::permissions::{Actor, Caller, TenantScope};
use bson::{Bson, Document, doc, oid::ObjectId};

/// Ties uploads to a message in the transaction that writes it, and returns what the message tells of them. Each must be
/// ready, of the caller, and not tied to anything; a second message that names one at the same time is refused.
///
/// # Errors
/// 422 about `attachment_ids`.
pub async fn attach(
    tx: &mut Tx,
    caller: &Caller,
    message: ObjectId,
    ids: &[ObjectId],
) -> Result<Vec<Document>> {
    let mut told = Vec::with_capacity(ids.len());
    for id in ids {
        let free = Expr::eq("created_by", caller.actor().user_id())
            .and(Expr::eq("state", UploadState::Ready))
            .and(Expr::eq("link", Bson::Null));
        let patch = Patch::new()
            .set(Upload::link(), doc! { "type": "ticket_message", "id": message })
            .set(Upload::expires_at(), Bson::Null);
        match tx.within::<Upload>(caller.scope()).update(*id, free.into(), patch).await? {
            Some(upload) => told.push(summary(&upload)),
            None => return Err(refusal(tx, caller, *id).await?.into()),
        }
    }
    Ok(told)
}

async fn refusal(tx: &mut Tx, caller: &Caller, id: ObjectId) -> Result<FieldErrors> {
    let refuse = |code, message: &str| FieldErrors::one("attachment_ids", code, message);
    let mine = Filter::<Upload>::id(id).and(Expr::eq("created_by", caller.actor().user_id()));
    Ok(match tx.within::<Upload>(caller.scope()).find_one(mine).await? {
        // One text for what is missing, foreign, and another's: nobody attaches what someone else sent.
        None => refuse(Code::ReferenceNotFound, "Names a record that does not exist."),
        Some(upload) if upload.link.is_some() => {
            refuse(Code::ValidationFailed, "A file is attached to another message already.")
        }
        Some(upload) if upload.state == UploadState::Quarantined => {
            refuse(Code::ValidationFailed, "A file is in quarantine.")
        }
        Some(_) => refuse(Code::ValidationFailed, "A file is not ready: send it and complete it first."),
    })
}

/// Removes the files of a message whose contents are taken out for good.
pub async fn detach(tx: &mut Tx, scope: &TenantScope, actor: Option<&Actor>, ids: &[ObjectId]) -> Result<()> {
    for id in ids {
        let wanted = Filter::<Upload>::id(*id).into_expr();
        if let Some(stored) = tx.within::<Upload>(scope).document(&wanted).await? {
            discard(tx, scope, actor, &stored).await?;
        }
    }
    Ok(())
}
