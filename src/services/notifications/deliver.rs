//! Turns an event of a ticket into notifications, in the event's own transaction.

use super::mail;
use super::recipients::{MAX_RECIPIENTS, Subject, candidates, wants};
use super::title::title;
use crate::db::{Draft, Expr, Filter, Op, Patch, Tx};
use crate::errors::Result;
use crate::models::{Notification, Ticket, TicketEvent, TicketMessage, matrix_row};
use crate::permissions::{Actor, TenantScope};
use bson::{DateTime, doc, oid::ObjectId};

/// Like events within this many milliseconds are one notification.
const GROUP_MS: i64 = 60_000;

/// Notifies whom an event of a ticket concerns: those who want to know, may see ticket and message now, are active,
/// did not mute the ticket and did not cause the event. Call it once for each event, after ticket, event and message
/// were written, in their transaction.
pub async fn on_event(
    tx: &mut Tx,
    scope: &TenantScope,
    actor: Option<&Actor>,
    ticket: &Ticket,
    event: &TicketEvent,
    message: Option<&TicketMessage>,
) -> Result<()> {
    let Some(row) = matrix_row(event.kind) else { return Ok(()) };
    let stored = tx.within::<Ticket>(scope).document(&Expr::eq("_id", ticket.id)).await?;
    let Some(stored) = stored else { return Ok(()) };
    let subject = Subject::new(stored, event, message);
    let causes = [actor.map(Actor::user_id), event.actor_id];
    let mut concerned = candidates(tx, scope, ticket, message).await?;
    concerned.retain(|(user, _)| {
        let told = !causes.contains(&Some(user.id)) && !ticket.muted_ids.contains(&user.id);
        told && subject.is_visible_to(user, scope)
    });
    mail::on_event(tx, scope, ticket, event, message, &concerned).await?;
    let told: Vec<ObjectId> = concerned
        .iter()
        .filter(|(user, relations)| wants(user, row, relations))
        .map(|(user, _)| user.id)
        .take(MAX_RECIPIENTS)
        .collect();
    if told.is_empty() {
        return Ok(());
    }
    deliver(tx, scope, &told, ticket, event).await
}

/// Adds to the fresh unread notification of each person, or makes one. A person is told of an event once.
async fn deliver(
    tx: &mut Tx,
    scope: &TenantScope,
    told: &[ObjectId],
    ticket: &Ticket,
    event: &TicketEvent,
) -> Result<()> {
    let limit = i64::try_from(MAX_RECIPIENTS).unwrap_or(i64::MAX);
    let ours = Filter::is_in(Notification::user_id(), told.iter().copied());
    let same = ours.clone().and(Filter::eq(Notification::event_id(), event.id));
    let already = tx.within::<Notification>(scope).find(same, doc! { "_id": 1 }, limit).await?;
    let since = DateTime::from_millis(tx.now().timestamp_millis() - GROUP_MS);
    let alike = ours
        .and(Filter::eq(Notification::ticket_id(), ticket.id))
        .and(Filter::eq(Notification::kind(), event.kind))
        .and(Filter::eq(Notification::is_read(), false))
        .and(Expr::cmp("created_at", Op::Gte, since));
    let mut fresh = tx.within::<Notification>(scope).find(alike, doc! { "_id": -1 }, limit).await?;
    // Someone may have marked an older one unread again: only the newest of each person counts on.
    let mut seen: Vec<ObjectId> = already.iter().map(|notification| notification.user_id).collect();
    fresh.retain(|notification| {
        let first = !seen.contains(&notification.user_id);
        seen.push(notification.user_id);
        first
    });
    let sentence = title(event.kind, ticket);
    if !fresh.is_empty() {
        let patch = Patch::new()
            .inc(Notification::count(), 1)
            .set(Notification::event_id(), event.id)
            .set(Notification::actor_id(), event.actor_id)
            .set(Notification::title(), sentence.as_str());
        let ids = Filter::ids(fresh.iter().map(|notification| notification.id));
        tx.within::<Notification>(scope).update_many(ids, patch, true).await?;
    }
    let drafts = told
        .iter()
        .filter(|user| !seen.contains(user))
        .map(|user| {
            Draft::new()
                .set(Notification::user_id(), *user)
                .set(Notification::event_id(), event.id)
                .set(Notification::kind(), event.kind)
                .set(Notification::ticket_id(), ticket.id)
                .set(Notification::title(), sentence.as_str())
                .set(Notification::actor_id(), event.actor_id)
        })
        .collect();
    tx.within::<Notification>(scope).insert_many(drafts).await
}
