//! Keeps a mail on a ticket for staff only: what programs answer, what strangers write, what comes too late.

use super::act::{Outcome, Work};
use super::people::{self, Sender};
use super::stamp::{Marks, Texts, stamp};
use crate::db::{Draft, Patch, Tx};
use crate::engine::audit::{self, Act};
use crate::errors::Result;
use crate::models::{EventKind, MessageKind, Ticket, TicketMessage, User, Visibility};
use crate::services::tickets::events::NewEvent;
use crate::services::tickets::messages::MAX_MESSAGES;
use crate::services::tickets::{Change, Found};

/// Adds the mail as a private note. Neither status nor times of the conversation change.
pub(super) async fn add(
    tx: &mut Tx,
    work: &Work<'_>,
    found: &Found,
    sender: &Sender,
    marks: Marks<'_>,
    texts: &Texts,
) -> Result<Outcome> {
    let (scope, ticket) = (work.scope, &found.ticket);
    if ticket.message_count >= MAX_MESSAGES {
        return Ok(Outcome::ignored("message_limit"));
    }
    let author =
        if marks.untrusted { None } else { people::participant(&sender.users, scope, &found.document) };
    let seq = ticket.message_seq.unwrap_or(ticket.message_count) + 1;
    let draft = Draft::new()
        .set(TicketMessage::ticket_id(), ticket.id)
        .set(TicketMessage::seq(), seq)
        .set(TicketMessage::kind(), MessageKind::PrivateNote)
        .set(TicketMessage::visibility(), Visibility::Private)
        .set(TicketMessage::author_id(), author.map(|user| user.id))
        .set(TicketMessage::author_name(), author.map_or(sender.party.label(), |user| user.name.as_str()))
        .set(TicketMessage::author_is_staff(), author.is_some_and(|user: &User| user.role.is_staff()))
        .set(TicketMessage::via(), "email")
        .set(TicketMessage::body(), texts.body.as_str());
    let message = tx.within::<TicketMessage>(scope).insert(draft).await?;
    let act = Act {
        action: "ticket_messages.create_by_mail",
        resource: "ticket_messages",
        id: Some(message.id),
        changes: Vec::new(),
        version: Some(message.version),
    };
    audit::append(tx, scope, None, act).await?;
    stamp(tx, work, message.id, sender, texts, marks).await?;
    let mut patch =
        Patch::new().set(Ticket::message_count(), ticket.message_count + 1).set(Ticket::message_seq(), seq);
    let kind = if marks.automatic.is_some() { EventKind::AutoResponded } else { EventKind::MessageAdded };
    if marks.automatic.is_none() {
        patch.put(Ticket::last_message_at(), message.created_at);
    }
    let event = NewEvent { message_id: Some(message.id), ..NewEvent::private(kind) };
    let action = "tickets.message";
    let events = vec![event];
    Change { scope, actor: None, action, patch, events, message: Some(&message) }.apply(tx, found).await?;
    Ok(Outcome::processed("none", ticket.id, Some(message.id)))
}
