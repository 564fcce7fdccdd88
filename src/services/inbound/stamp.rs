//! Writes on a message what it has from the mail that it came in by.

use super::act::Work;
use super::people::Sender;
use crate::db::{Filter, Patch, Tx};
use crate::errors::Result;
use crate::mail::{MailPart, Party, new_text};
use crate::models::TicketMessage;
use crate::services::tickets::messages::{CleanHtml, clean_html};
use bson::{Bson, DateTime, Document, doc, oid::ObjectId};

/// What stands where a mail has no words.
pub(super) const NO_TEXT: &str = "(This mail has no text.)";
/// What stands where a mail has no subject.
pub(super) const NO_SUBJECT: &str = "(no subject)";
/// Most characters of the HTML of a message.
const MAX_HTML: usize = 100_000;

/// The texts of a message.
#[derive(Clone, Debug)]
pub(super) struct Texts {
    /// What is new in it.
    pub body: String,
    /// The same with formatting; none when something was taken out.
    pub html: Option<CleanHtml>,
    /// All of it, when something was taken out.
    pub full: Option<String>,
}

impl Texts {
    /// The texts of a mail: answers without what they quote.
    pub fn of(work: &Work<'_>, answers: bool) -> Self {
        let text = work.mail.text.as_str();
        let body = if answers { new_text(text) } else { text.to_owned() };
        let cut = body != text;
        let html = work.mail.html.as_deref().filter(|_| !cut).and_then(clean_html);
        Self {
            html: html.filter(|html| html.chars().count() <= MAX_HTML),
            full: cut.then(|| text.to_owned()),
            body: if body.is_empty() { NO_TEXT.to_owned() } else { body },
        }
    }

    /// A text alone.
    pub fn plain(text: &str) -> Self {
        let body = if text.is_empty() { NO_TEXT } else { text };
        Self { body: body.chars().take(60_000).collect(), html: None, full: None }
    }
}

/// What is noted of a mail on its message besides its texts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks<'a> {
    /// The sender has no part in the ticket.
    pub untrusted: bool,
    /// Why it counts as automatic.
    pub automatic: Option<&'static str>,
    /// Who of the staff passed it on.
    pub forwarded_by: Option<&'a str>,
}

/// Completes a message that was written a moment ago.
pub(super) async fn stamp(
    tx: &mut Tx,
    work: &Work<'_>,
    message: ObjectId,
    sender: &Sender,
    texts: &Texts,
    marks: Marks<'_>,
) -> Result<()> {
    let patch = Patch::new()
        .set(TicketMessage::via(), "email")
        .set(TicketMessage::body(), texts.body.as_str())
        .set(TicketMessage::body_html(), texts.html.as_deref())
        .set(TicketMessage::full_body(), texts.full.as_deref())
        .set(TicketMessage::is_auto_response(), marks.automatic.is_some() && !marks.untrusted)
        .set(TicketMessage::email(), about(work, sender, marks))
        .set(TicketMessage::email_parts(), work.mail.parts.iter().map(part).collect::<Vec<_>>())
        .set(TicketMessage::mailbox_id(), work.mailbox.id)
        .set(TicketMessage::mail_id(), work.inbound.message_id.as_str());
    tx.within::<TicketMessage>(work.scope).update_many(Filter::id(message), patch, false).await.map(drop)
}

fn about(work: &Work<'_>, sender: &Sender, marks: Marks<'_>) -> Document {
    let addresses = |people: &[Party]| -> Vec<String> {
        people.iter().map(|party| party.address.as_str().to_owned()).collect()
    };
    doc! {
        "from": sender.party.address.as_str(),
        "from_name": &sender.party.name,
        "to": addresses(&work.mail.to),
        "cc": addresses(&work.mail.cc),
        "subject": &work.mail.subject,
        "message_id": &work.inbound.message_id,
        "date": work.mail.date.map(DateTime::from_millis),
        "verified": sender.verified,
        "untrusted": marks.untrusted,
        "automatic": marks.automatic,
        "forwarded_by": marks.forwarded_by,
        "inbound_id": work.inbound.id,
    }
}

fn part(part: &MailPart) -> Bson {
    let number = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
    doc! {
        "part": number(part.number),
        "filename": &part.filename,
        "content_type": &part.content_type,
        "size": number(part.size),
        "content_id": part.content_id.as_deref(),
    }
    .into()
}
