//! Undoes a merge within a week: the messages go back, and the ticket is what it was.

use super::super::body::parse_body;
use super::super::events::NewEvent;
use super::super::find::{Found, explain, find};
use super::super::messages::summarise;
use super::merge::change;
use crate::answer_once;
use crate::db::{Db, Expr, Filter, Patch, Tx};
use crate::engine::{WriteRequest, reply};
use crate::errors::{AppError, Code, Problem, Result};
use crate::models::{EventKind, Status, Ticket, TicketMessage, Visibility};
use crate::permissions::{Permit, TicketsMerge};
use crate::web::Reply;
use bson::{Bson, Document, oid::ObjectId};

/// How long a merge can be undone, in milliseconds.
const UNDO_MS: i64 = 7 * 86_400_000;

/// Takes the ticket of the path out of the one into which it was merged, and answers with it.
///
/// # Errors
/// 409 when it is not merged, was merged more than a week ago, or the target was itself merged since.
pub async fn unmerge(
    db: &Db,
    permit: &Permit<TicketsMerge>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    parse_body(&[], &request.body, permit.actor())?;
    answer_once!(db, permit, request, |tx| {
        let source = find(&mut tx, permit, id).await?;
        let (target, undo) = match (source.ticket.merged_into, source.ticket.merge.clone()) {
            (Some(target), Some(undo)) => (target, undo),
            _ => return Err(AppError::problem(Code::Conflict, "The ticket is not merged into another.")),
        };
        let at = undo.get_datetime("at").map(|at| at.timestamp_millis()).unwrap_or_default();
        if tx.now().timestamp_millis() - at > UNDO_MS {
            return Err(AppError::problem(Code::Conflict, "A merge can be undone for seven days."));
        }
        let target = self::target(&mut tx, permit, target).await?;
        let after = undo_in(&mut tx, permit, source, target, &undo).await?;
        reply(permit, &after.document)
    })
}

async fn target(tx: &mut Tx, permit: &Permit<TicketsMerge>, id: ObjectId) -> Result<Found> {
    let found = tx.of(permit).document(&Expr::eq("_id", id)).await?;
    let Some(document) = found else {
        return Err(explain(tx, permit.caller(), &id.to_hex(), AppError::not_found()).await?);
    };
    let target = Found::read(document)?;
    if let Some(next) = target.ticket.merged_into {
        let problem =
            Problem::new(Code::TicketMerged, "The target was itself merged since. Undo that first.");
        return Err(problem.with("target_id", next.to_hex()).into());
    }
    Ok(target)
}

async fn undo_in(
    tx: &mut Tx,
    permit: &Permit<TicketsMerge>,
    source: Found,
    target: Found,
    undo: &Document,
) -> Result<Found> {
    let scope = permit.scope();
    let missing = |_| AppError::bug("a merge without id or offset");
    let (merge_id, offset) =
        (undo.get_object_id("id").map_err(missing)?, undo.get_i64("offset").map_err(missing)?);
    // One merge may have had several sources: each has a range of numbers of its own.
    let last = source.ticket.message_seq.unwrap_or(source.ticket.message_count);
    let moved = || {
        Filter::eq(TicketMessage::ticket_id(), target.ticket.id)
            .and(Filter::eq(TicketMessage::merge_ids(), merge_id))
            .and(Expr::cmp("seq", crate::db::Op::Gt, offset))
            .and(Expr::cmp("seq", crate::db::Op::Lte, offset + last))
    };
    let hidden = moved().and(Filter::eq(TicketMessage::hidden_by(), merge_id));
    let show = Patch::new()
        .set(TicketMessage::visibility(), Visibility::Public)
        .set(TicketMessage::hidden_by(), Bson::Null);
    tx.within::<TicketMessage>(scope).update_many(hidden, show, true).await?;
    let own = moved().and(Filter::eq(TicketMessage::origin_ticket_id(), source.ticket.id));
    let origin = Patch::new().set(TicketMessage::origin_ticket_id(), Bson::Null);
    tx.within::<TicketMessage>(scope).update_many(own, origin, false).await?;
    let back = Patch::new()
        .set(TicketMessage::ticket_id(), source.ticket.id)
        .inc(TicketMessage::seq(), -offset)
        .pull(TicketMessage::merge_ids(), [merge_id]);
    tx.within::<TicketMessage>(scope).update_many(moved(), back, true).await?;

    let event = || NewEvent { merge_id: Some(merge_id), ..NewEvent::private(EventKind::Unmerged) };
    let patch = summarise(tx, scope, &target.ticket).await?;
    change(permit, "tickets.unmerge", patch, event()).apply(tx, &target).await?;
    let status = undo.get_str("status").ok().and_then(Status::parse).unwrap_or(Status::Open);
    let time = |name: &str| undo.get_datetime(name).ok().copied();
    let patch = summarise(tx, scope, &source.ticket)
        .await?
        .set(Ticket::merged_into(), Bson::Null)
        .set(Ticket::merge(), Bson::Null)
        .set(Ticket::status(), status)
        .set(Ticket::closed_at(), time("closed_at"))
        .set(Ticket::wake_at(), time("wake_at"));
    change(permit, "tickets.unmerge", patch, event()).apply(tx, &source).await
}
