//! The outbox: what webhooks are to be told of an event is written in the event's own transaction.

use super::deliver::{self, Sent};
use super::payload;
use super::settle::{Reason, disable};
use crate::db::{Draft, Filter, Op, Patch, Tx};
use crate::errors::Result;
use crate::jobs::{When, enqueue};
use crate::models::{
    DeliveryState, EventKind, Ticket, TicketEvent, TicketMessage, Visibility, Webhook, WebhookDelivery,
};
use crate::permissions::TenantScope;
use crate::support::later;
use bson::{DateTime, doc, oid::ObjectId};
use std::time::Duration;

/// Most webhooks of a company.
pub const MAX_WEBHOOKS: i64 = 20;

/// A ticket with more events than these within [`LOOP_TIME`] is taken for the work of two programs that answer each
/// other, one of them behind a webhook.
const LOOP_EVENTS: i64 = 200;
const LOOP_TIME: Duration = Duration::from_secs(600);

/// A delivery that should have been tried so long ago holds nobody up: its job was lost with what killed its workers.
const STUCK: Duration = Duration::from_secs(2 * 86_400);

/// Writes the deliveries of an event. Call it once for each event, after ticket, event and message were written.
pub async fn on_event(
    tx: &mut Tx,
    scope: &TenantScope,
    ticket: &Ticket,
    event: &TicketEvent,
    message: Option<&TicketMessage>,
) -> Result<()> {
    if event.kind == EventKind::MessageRedacted {
        redact(tx, scope, event.message_id).await?;
    }
    let hooks = Filter::eq(Webhook::is_active(), true).and(Filter::eq(Webhook::events(), event.kind));
    let hooks = tx.within::<Webhook>(scope).find(hooks, doc! { "_id": 1 }, MAX_WEBHOOKS).await?;
    if hooks.is_empty() {
        return Ok(());
    }
    if loops(tx, scope, event).await? {
        for hook in &hooks {
            disable(tx, scope, hook, Reason::Loop).await?;
        }
        return Ok(());
    }
    for hook in hooks {
        let Some(message) = told(event, message, hook.include_private) else { continue };
        let body = payload::of_event(ticket, event, message);
        insert(tx, scope, &hook, event, message.map(|message| message.id), body).await?;
    }
    Ok(())
}

/// The message that goes with an event, if the subscription may know of the event at all.
pub fn told<'m>(
    event: &TicketEvent,
    message: Option<&'m TicketMessage>,
    private: bool,
) -> Option<Option<&'m TicketMessage>> {
    let about =
        matches!(event.kind, EventKind::MessageAdded | EventKind::MessageEdited | EventKind::MessageRedacted);
    let open = |visibility: Visibility| private || visibility == Visibility::Public;
    if about && !(open(event.visibility) && message.is_none_or(|message| open(message.visibility))) {
        return None;
    }
    // Events beside it in the same change carry the message too: it is told once.
    let own =
        |message: &&TicketMessage| about || event.kind == EventKind::Created && open(message.visibility);
    Some(message.filter(own))
}

async fn insert(
    tx: &mut Tx,
    scope: &TenantScope,
    hook: &Webhook,
    event: &TicketEvent,
    message: Option<ObjectId>,
    body: String,
) -> Result<()> {
    let before = last_before(tx, scope, hook.id, event).await?;
    let now = tx.now();
    let draft = Draft::new()
        .set(WebhookDelivery::webhook_id(), hook.id)
        .set(WebhookDelivery::event_id(), format!("evt_{}", event.id.to_hex()))
        .set(WebhookDelivery::event_type(), event.kind.as_str())
        .set(WebhookDelivery::ticket_id(), event.ticket_id)
        .set(WebhookDelivery::next_at(), before.is_none().then_some(now))
        .set(WebhookDelivery::payload(), body)
        .set(WebhookDelivery::lane(), event.ticket_id)
        .set(WebhookDelivery::seq(), event.seq)
        .set(WebhookDelivery::message_id(), message);
    let id = tx.within::<WebhookDelivery>(scope).insert(draft).await?.id;
    match before {
        // Who finishes that one writes it too: either sees what the other did.
        Some(before) => {
            let patch = Patch::new().inc(WebhookDelivery::followers(), 1);
            tx.within::<WebhookDelivery>(scope).update_many(Filter::id(before), patch, false).await?;
        }
        None => {
            enqueue::<deliver::Deliver>(tx, scope, &Sent { delivery_id: id }, When::default()).await?;
        }
    }
    Ok(())
}

/// The last delivery of the same ticket to the same webhook that is still under way.
async fn last_before(
    tx: &mut Tx,
    scope: &TenantScope,
    hook: ObjectId,
    event: &TicketEvent,
) -> Result<Option<ObjectId>> {
    let lane = Filter::eq(WebhookDelivery::webhook_id(), hook)
        .and(Filter::eq(WebhookDelivery::lane(), event.ticket_id))
        .and(Filter::eq(WebhookDelivery::state(), DeliveryState::Pending));
    let last = tx.within::<WebhookDelivery>(scope).find(lane.clone(), doc! { "seq": -1 }, 1).await?;
    let Some(last) = last.first() else { return Ok(None) };
    let first = tx.within::<WebhookDelivery>(scope).find(lane, doc! { "seq": 1 }, 1).await?;
    let stuck = first.first().and_then(|first| first.next_at).is_some_and(|at| later(at, STUCK) < tx.now());
    Ok((!stuck).then_some(last.id))
}

/// Whether a ticket changes as fast as no people change it.
async fn loops(tx: &mut Tx, scope: &TenantScope, event: &TicketEvent) -> Result<bool> {
    if event.seq <= LOOP_EVENTS {
        return Ok(false);
    }
    let since = DateTime::from_millis(tx.now().timestamp_millis() - millis(LOOP_TIME));
    let earlier = Filter::eq(TicketEvent::ticket_id(), event.ticket_id)
        .and(Filter::eq(TicketEvent::seq(), event.seq - LOOP_EVENTS))
        .and(crate::db::Expr::cmp("created_at", Op::Gt, since));
    tx.within::<TicketEvent>(scope).exists(earlier).await
}

/// Takes the text of a message out of what was sent or is to be sent: it is gone for good.
async fn redact(tx: &mut Tx, scope: &TenantScope, message: Option<ObjectId>) -> Result<()> {
    let Some(message) = message else { return Ok(()) };
    let held = Filter::eq(WebhookDelivery::message_id(), message);
    for delivery in tx.within::<WebhookDelivery>(scope).find(held, doc! { "_id": 1 }, 1000).await? {
        if let Some(body) = &delivery.payload {
            let patch = Patch::new().set(WebhookDelivery::payload(), payload::redacted(body)?);
            tx.within::<WebhookDelivery>(scope).update_many(Filter::id(delivery.id), patch, false).await?;
        }
    }
    Ok(())
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
