//! Reads what belongs to a ticket, messages and events alike: the ticket itself is looked at first.

use super::super::find::{Found, find};
use crate::db::{Db, Expr, Op, Tx};
use crate::engine::{self, ListQuery, Listing, Preconditions, list_where};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::TicketMessage;
use crate::permissions::{MessagesRead, Permission, Permit, TicketsRead};
use crate::web::Reply;
use bson::{Document, oid::ObjectId};

/// Records of `P`'s resource that belong to a ticket which the caller sees.
pub async fn list_of<P: Permission>(
    db: &Db,
    permit: &Permit<P>,
    ticket: &str,
    query: &ListQuery,
) -> Result<Listing> {
    let parent = engine::get(db, &permit.other::<TicketsRead>(), ticket).await?;
    let id = parent.get_object_id("_id").map_err(|_| AppError::bug("a ticket without id"))?;
    list_where(db, permit, query, Expr::eq("ticket_id", id)).await
}

/// As [`list_of`], of the ticket that the filter names: without one there is nothing to check the caller against.
pub async fn list_by_filter<P: Permission>(
    db: &Db,
    permit: &Permit<P>,
    query: &ListQuery,
) -> Result<Listing> {
    let named = ticket_of(&query.filter).ok_or_else(|| {
        let message = "Required: say of which ticket, as in {\"ticket_id\": \"…\"}.";
        AppError::from(FieldErrors::one("ticket_id", Code::FilterNotAllowed, message))
    })?;
    list_of(db, permit, &named.to_hex(), query).await
}

/// The one ticket that a filter admits.
fn ticket_of(filter: &Expr) -> Option<ObjectId> {
    match filter {
        Expr::Cmp(field, Op::Eq, value) if field == "ticket_id" => value.as_object_id(),
        Expr::And(parts) => parts.iter().find_map(ticket_of),
        _ => None,
    }
}

/// One message of a ticket.
pub async fn show(
    db: &Db,
    permit: &Permit<MessagesRead>,
    ticket: &str,
    id: &str,
    conditions: &Preconditions,
) -> Result<Reply> {
    let parent = engine::get(db, &permit.other::<TicketsRead>(), ticket).await?;
    let message = engine::get(db, permit, id).await?;
    if message.get("ticket_id") != parent.get("_id") {
        return Err(AppError::not_found());
    }
    engine::show(db, permit, id, conditions).await
}

/// A ticket and one of its messages, for an action on the message: 404 if either is not seen, 403 if not covered.
pub(super) async fn find_message<P: Permission<Resource = TicketMessage>>(
    tx: &mut Tx,
    permit: &Permit<P>,
    ticket: &str,
    id: &str,
) -> Result<(Found, Document)> {
    let parent = find(tx, &permit.other::<TicketsRead>(), ticket).await?;
    let message = engine::visible::<TicketMessage, P>(tx, permit, id, false).await?;
    if message.get_object_id("ticket_id").ok() != Some(parent.ticket.id) {
        return Err(AppError::not_found());
    }
    Ok((parent, message))
}
