//! Finds an upload for a caller: own ones, and those of messages that the caller sees at this moment.

use crate::app::App;
use crate::db::{Db, Expr, Filter};
use crate::engine::{Preconditions, etag, render};
use crate::errors::{AppError, Result};
use crate::models::{Ticket, TicketMessage, Upload};
use crate::permissions::{Caller, Permit, UploadsRead};
use crate::web::Reply;
use bson::{Bson, Document, doc, oid::ObjectId};

/// Messages that are looked at: copies that splitting made carry the same files.
const CARRIERS: i64 = 50;

/// One upload as the caller sees it.
pub async fn show(
    app: &App,
    permit: &Permit<UploadsRead>,
    id: &str,
    conditions: &Preconditions,
) -> Result<Reply> {
    let document = find(app.db(), permit.caller(), id).await?;
    let mask = permit.read_mask();
    let rendered = render::<Upload>(&document, mask)?;
    let tag = etag(rendered.version, mask, permit.actor().role());
    if conditions.has(&tag) {
        return Ok(Reply::not_modified(tag));
    }
    Ok(Reply::ok(rendered.body).with_etag(tag))
}

/// The stored form of an upload that the caller may see now. What is attached is as visible as what carries it, for
/// everybody alike: whoever may no longer see the message may no longer see its files, also own ones.
///
/// # Errors
/// 404 for missing, foreign and invisible ones.
pub(super) async fn find(db: &Db, caller: &Caller, id: &str) -> Result<Document> {
    let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    let wanted = Filter::<Upload>::id(id).into_expr();
    let stored = db.within::<Upload>(caller.scope()).document(&wanted).await?;
    let stored = stored.ok_or_else(AppError::not_found)?;
    let linked = stored.get("link").is_some_and(|link| *link != Bson::Null);
    let seen = match linked {
        true => is_carried(db, caller, id).await?,
        false => caller.view::<Upload>().rows().matches(&stored),
    };
    if seen { Ok(stored) } else { Err(AppError::not_found()) }
}

/// Whether a message that the caller sees, of a ticket that the caller sees, carries the upload.
async fn is_carried(db: &Db, caller: &Caller, id: ObjectId) -> Result<bool> {
    let carriers = Filter::eq(TicketMessage::attachment_ids(), id);
    let messages = db.of(&caller.view::<TicketMessage>()).find(carriers, CARRIERS).await?;
    let mut tickets: Vec<ObjectId> = messages.iter().map(|message| message.ticket_id).collect();
    tickets.dedup();
    if tickets.is_empty() {
        return Ok(false);
    }
    let seen = db.of(&caller.view::<Ticket>()).document(&Expr::is_in("_id", tickets)).await?;
    Ok(seen.is_some())
}

/// What a message tells of a file that it carries.
pub(super) fn summary(upload: &Upload) -> Document {
    doc! {
        "id": upload.id, "filename": &upload.filename, "size": upload.size, "content_type": upload.served_type(),
    }
}
