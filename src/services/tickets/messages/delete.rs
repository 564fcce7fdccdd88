//! Redacts a message: its text is taken out for good, the message itself stays in its place.

use super::super::find::Found;
use super::read::find_message;
use super::text::REDACTED;
use super::update::replace;
use crate::answer_once;
use crate::db::{Db, Expr, Filter, Op, Patch, Tx, from_document};
use crate::engine::{Action, WriteRequest, reply};
use crate::errors::{AppError, Result};
use crate::models::{Ticket, TicketMessage};
use crate::permissions::{MessagesDelete, Permit};
use crate::services::inbound;
use crate::services::uploads;
use crate::web::Reply;
use bson::{Bson, DateTime, Document};

/// Takes the text out of a message and all copies of it, with the earlier texts, and answers with the message.
pub async fn redact(
    db: &Db,
    permit: &Permit<MessagesDelete>,
    ticket: &str,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    answer_once!(db, permit, request, |tx| {
        let (parent, current) = find_message(&mut tx, permit, ticket, id).await?;
        request.conditions.check(current.get_i64("version").unwrap_or_default())?;
        if current.get("redacted_at").is_some_and(|at| *at != Bson::Null) {
            return reply(permit, &current);
        }
        let patch = blank(tx.now());
        let files = from_document::<TicketMessage>(&current)?.attachment_ids.unwrap_or_default();
        uploads::detach(&mut tx, permit.scope(), Some(permit.actor()), &files).await?;
        inbound::forget(&mut tx, permit.scope(), &current).await?;
        let stored = replace(&mut tx, permit, &parent, &current, patch, Action::Delete).await?;
        redact_copies(&mut tx, permit, &from_document(&stored)?).await?;
        reply(permit, &stored)
    })
}

/// A message without its text.
fn blank(now: DateTime) -> Patch<TicketMessage> {
    Patch::new()
        .set(TicketMessage::body(), REDACTED)
        .set(TicketMessage::body_html(), Bson::Null)
        .set(TicketMessage::revisions(), Vec::<Document>::new())
        .set(TicketMessage::attachment_ids(), Vec::<Bson>::new())
        .set(TicketMessage::attachments(), Vec::<Document>::new())
        .set(TicketMessage::full_body(), Bson::Null)
        .set(TicketMessage::email(), Bson::Null)
        .set(TicketMessage::email_parts(), Vec::<Document>::new())
        .set(TicketMessage::redacted_at(), now)
}

/// Redacts whatever was copied from the message, and what it was copied from: whoever takes a text out means it to be
/// gone, not to stand in another ticket.
async fn redact_copies(tx: &mut Tx, permit: &Permit<MessagesDelete>, redacted: &TicketMessage) -> Result<()> {
    let (scope, original) = (permit.scope(), redacted.copied_from.unwrap_or(redacted.id));
    let left = Expr::or([Expr::eq("_id", original), Expr::eq("copied_from", original)]).and(Expr::cmp(
        "redacted_at",
        Op::Eq,
        Bson::Null,
    ));
    while let Some(copy) = tx.within::<TicketMessage>(scope).document(&left).await? {
        let ticket = from_document::<TicketMessage>(&copy)?.ticket_id;
        let ticket = Filter::<Ticket>::id(ticket).into_expr();
        let parent = tx.within::<Ticket>(scope).with_trash().document(&ticket).await?;
        let parent = Found::read(parent.ok_or_else(|| AppError::bug("a message without its ticket"))?)?;
        let patch = blank(tx.now());
        replace(tx, permit, &parent, &copy, patch, Action::Delete).await?;
    }
    Ok(())
}
