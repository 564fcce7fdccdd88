//! Merges tickets into one: messages keep author, time and visibility, and move; sources close and point to the target.

use super::super::body::{ids, parse_body};
use super::super::change::Change;
use super::super::core::status::enter;
use super::super::events::NewEvent;
use super::super::find::{Found, check_writable, find};
use super::super::messages::summarise;
use crate::answer_once;
use crate::db::{Db, Filter, Patch, Tx};
use crate::engine::{WriteRequest, reply};
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::{EventKind, Status, Ticket, TicketMessage, Visibility};
use crate::permissions::{Permit, TicketsMerge};
use crate::schema::{FieldSpec, Kind};
use crate::web::Reply;
use bson::{Bson, doc, oid::ObjectId};

/// Most messages of a ticket.
const MAX_MESSAGES: i64 = 5000;
/// Most followers or people copied.
const MAX_PEOPLE: usize = 50;

/// Body of a merge.
pub const BODY: &[FieldSpec] = &[
    FieldSpec::new(Kind::Ids { of: "tickets", max: 20 }).required().named("source_ids", "Tickets to merge."),
    FieldSpec::flag(false)
        .named("expose", "Show messages to the target's requester though another wrote them."),
];

/// Merges tickets into the one of the path and answers with it. Messages of another requester become private in the
/// target unless `expose` says otherwise.
///
/// # Errors
/// 409 when any of them is merged, archived, or (the target) closed; 409 `message_limit`; nothing is changed then.
pub async fn merge(
    db: &Db,
    permit: &Permit<TicketsMerge>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let body = parse_body(BODY, &request.body, permit.actor())?;
    let sources = ids(&body, "source_ids");
    let expose = body.get_bool("expose").unwrap_or(false);
    answer_once!(db, permit, request, |tx| {
        let mut target = find(&mut tx, permit, id).await?;
        check_writable(&mut tx, permit.caller(), &target.ticket).await?;
        if target.ticket.status == Status::Closed {
            let detail = "Nothing can be merged into a closed ticket.";
            return Err(AppError::problem(Code::Conflict, detail));
        }
        let merge_id = ObjectId::new();
        for source in &sources {
            let source = self::source(&mut tx, permit, &target, *source).await?;
            target = merge_one(&mut tx, permit, target, source, merge_id, expose).await?;
        }
        reply(permit, &target.document)
    })
}

async fn source(tx: &mut Tx, permit: &Permit<TicketsMerge>, target: &Found, id: ObjectId) -> Result<Found> {
    if id == target.ticket.id {
        return Err(refuse(Code::ValidationFailed, "A ticket cannot be merged into itself."));
    }
    let source = find(tx, permit, &id.to_hex()).await.map_err(|error| match error.code() {
        Code::NotFound => refuse(Code::ReferenceNotFound, "Names a record that does not exist."),
        _ => named(error, id),
    })?;
    check_writable(tx, permit.caller(), &source.ticket).await.map_err(|error| named(error, id))?;
    Ok(source)
}

async fn merge_one(
    tx: &mut Tx,
    permit: &Permit<TicketsMerge>,
    target: Found,
    source: Found,
    merge_id: ObjectId,
    expose: bool,
) -> Result<Found> {
    if target.ticket.message_count + source.ticket.message_count > MAX_MESSAGES {
        let detail = format!("A ticket holds {MAX_MESSAGES} messages at most.");
        return Err(Problem::new(Code::MessageLimit, detail).with("limit", MAX_MESSAGES).into());
    }
    let strangers = source.ticket.requester_id != target.ticket.requester_id;
    let offset = target.ticket.message_seq.unwrap_or(target.ticket.message_count);
    move_messages(tx, permit, &source.ticket, &target.ticket, merge_id, offset, strangers && !expose).await?;
    close_source(tx, permit, &source, target.ticket.id, merge_id, offset).await?;

    let last = source.ticket.message_seq.unwrap_or(source.ticket.message_count);
    let mut patch = summarise(tx, permit.scope(), &target.ticket).await?;
    patch.put(Ticket::message_seq(), offset + last);
    if !strangers {
        let cc = source.ticket.cc_ids.iter().filter(|id| !target.ticket.cc_ids.contains(id));
        let room = MAX_PEOPLE.saturating_sub(target.ticket.cc_ids.len());
        patch = patch.add_to_set(Ticket::cc_ids(), cc.copied().take(room));
    }
    let followers = source.ticket.follower_ids.iter().filter(|id| !target.ticket.follower_ids.contains(id));
    let room = 200_usize.saturating_sub(target.ticket.follower_ids.len());
    if !strangers {
        patch = patch.add_to_set(Ticket::follower_ids(), followers.copied().take(room));
    }
    let event = NewEvent { merge_id: Some(merge_id), ..NewEvent::private(EventKind::Merged) };
    change(permit, "tickets.merge", patch, event).apply(tx, &target).await
}

