//! Splits messages off into a ticket of their own; they also stay where they were.

use super::super::assignee::is_in_use;
use super::super::body::{ids, parse_body};
use super::super::change::Change;
use super::super::events::NewEvent;
use super::super::find::{Found, check_writable, find};
use super::super::messages::{description, summarise};
use crate::answer_once;
use crate::db::{Db, Draft, Expr, Filter, Patch, Tx, from_document};
use crate::engine::{Action, Input, WriteRequest, create_in, record_change, reply};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{EventKind, Ticket, TicketMessage, Visibility};
use crate::permissions::{MessagesCreate, Permit, TicketsCreate, TicketsSplit};
use crate::schema::{FieldSpec, Kind};
use crate::web::Reply;
use bson::{Document, doc, oid::ObjectId};

/// Most messages of one split.
const MAX_SPLIT: usize = 100;

/// Body of a split.
pub const BODY: &[FieldSpec] = &[
    FieldSpec::new(Kind::Ids { of: "", max: MAX_SPLIT })
        .required()
        .named("message_ids", "Messages to split off."),
    FieldSpec::text(1, 200)
        .nullable()
        .named("subject", "Subject of the new ticket; that of the old one if none."),
];

/// Makes a ticket of some messages of another and answers 201 with it.
pub async fn split(
    db: &Db,
    permit: &Permit<TicketsSplit>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let body = parse_body(BODY, &request.body, permit.actor())?;
    let wanted = ids(&body, "message_ids");
    answer_once!(db, permit, request, |tx| {
        let source = find(&mut tx, permit, id).await?;
        check_writable(&mut tx, permit.caller(), &source.ticket).await?;
        let messages = chosen(&mut tx, permit, &source.ticket, &wanted).await?;
        let subject = body.get_str("subject").unwrap_or(&source.ticket.subject).to_owned();
        let made = file(&mut tx, permit, &source.ticket, &subject).await?;
        for (seq, message) in (1..).zip(&messages) {
            copy(&mut tx, permit, message, made.ticket.id, seq).await?;
        }
        let mut patch = summarise(&mut tx, permit.scope(), &made.ticket).await?;
        patch.put(Ticket::message_seq(), i64::try_from(messages.len()).unwrap_or(i64::MAX));
        let first = messages.iter().find(|message| message.visibility == Visibility::Public);
        patch.put(Ticket::description(), first.map(|message| description(&message.body)));
        let made = link(permit, patch).apply(&mut tx, &made).await?;
        link(permit, Patch::new()).apply(&mut tx, &source).await?;
        let location = format!("/api/tickets/{}", made.ticket.id);
        Ok(reply(permit, &made.document)?.created(location))
    })
}

/// The messages, oldest first; all must belong to the ticket.
async fn chosen(
    tx: &mut Tx,
    permit: &Permit<TicketsSplit>,
    ticket: &Ticket,
    wanted: &[ObjectId],
) -> Result<Vec<TicketMessage>> {
    let refuse = |code, message: &str| AppError::from(FieldErrors::one("message_ids", code, message));
    let theirs = Filter::ids(wanted.iter().copied()).and(Filter::eq(TicketMessage::ticket_id(), ticket.id));
    let limit = i64::try_from(wanted.len()).unwrap_or(i64::MAX);
    let sort = doc! { "created_at": 1, "_id": 1 };
    let found = tx.within::<TicketMessage>(permit.scope()).find(theirs, sort, limit).await?;
    if found.len() < wanted.len() {
        return Err(refuse(Code::ReferenceNotFound, "Names a record that does not exist."));
    }
    Ok(found)
}

/// Files the new ticket for the same requester, without a message yet.
async fn file(tx: &mut Tx, permit: &Permit<TicketsSplit>, source: &Ticket, subject: &str) -> Result<Found> {
    // The department may have been closed since.
    let department = match source.department_id {
        Some(id) if is_in_use(tx, permit.scope(), id).await? => Some(id),
        _ => None,
    };
    let fields: Document = doc! {
        "subject": subject, "requester_id": source.requester_id, "cc_ids": source.cc_ids.clone(),
        "kind": &source.kind, "priority": source.priority, "channel": source.channel,
        "category_id": source.category_id, "department_id": department,
        "split_from": source.id,
    };
    let create = permit.caller().permit::<TicketsCreate>();
    let filed = create_in::<Ticket>(tx, &create, &Input { fields, ..Input::default() }).await?;
    let id = filed.body()["id"].as_str().and_then(|id| ObjectId::parse_str(id).ok());
    let id = id.ok_or_else(|| AppError::bug("a ticket without id"))?;
    let stored = tx.within::<Ticket>(permit.scope()).document(&Expr::eq("_id", id)).await?;
    Found::read(stored.ok_or_else(|| AppError::bug("a ticket that was not stored"))?)
}

/// Copies a message with author, time and visibility.
async fn copy(
    tx: &mut Tx,
    permit: &Permit<TicketsSplit>,
    message: &TicketMessage,
    ticket: ObjectId,
    seq: i64,
) -> Result<()> {
    let draft = Draft::new()
        .set(TicketMessage::ticket_id(), ticket)
        .set(TicketMessage::origin_ticket_id(), message.origin_ticket_id.unwrap_or(message.ticket_id))
        .set(TicketMessage::copied_from(), message.copied_from.unwrap_or(message.id))
        .set(TicketMessage::seq(), seq)
        .set(TicketMessage::kind(), message.kind)
        .set(TicketMessage::visibility(), message.visibility)
        .set(TicketMessage::author_id(), message.author_id)
        .set(TicketMessage::author_name(), message.author_name.as_str())
        .set(TicketMessage::author_is_staff(), message.author_is_staff)
        .set(TicketMessage::via(), message.via.as_str())
        .set(TicketMessage::body(), message.body.as_str())
        .set(TicketMessage::body_html(), message.body_html.as_deref())
        .set(TicketMessage::attachment_ids(), message.attachment_ids.clone().unwrap_or_default())
        .set(TicketMessage::attachments(), message.attachments.clone().unwrap_or_default())
        .set(TicketMessage::is_auto_response(), message.is_auto_response)
        .set(TicketMessage::redacted_at(), message.redacted_at);
    let create = permit.caller().permit::<MessagesCreate>();
    let stored = tx.of(&create).insert_document(draft).await?;
    record_change::<TicketMessage>(tx, &create, Action::Create, None, &stored).await?;
    let copied: TicketMessage = from_document(&stored)?;
    let mut times = Patch::new();
    times.put_reserved("created_at", message.created_at);
    tx.within::<TicketMessage>(permit.scope()).update_many(Filter::id(copied.id), times, false).await?;
    Ok(())
}

fn link(permit: &Permit<TicketsSplit>, patch: Patch<Ticket>) -> Change<'_> {
    Change {
        scope: permit.scope(),
        actor: Some(permit.actor()),
        action: "tickets.split",
        patch,
        events: vec![NewEvent::private(EventKind::Split)],
        message: None,
    }
}
