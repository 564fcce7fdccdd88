//! Opens a new ticket for a message to a closed one.

use super::NewMessage;
use super::text::description;
use crate::db::{Filter, Patch, Tx};
use crate::engine::{Input, create_in, find_missing};
use crate::errors::{AppError, Result};
use crate::models::{Channel, Ticket, TicketMessage};
use crate::permissions::{Caller, TicketsCreate};
use crate::services::uploads;
use bson::{doc, oid::ObjectId};

/// Files a ticket that continues a closed one, with `new` as its first message, and returns that message.
pub async fn follow_up(
    tx: &mut Tx,
    caller: &Caller,
    closed: &Ticket,
    new: &NewMessage,
) -> Result<TicketMessage> {
    let mut fields = doc! {
        "subject": &closed.subject, "description": description(&new.body), "follow_up_of": closed.id, "kind": &closed.kind,
        "requester_id": caller.actor().user_id(),
    };
    if new.via == "email" {
        fields.insert("channel", Channel::Email);
    }
    // The category may have been closed to the requester since.
    let category: Vec<ObjectId> = closed.category_id.into_iter().collect();
    if find_missing(tx, caller, "categories", &category).await?.is_empty()
        && let Some(id) = closed.category_id
        && tx.within::<crate::models::Category>(caller.scope()).get(id).await?.is_active
    {
        fields.insert("category_id", id);
    }
    let permit = caller.permit::<TicketsCreate>();
    let filed = create_in::<Ticket>(tx, &permit, &Input { fields, ..Input::default() }).await?;
    let id = filed.body()["id"].as_str().and_then(|id| ObjectId::parse_str(id).ok());
    let id = id.ok_or_else(|| AppError::bug("a ticket without id"))?;
    let scope = caller.scope();
    let first = Filter::eq(TicketMessage::ticket_id(), id);
    let patch = Patch::new()
        .set(TicketMessage::body(), new.body.as_str())
        .set(TicketMessage::body_html(), new.body_html.as_deref());
    tx.within::<TicketMessage>(scope).update_many(first.clone(), patch, false).await?;
    let missing = || AppError::bug("a follow-up without message");
    let message = tx.within::<TicketMessage>(scope).find_one(first.clone()).await?.ok_or_else(missing)?;
    if new.attachment_ids.is_empty() {
        return Ok(message);
    }
    let attachments = uploads::attach(tx, caller, message.id, &new.attachment_ids).await?;
    let patch = Patch::new()
        .set(TicketMessage::attachment_ids(), new.attachment_ids.clone())
        .set(TicketMessage::attachments(), attachments);
    tx.within::<TicketMessage>(scope).update_many(first.clone(), patch, false).await?;
    tx.within::<TicketMessage>(scope).find_one(first).await?.ok_or_else(missing)
}
