//! Adds a message to a ticket, with the status that follows from it.

use super::super::change::Change;
use super::super::core::status::{follow, invalid};
use super::super::events::NewEvent;
use super::super::find::{Found, check_not_merged, find};
use super::follow_up::follow_up;
use super::mentions::check_mentions;
use super::text::clean_body;
use super::{NewMessage, add, is_requesters};
use crate::answer_once;
use crate::db::{Db, Expr, Patch, Tx};
use crate::engine::{Reading, WriteRequest, check_references, parse_input, reply};
use crate::errors::{AppError, Code, Result};
use crate::models::{EventKind, Status, Ticket, TicketMessage, Visibility};
use crate::permissions::{MessagesCreate, Permit, TicketsRead};
use crate::web::Reply;
use bson::Bson;

/// Adds a message and answers 201 with it. A requester's message to a closed ticket opens a new one that continues
/// it: the answer is then the message there.
pub async fn create(
    db: &Db,
    permit: &Permit<MessagesCreate>,
    ticket: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let reading = Reading {
        write: permit.write_mask(),
        read: permit.read_mask(),
        current: None,
        company: permit.scope().company(),
        lenient: request.lenient,
    };
    let input = parse_input::<TicketMessage>(&request.body, &reading)?;
    let new = NewMessage::of_input(&input.fields, clean_body(&request.body).await?);
    answer_once!(db, permit, request, |tx| {
        let current = find(&mut tx, &permit.other::<TicketsRead>(), ticket).await?;
        check_not_merged(&mut tx, permit.caller(), &current.ticket).await?;
        check_references::<TicketMessage>(&mut tx, permit.caller(), &input.fields, None).await?;
        check_mentions(&mut tx, permit.caller(), &current, &new).await?;
        let message = add_in(&mut tx, permit, &current, &new).await?;
        let stored = tx.of(permit).document(&Expr::eq("_id", message.id)).await?;
        let stored = stored.ok_or_else(|| AppError::bug("a message that was not stored"))?;
        let location = format!("/api/tickets/{}/messages/{}", message.ticket_id, message.id);
        Ok(reply(permit, &stored)?.created(location).with_ignored(&input.ignored))
    })
}

/// The part that runs in the transaction.
pub(crate) async fn add_in(
    tx: &mut Tx,
    permit: &Permit<MessagesCreate>,
    current: &Found,
    new: &NewMessage,
) -> Result<TicketMessage> {
    let (caller, ticket) = (permit.caller(), &current.ticket);
    let public = new.visibility() == Visibility::Public;
    let requesters = public && is_requesters(caller, ticket);
    match ticket.status {
        Status::Closed if requesters => return follow_up(tx, caller, ticket, new).await,
        Status::Closed if public => {
            return Err(invalid(Status::Closed, Status::Open, caller.actor().role()));
        }
        _ => {}
    }
    if ticket.archived && !requesters {
        return Err(AppError::problem(Code::Archived, "The ticket is archived: it can only be read."));
    }
    let mut patch = Patch::new();
    let message = add(tx, caller, ticket, new, &mut patch).await?;
    follow(tx, caller, ticket, new, &mut patch).await?;
    let mut events = Vec::new();
    if ticket.archived {
        patch.put(Ticket::archived(), false);
        patch.put(Ticket::archived_at(), Bson::Null);
        events.push(NewEvent::private(EventKind::Unarchived));
    }
    events.push(NewEvent {
        visibility: message.visibility,
        message_id: Some(message.id),
        ..NewEvent::private(EventKind::MessageAdded)
    });
    let change = Change {
        scope: permit.scope(),
        actor: Some(permit.actor()),
        action: "tickets.message",
        patch,
        events,
        message: Some(&message),
    };
    change.apply(tx, current).await?;
    Ok(message)
}
