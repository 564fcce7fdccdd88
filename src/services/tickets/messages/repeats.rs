//! Where the text of a message stands once more: as the description of its ticket, or of one that was merged into that.

use super::super::change::Change;
use super::super::find::Found;
use super::text::description;
use crate::db::{Expr, Filter, Op, Patch, Tx};
use crate::engine::Action;
use crate::errors::{AppError, Result};
use crate::models::{Ticket, TicketMessage};
use crate::permissions::{Permission, Permit, TenantScope};
use bson::{doc, oid::ObjectId};

/// Tickets that are read at a time.
const BATCH: i64 = 100;

/// The texts of a message that a change takes out of other places: when it is redacted, also those that it once had.
pub fn replaced(message: &TicketMessage, action: Action) -> Vec<&str> {
    let earlier = message.revisions.iter().filter_map(|revision| revision.get_str("body").ok());
    let earlier = earlier.filter(|_| action == Action::Delete);
    earlier.chain([message.body.as_str()]).collect()
}

/// Whether one of the texts, or the begin of a long one, describes the ticket.
pub fn describe(texts: &[&str], ticket: &Ticket) -> bool {
    let Some(shown) = ticket.description.as_deref().filter(|shown| !shown.is_empty()) else { return false };
    texts.iter().any(|text| *text == shown || description(text) == shown)
}

/// Whether no earlier message of its ticket says the same: a later "Thanks" does not describe what an earlier one does.
pub async fn is_first(tx: &mut Tx, scope: &TenantScope, message: &TicketMessage) -> Result<bool> {
    let same = Filter::eq(TicketMessage::ticket_id(), message.ticket_id)
        .and(Filter::eq(TicketMessage::body(), message.body.as_str()))
        .and(Expr::cmp("seq", Op::Lt, message.seq));
    Ok(!tx.within::<TicketMessage>(scope).exists(same).await?)
}

/// Describes tickets by the new text of a message that were described by one of `texts` and merged, one after the other,
/// into the ticket where it stands now: they kept their descriptions when their messages left.
pub async fn describe_merged<P: Permission<Resource = TicketMessage>>(
    tx: &mut Tx,
    permit: &Permit<P>,
    message: &TicketMessage,
    texts: &[&str],
) -> Result<()> {
    if message.merge_ids.as_ref().is_none_or(Vec::is_empty) {
        return Ok(());
    }
    let mut targets = vec![message.ticket_id];
    while let Some(target) = targets.pop() {
        let mut after = ObjectId::from_bytes([0; 12]);
        loop {
            let sources = Filter::eq(Ticket::merged_into(), target).and(Expr::cmp("_id", Op::Gt, after));
            let mut tickets = tx.within::<Ticket>(permit.scope()).with_trash();
            let sources = tickets.find(sources, doc! { "_id": 1 }, BATCH).await?;
            let Some(last) = sources.last() else { break };
            after = last.id;
            for source in &sources {
                targets.push(source.id);
                if describe(texts, source) {
                    change_description(tx, permit, source.id, &message.body).await?;
                }
            }
        }
    }
    Ok(())
}

async fn change_description<P: Permission<Resource = TicketMessage>>(
    tx: &mut Tx,
    permit: &Permit<P>,
    ticket: ObjectId,
    text: &str,
) -> Result<()> {
    let scope = permit.scope();
    let ticket = Filter::<Ticket>::id(ticket).into_expr();
    let stored = tx.within::<Ticket>(scope).with_trash().document(&ticket).await?;
    let stored = stored.ok_or_else(|| AppError::bug("a ticket vanished within a transaction"))?;
    let change = Change {
        scope,
        actor: Some(permit.actor()),
        action: "tickets.message",
        patch: Patch::new().set(Ticket::description(), description(text)),
        events: Vec::new(),
        message: None,
    };
    change.apply(tx, &Found::read(stored)?).await?;
    Ok(())
}
