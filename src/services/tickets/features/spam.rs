//! Marks a ticket as spam, which closes it.

use super::super::body::parse_body;
use super::super::change::Change;
use super::super::core::status::enter;
use super::super::events::NewEvent;
use super::super::find::{check_writable, find};
use crate::answer_once;
use crate::db::{Db, Patch};
use crate::engine::{WriteRequest, reply};
use crate::errors::Result;
use crate::models::{EventKind, Status, Ticket};
use crate::permissions::{Permit, TicketsSpam};
use crate::web::Reply;

/// Marks a ticket as spam, closes it, and answers with it. Doing it twice changes nothing.
pub async fn spam(db: &Db, permit: &Permit<TicketsSpam>, id: &str, request: &WriteRequest) -> Result<Reply> {
    parse_body(&[], &request.body, permit.actor())?;
    answer_once!(db, permit, request, |tx| {
        let current = find(&mut tx, permit, id).await?;
        request.conditions.check(current.ticket.version)?;
        check_writable(&mut tx, permit.caller(), &current.ticket).await?;
        if current.ticket.is_spam {
            return reply(permit, &current.document);
        }
        let mut patch = Patch::new().set(Ticket::is_spam(), true);
        if current.ticket.status != Status::Closed {
            enter(&current.ticket, Status::Closed, tx.now(), &mut patch);
        }
        let change = Change {
            scope: permit.scope(),
            actor: Some(permit.actor()),
            action: "tickets.spam",
            patch,
            events: vec![NewEvent::private(EventKind::Spam)],
            message: None,
        };
        let after = change.apply(&mut tx, &current).await?;
        reply(permit, &after.document)
    })
}
