//! Writes one message and counts it on its ticket.

use super::effects::count;
use super::text::CleanHtml;
use crate::db::{Draft, Patch, Tx, from_document};
use crate::engine::{Action, record_change};
use crate::errors::{Code, Problem, Result};
use crate::models::{MessageKind, Ticket, TicketMessage, Visibility};
use crate::permissions::{Caller, MessagesCreate};
use crate::services::uploads;
use bson::{Bson, Document, oid::ObjectId};

/// Most messages of a ticket.
pub const MAX_MESSAGES: i64 = 5000;

/// A message that is about to be written.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Public reply or private note.
    pub kind: MessageKind,
    /// Plain text.
    pub body: String,
    /// Formatted text, not cleaned yet.
    pub body_html: Option<CleanHtml>,
    /// Files that it carries.
    pub attachment_ids: Vec<ObjectId>,
    /// People mentioned, who were checked.
    pub mention_ids: Vec<ObjectId>,
    /// How it came in.
    pub via: &'static str,
    /// It opens the ticket: whoever wrote it, it is what the requester asks.
    pub opens: bool,
}

impl NewMessage {
    /// A message of plain text.
    pub fn plain(kind: MessageKind, text: &str) -> Self {
        Self {
            kind,
            body: text.to_owned(),
            body_html: None,
            mention_ids: Vec::new(),
            attachment_ids: Vec::new(),
            via: "web",
            opens: false,
        }
    }

    /// The first message of a ticket.
    pub fn opening(text: &str) -> Self {
        Self { opens: true, ..Self::plain(MessageKind::PublicReply, text) }
    }

    /// A message as a body gives it, with its formatted text as it was cleaned.
    pub fn of_input(fields: &Document, body_html: Option<CleanHtml>) -> Self {
        let text = |name: &str| fields.get_str(name).ok();
        let kind = text("kind").and_then(MessageKind::parse).unwrap_or(MessageKind::PublicReply);
        Self {
            body_html,
            mention_ids: super::super::body::ids(fields, "mention_ids"),
            attachment_ids: super::super::body::ids(fields, "attachment_ids"),
            ..Self::plain(kind, text("body").unwrap_or_default())
        }
    }

    /// Who may read it.
    pub fn visibility(&self) -> Visibility {
        match self.kind {
            MessageKind::PublicReply | MessageKind::Bot => Visibility::Public,
            MessageKind::PrivateNote | MessageKind::SideConversation | MessageKind::System => {
                Visibility::Private
            }
        }
    }
}

/// Writes a message as the next one of the ticket and adds to `patch` what it changes there but the status.
///
/// # Errors
/// 409 `message_limit` when the ticket is full.
pub async fn add(
    tx: &mut Tx,
    caller: &Caller,
    ticket: &Ticket,
    new: &NewMessage,
    patch: &mut Patch<Ticket>,
) -> Result<TicketMessage> {
    if ticket.message_count >= MAX_MESSAGES {
        let detail = format!("A ticket holds {MAX_MESSAGES} messages at most. File another one.");
        return Err(Problem::new(Code::MessageLimit, detail).with("limit", MAX_MESSAGES).into());
    }
    let seq = ticket.message_seq.unwrap_or(ticket.message_count) + 1;
    let message = insert(tx, caller, ticket.id, seq, new).await?;
    count(ticket, caller, new, &message, patch);
    Ok(message)
}

/// Writes a message under a number.
pub async fn insert(
    tx: &mut Tx,
    caller: &Caller,
    ticket: ObjectId,
    seq: i64,
    new: &NewMessage,
) -> Result<TicketMessage> {
    let actor = caller.actor();
    let id = ObjectId::new();
    let attachments = uploads::attach(tx, caller, id, &new.attachment_ids).await?;
    let draft = Draft::with_id(id)
        .set(TicketMessage::ticket_id(), ticket)
        .set(TicketMessage::seq(), seq)
        .set(TicketMessage::kind(), new.kind)
        .set(TicketMessage::visibility(), new.visibility())
        .set(TicketMessage::author_id(), actor.user_id())
        .set(TicketMessage::author_name(), actor.name())
        .set(TicketMessage::author_is_staff(), actor.role().is_staff())
        .set(TicketMessage::via(), new.via)
        .set(TicketMessage::body(), new.body.as_str())
        .set(TicketMessage::body_html(), new.body_html.as_deref())
        .set(
            TicketMessage::mention_ids(),
            new.mention_ids.iter().copied().map(Bson::from).collect::<Vec<_>>(),
        )
        .set(TicketMessage::attachment_ids(), new.attachment_ids.clone())
        .set(TicketMessage::attachments(), attachments);
    let permit = caller.permit::<MessagesCreate>();
    let stored = tx.of(&permit).insert_document(draft).await?;
    record_change::<TicketMessage>(tx, &permit, Action::Create, None, &stored).await?;
    Ok(from_document(&stored)?)
}
