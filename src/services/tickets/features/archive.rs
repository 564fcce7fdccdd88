//! Puts tickets that are over out of sight, and back.

use super::super::body::parse_body;
use super::super::change::Change;
use super::super::events::NewEvent;
use super::super::find::{Found, check_not_merged, find};
use crate::answer_once;
use crate::db::{Db, Patch, Tx};
use crate::engine::{WriteRequest, reply};
use crate::errors::{Code, Problem, Result};
use crate::models::{EventKind, Ticket};
use crate::permissions::{Permit, TicketsArchive};
use crate::web::Reply;

/// Archives a solved or closed ticket, or takes it back, and answers with it. Doing it twice changes nothing.
pub async fn archive(
    db: &Db,
    permit: &Permit<TicketsArchive>,
    id: &str,
    request: &WriteRequest,
    away: bool,
) -> Result<Reply> {
    parse_body(&[], &request.body, permit.actor())?;
    answer_once!(db, permit, request, |tx| {
        let current = find(&mut tx, permit, id).await?;
        request.conditions.check(current.ticket.version)?;
        let after = archive_in(&mut tx, permit, current, away).await?;
        reply(permit, &after.document)
    })
}

/// The part that runs in the transaction.
pub async fn archive_in(
    tx: &mut Tx,
    permit: &Permit<TicketsArchive>,
    current: Found,
    away: bool,
) -> Result<Found> {
    let ticket = &current.ticket;
    check_not_merged(tx, permit.caller(), ticket).await?;
    if ticket.archived == away {
        return Ok(current);
    }
    if away && ticket.is_open() {
        let problem = Problem::new(Code::Conflict, "Only solved and closed tickets can be archived.");
        return Err(problem.with("ticket_status", ticket.status.as_str()).into());
    }
    let now = tx.now();
    let patch = Patch::new().set(Ticket::archived(), away).set(Ticket::archived_at(), away.then_some(now));
    let kind = if away { EventKind::Archived } else { EventKind::Unarchived };
    let change = Change {
        scope: permit.scope(),
        actor: Some(permit.actor()),
        action: if away { "tickets.archive" } else { "tickets.unarchive" },
        patch,
        events: vec![NewEvent::private(kind)],
        message: None,
    };
    change.apply(tx, &current).await
}
