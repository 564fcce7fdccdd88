//! Attaches a report on undelivered mail to the message that was not delivered. It opens no ticket and is never answered.

use super::act::{Outcome, Work};
use super::recipients::suppress;
use super::thread::sent;
use crate::db::{Expr, Filter, Patch, Tx};
use crate::errors::Result;
use crate::mail::Bounce;
use crate::models::{EventKind, OutboundEmail, OutboundState, Ticket, TicketMessage};
use crate::services::tickets::events::NewEvent;
use crate::services::tickets::{Change, Found};
use bson::oid::ObjectId;

/// Notes a report. It counts only when it names a mail of ours by its signed message id, which nobody knows but those to
/// whom it went.
pub(super) async fn note(tx: &mut Tx, work: &Work<'_>, bounce: &Bounce) -> Result<Outcome> {
    let original = match &bounce.original {
        Some(id) => sent(tx, work, id).await?,
        None => None,
    };
    let Some(original) = original else { return Ok(Outcome::ignored("bounce_unmatched")) };
    if !bounce.failed {
        return Ok(Outcome { ticket: original.ticket_id, rule: "bounce", ..Outcome::ignored("delayed") });
    }
    let reason = if bounce.reason.is_empty() { bounce.status.as_str() } else { bounce.reason.as_str() };
    if bounce.is_hard() {
        suppress(tx, work.scope, &original.to, original.ticket_id, reason).await?;
    }
    let patch = Patch::new().set(OutboundEmail::delivery(), "bounced");
    // One that waits to be sent again stays in line.
    let patch = match original.state {
        OutboundState::Sent => patch.set(OutboundEmail::state(), OutboundState::Bounced),
        _ => patch,
    };
    tx.within::<OutboundEmail>(work.scope).update_many(Filter::id(original.id), patch, false).await?;
    let message = match original.message_id {
        Some(message) => mark(tx, work, message, reason).await?,
        None => None,
    };
    let Some(ticket) = original.ticket_id else { return Ok(Outcome::ignored("bounce")) };
    tell(tx, work, ticket, message.as_ref()).await?;
    let message = message.map(|message| message.id);
    Ok(Outcome { matched: Some(ticket), ..Outcome::processed("bounce", ticket, message) })
}

async fn mark(
    tx: &mut Tx,
    work: &Work<'_>,
    message: ObjectId,
    reason: &str,
) -> Result<Option<TicketMessage>> {
    let patch = Patch::new()
        .set(TicketMessage::delivery(), "bounced")
        .set(TicketMessage::delivery_error(), (!reason.is_empty()).then_some(reason));
    tx.within::<TicketMessage>(work.scope).update_many(Filter::id(message), patch, false).await?;
    tx.within::<TicketMessage>(work.scope).find_one(Filter::id(message)).await
}

/// Writes it into the history and tells the author, whoever else the ticket concerns.
async fn tell(tx: &mut Tx, work: &Work<'_>, ticket: ObjectId, message: Option<&TicketMessage>) -> Result<()> {
    let stored = tx.within::<Ticket>(work.scope).with_trash().document(&Expr::eq("_id", ticket)).await?;
    let Some(found) = stored.map(Found::read).transpose()? else { return Ok(()) };
    // Those who are mentioned are told; the author is, for this once.
    let told = message.cloned().map(|mut message| {
        message.mention_ids.extend(message.author_id);
        message
    });
    let mut event = NewEvent::private(EventKind::Bounced);
    event.message_id = message.map(|message| message.id);
    let change = Change {
        scope: work.scope,
        actor: None,
        action: "tickets.bounced",
        patch: Patch::new(),
        events: vec![event],
        message: told.as_ref(),
    };
    change.apply(tx, &found).await.map(drop)
}
