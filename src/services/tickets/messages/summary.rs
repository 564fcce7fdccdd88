//! What a ticket tells of its messages, counted anew: for when messages move or are taken out.

use super::text::preview;
use crate::db::{Filter, Patch, Tx};
use crate::errors::Result;
use crate::models::{Ticket, TicketMessage, Visibility};
use crate::permissions::TenantScope;
use bson::{doc, oid::ObjectId};

/// Counts, times and preview of a ticket's messages as they are stored now.
pub async fn summarise(tx: &mut Tx, scope: &TenantScope, ticket: &Ticket) -> Result<Patch<Ticket>> {
    let all = || Filter::eq(TicketMessage::ticket_id(), ticket.id);
    let public = || all().and(Filter::eq(TicketMessage::visibility(), Visibility::Public));
    let count = tx.within::<TicketMessage>(scope).count(all()).await?;
    let public_count = tx.within::<TicketMessage>(scope).count(public()).await?;
    let last = newest(tx, scope, all()).await?;
    let last_public = newest(tx, scope, public()).await?;
    let side = |staff: bool| public().and(Filter::eq(TicketMessage::author_is_staff(), staff));
    let last_client = newest(tx, scope, side(false)).await?;
    let last_staff = newest(tx, scope, side(true)).await?;
    let at = |message: &Option<TicketMessage>| message.as_ref().map(|message| message.created_at);
    Ok(Patch::new()
        .set(Ticket::message_count(), i64::try_from(count).unwrap_or(i64::MAX))
        .set(Ticket::public_message_count(), i64::try_from(public_count).unwrap_or(i64::MAX))
        .set(Ticket::last_message_at(), at(&last))
        .set(Ticket::last_public_message_at(), at(&last_public))
        .set(Ticket::last_client_message_at(), at(&last_client))
        .set(Ticket::last_staff_message_at(), at(&last_staff))
        .set(Ticket::last_message_preview(), last_public.map(|message| preview(&message.body))))
}

/// Puts the text of the newest public message into the preview: after a message was corrected or taken out.
pub async fn refresh_preview(
    tx: &mut Tx,
    scope: &TenantScope,
    ticket: ObjectId,
    patch: &mut Patch<Ticket>,
) -> Result<()> {
    let public = Filter::eq(TicketMessage::ticket_id(), ticket)
        .and(Filter::eq(TicketMessage::visibility(), Visibility::Public));
    let last = newest(tx, scope, public).await?;
    patch.put(Ticket::last_message_preview(), last.map(|message| preview(&message.body)));
    Ok(())
}

async fn newest(
    tx: &mut Tx,
    scope: &TenantScope,
    filter: Filter<TicketMessage>,
) -> Result<Option<TicketMessage>> {
    let sort = doc! { "created_at": -1, "_id": -1 };
    Ok(tx.within::<TicketMessage>(scope).find(filter, sort, 1).await?.pop())
}
