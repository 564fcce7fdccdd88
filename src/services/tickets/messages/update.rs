//! Corrects a message: its author for a quarter of an hour, administrators at any time. Earlier texts are kept.

use super::super::change::Change;
use super::super::events::NewEvent;
use super::super::find::{Found, check_writable};
use super::read::find_message;
use super::repeats::{describe, describe_merged, is_first, replaced};
use super::summary::refresh_preview;
use super::text::{clean_body, description};
use crate::answer_once;
use crate::db::{Expr, Patch, Tx, from_document};
use crate::engine::{Action, Reading, WriteRequest, parse_input, record_change, reply};
use crate::errors::{AppError, Code, Problem, Result};
use crate::models::{EventKind, MAX_REVISIONS, Ticket, TicketMessage, Visibility};
use crate::permissions::{MessagesUpdate, Permission, Permit, Reach};
use crate::web::Reply;
use bson::{Bson, DateTime, Document, doc};

/// How long authors may correct their messages, in milliseconds.
const CORRECTABLE_MS: i64 = 15 * 60 * 1000;

/// Corrects text or formatted text and answers with the message.
pub async fn update(
    db: &crate::db::Db,
    permit: &Permit<MessagesUpdate>,
    ticket: &str,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let clean = clean_body(&request.body).await?;
    answer_once!(db, permit, request, |tx| {
        let (parent, current) = find_message(&mut tx, permit, ticket, id).await?;
        let message: TicketMessage = from_document(&current)?;
        request.conditions.check(message.version)?;
        check_writable(&mut tx, permit.caller(), &parent.ticket).await?;
        check_correctable(permit, &message, tx.now())?;
        let mut fields = read(permit, request, &current)?;
        if fields.contains_key("body_html") {
            fields.insert("body_html", clean.as_deref());
        }
        fields = fields.into_iter().filter(|(name, value)| current.get(name) != Some(value)).collect();
        if fields.is_empty() {
            return reply(permit, &current);
        }
        let mut patch = Patch::<TicketMessage>::from_input(fields);
        patch.put(TicketMessage::edited_at(), tx.now());
        patch.put(TicketMessage::revisions(), revisions(&message, tx.now(), tx.author().map(Bson::from)));
        let stored = replace(&mut tx, permit, &parent, &current, patch, Action::Update).await?;
        reply(permit, &stored)
    })
}

fn read(permit: &Permit<MessagesUpdate>, request: &WriteRequest, current: &Document) -> Result<Document> {
    let reading = Reading {
        write: permit.write_mask(),
        read: permit.read_mask(),
        current: Some(current),
        company: None,
        lenient: request.lenient,
    };
    Ok(parse_input::<TicketMessage>(&request.body, &reading)?.fields)
}

fn check_correctable(permit: &Permit<MessagesUpdate>, message: &TicketMessage, now: DateTime) -> Result<()> {
    if message.redacted_at.is_some() || message.via == "email" {
        let detail = "Messages that were sent by mail or redacted cannot be corrected.";
        return Err(AppError::problem(Code::Conflict, detail));
    }
    let age = now.timestamp_millis() - message.created_at.timestamp_millis();
    if permit.reach() != Reach::All && age > CORRECTABLE_MS {
        let problem = Problem::new(Code::Forbidden, "You may correct a message for 15 minutes.");
        return Err(problem.with("missing_capability", MessagesUpdate::ROW.name).into());
    }
    Ok(())
}

/// The earlier texts with the present one; the oldest go when there are too many.
fn revisions(message: &TicketMessage, now: DateTime, by: Option<Bson>) -> Vec<Document> {
    let mut kept = message.revisions.clone();
    kept.push(doc! {
        "body": &message.body, "body_html": message.body_html.as_deref(), "replaced_at": now, "replaced_by": by,
    });
    let surplus = kept.len().saturating_sub(MAX_REVISIONS);
    kept.split_off(surplus)
}

/// Stores another text of a message, and what the ticket repeats of it.
pub(super) async fn replace<P: Permission<Resource = TicketMessage>>(
    tx: &mut Tx,
    permit: &Permit<P>,
    parent: &Found,
    current: &Document,
    patch: Patch<TicketMessage>,
    action: Action,
) -> Result<Document> {
    let before: TicketMessage = from_document(current)?;
    let guard = Expr::eq("version", before.version);
    let stored = tx.of(permit).update_document(before.id, &guard, patch).await?;
    let stored = stored.ok_or_else(|| AppError::bug("a message that changed within the transaction"))?;
    record_change::<TicketMessage>(tx, permit, action, Some(current), &stored).await?;
    let after: TicketMessage = from_document(&stored)?;
    let mut ticket = Patch::new();
    if after.visibility == Visibility::Public {
        refresh_preview(tx, permit.scope(), parent.ticket.id, &mut ticket).await?;
    }
    let texts = replaced(&before, action);
    if describe(&texts, &parent.ticket)
        && (action == Action::Delete || is_first(tx, permit.scope(), &before).await?)
    {
        ticket.put(Ticket::description(), description(&after.body));
    }
    let kind = if action == Action::Delete { EventKind::MessageRedacted } else { EventKind::MessageEdited };
    let event =
        NewEvent { visibility: after.visibility, message_id: Some(after.id), ..NewEvent::private(kind) };
    let change = Change {
        scope: permit.scope(),
        actor: Some(permit.actor()),
        action: "tickets.message",
        patch: ticket,
        events: vec![event],
        message: Some(&after),
    };
    change.apply(tx, parent).await?;
    describe_merged(tx, permit, &after, &texts).await?;
    Ok(stored)
}
