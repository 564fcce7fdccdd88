//! Writes the history of tickets: every event goes through here, in the transaction of what it tells of.

use crate::db::{Draft, Tx};
use crate::engine::FieldChange;
use crate::errors::Result;
use crate::models::{EventKind, Ticket, TicketEvent, TicketMessage, Visibility};
use crate::permissions::{Actor, TenantScope};
use crate::services::{notifications, teams, webhooks};
use bson::{Bson, oid::ObjectId};

/// Fields whose changes a history tells; the rest follows from them or is mere book-keeping.
const TOLD: &[&str] = &[
    "subject",
    "status",
    "priority",
    "kind",
    "requester_id",
    "cc_ids",
    "assignee_id",
    "department_id",
    "category_id",
    "tag_ids",
    "follower_ids",
    "external_id",
    "wake_at",
    "is_spam",
    "archived",
    "merged_into",
    "follow_up_of",
    "split_from",
];

/// An event that is about to be written.
#[derive(Clone, Debug)]
pub struct NewEvent {
    /// What happened.
    pub kind: EventKind,
    /// Who may know.
    pub visibility: Visibility,
    /// Changed fields; only those that a history tells are kept.
    pub changes: Vec<FieldChange>,
    /// Message that it is about.
    pub message_id: Option<ObjectId>,
    /// Why, as the person said.
    pub reason: Option<String>,
    /// Merge that it is part of.
    pub merge_id: Option<ObjectId>,
}

impl NewEvent {
    /// An event for staff.
    pub fn private(kind: EventKind) -> Self {
        let visibility = Visibility::Private;
        Self { kind, visibility, changes: Vec::new(), message_id: None, reason: None, merge_id: None }
    }

    /// An event that clients on the ticket may know of.
    pub fn public(kind: EventKind) -> Self {
        Self { visibility: Visibility::Public, ..Self::private(kind) }
    }
}

/// Writes the event with number `seq` and tells whom it concerns.
///
/// The caller has raised `event_count` of the ticket in the same transaction, by as many events as it writes: so two
/// transactions can never write the same number.
pub async fn record(
    tx: &mut Tx,
    scope: &TenantScope,
    actor: Option<&Actor>,
    ticket: &Ticket,
    seq: i64,
    event: NewEvent,
    message: Option<&TicketMessage>,
) -> Result<TicketEvent> {
    let told = event.changes.into_iter().filter(|change| TOLD.contains(&change.field));
    let draft = Draft::new()
        .set(TicketEvent::ticket_id(), ticket.id)
        .set(TicketEvent::seq(), seq)
        .set(TicketEvent::kind(), event.kind)
        .set(TicketEvent::visibility(), event.visibility)
        .set(TicketEvent::actor_id(), actor.map(Actor::user_id))
        .set(TicketEvent::actor_name(), actor.map(Actor::name))
        .set(TicketEvent::changes(), told.map(Bson::from).collect::<Vec<_>>())
        .set(TicketEvent::message_id(), event.message_id)
        .set(TicketEvent::reason(), event.reason)
        .set(TicketEvent::bulk_id(), tx.operation())
        .set(TicketEvent::merge_id(), event.merge_id);
    let event = tx.within::<TicketEvent>(scope).insert(draft).await?;
    notifications::on_event(tx, scope, actor, ticket, &event, message).await?;
    webhooks::on_event(tx, scope, ticket, &event, message).await?;
    teams::on_event(tx, scope, ticket, &event, message).await?;
    Ok(event)
}