/// Moves all messages behind those of the target; numbers are raised by `offset`, which undoing takes off again.
async fn move_messages(
    tx: &mut Tx,
    permit: &Permit<TicketsMerge>,
    source: &Ticket,
    target: &Ticket,
    merge_id: ObjectId,
    offset: i64,
    hide: bool,
) -> Result<()> {
    let scope = permit.scope();
    let theirs = || Filter::eq(TicketMessage::ticket_id(), source.id);
    if hide {
        let public = theirs().and(Filter::eq(TicketMessage::visibility(), Visibility::Public));
        let patch = Patch::new()
            .set(TicketMessage::visibility(), Visibility::Private)
            .set(TicketMessage::hidden_by(), merge_id);
        tx.within::<TicketMessage>(scope).update_many(public, patch, true).await?;
    }
    let first = theirs().and(Filter::eq(TicketMessage::origin_ticket_id(), Bson::Null));
    let origin = Patch::new().set(TicketMessage::origin_ticket_id(), source.id);
    tx.within::<TicketMessage>(scope).update_many(first, origin, false).await?;
    let patch = Patch::new()
        .set(TicketMessage::ticket_id(), target.id)
        .inc(TicketMessage::seq(), offset)
        .add_to_set(TicketMessage::merge_ids(), [merge_id]);
    tx.within::<TicketMessage>(scope).update_many(theirs(), patch, true).await?;
    Ok(())
}

async fn close_source(
    tx: &mut Tx,
    permit: &Permit<TicketsMerge>,
    source: &Found,
    target: ObjectId,
    merge_id: ObjectId,
    offset: i64,
) -> Result<Found> {
    let ticket = &source.ticket;
    let mut patch = summarise(tx, permit.scope(), ticket).await?;
    let undo = doc! {
        "id": merge_id, "at": tx.now(), "offset": offset, "status": ticket.status, "closed_at": ticket.closed_at,
        "wake_at": ticket.wake_at,
    };
    patch.put(Ticket::merge(), undo);
    patch.put(Ticket::merged_into(), target);
    if ticket.status != Status::Closed {
        enter(ticket, Status::Closed, tx.now(), &mut patch);
    }
    let event = NewEvent { merge_id: Some(merge_id), ..NewEvent::private(EventKind::Merged) };
    change(permit, "tickets.merge", patch, event).apply(tx, source).await
}

/// A change by a merge or its undoing.
pub(super) fn change<'a>(
    permit: &'a Permit<TicketsMerge>,
    action: &'static str,
    patch: Patch<Ticket>,
    event: NewEvent,
) -> Change<'a> {
    let events = vec![event];
    Change { scope: permit.scope(), actor: Some(permit.actor()), action, patch, events, message: None }
}

fn named(error: AppError, id: ObjectId) -> AppError {
    match error {
        AppError::Problem(problem) => (*problem).with("source_id", id.to_hex()).into(),
        other => other,
    }
}

fn refuse(code: Code, message: &str) -> AppError {
    FieldErrors::one("source_ids", code, message).into()
}
