//! Opens tickets for mail.

use super::act::{Outcome, Work};
use super::people::{self, Sender, permit};
use super::stamp::{Marks, NO_SUBJECT, Texts, stamp};
use super::{answer, note};
use crate::db::{Expr, Filter, Tx};
use crate::engine::{Input, create_in};
use crate::errors::{AppError, Result};
use crate::mail::{Automatic, Forwarded, Party};
use crate::models::{Channel, Ticket, TicketMessage, User};
use crate::permissions::TicketsCreate;
use crate::services::tickets::messages::description;
use crate::services::tickets::{Found, is_in_use};
use bson::{doc, oid::ObjectId};

/// A ticket that is about to be opened.
struct New<'a> {
    actor: &'a User,
    requester: &'a User,
    subject: &'a str,
    texts: &'a Texts,
    marks: Marks<'a>,
    related: Option<ObjectId>,
}

/// Opens a ticket for whoever sent the mail and answers, if that is wanted and safe.
pub(super) async fn open(
    tx: &mut Tx,
    work: &Work<'_>,
    sender: &Sender,
    related: Option<ObjectId>,
    automatic: Option<Automatic>,
) -> Result<Outcome> {
    let requester = requester(tx, work, sender).await?;
    let texts = Texts::of(work, !work.mail.ancestors().is_empty());
    let marks = Marks {
        automatic: automatic.map(Automatic::as_str),
        untrusted: related.is_some(),
        ..Marks::default()
    };
    // What is untrusted on another's ticket is plain on the sender's own.
    let marks = Marks { untrusted: false, ..marks };
    let subject = work.mail.subject.as_str();
    let new = New { actor: &requester, requester: &requester, subject, texts: &texts, marks, related };
    let (ticket, message) = file(tx, work, sender, &new).await?;
    let held = answer::created(tx, work, &ticket, &requester, message, automatic).await?;
    let mut outcome = Outcome::processed("none", ticket.id, Some(message));
    outcome.reason = held.map(Automatic::as_str);
    Ok(outcome)
}

/// The account for which a ticket is opened: staff that is proven to be it, else a client, who is made if need be.
async fn requester(tx: &mut Tx, work: &Work<'_>, sender: &Sender) -> Result<User> {
    match sender.staff().or_else(|| sender.client()) {
        Some(known) => Ok(known.clone()),
        None => people::client(tx, work.scope, &sender.party).await,
    }
}

/// Opens a ticket for the one whose mail a person of the staff passed on; what that person added becomes a note.
pub(super) async fn passed_on(
    tx: &mut Tx,
    work: &Work<'_>,
    sender: &Sender,
    staff: &User,
    original: &Forwarded,
) -> Result<Outcome> {
    let requester = people::client(tx, work.scope, &original.sender).await?;
    let by = sender.party.address.as_str();
    let marks = Marks { forwarded_by: Some(by), ..Marks::default() };
    let texts = Texts::plain(&original.text);
    let from = Sender { party: Party::clone(&original.sender), users: Vec::new(), verified: false };
    let subject = original.subject.as_str();
    let new = New { actor: staff, requester: &requester, subject, texts: &texts, marks, related: None };
    let (ticket, message) = file(tx, work, &from, &new).await?;
    if !original.note.is_empty() {
        let stored = tx.within::<Ticket>(work.scope).document(&Expr::eq("_id", ticket.id)).await?;
        let found = Found::read(stored.ok_or_else(|| AppError::bug("a ticket that was not stored"))?)?;
        note::add(tx, work, &found, sender, Marks::default(), &Texts::plain(&original.note)).await?;
    }
    Ok(Outcome { matched: None, ..Outcome::processed("forward", ticket.id, Some(message)) })
}

async fn file(tx: &mut Tx, work: &Work<'_>, sender: &Sender, new: &New<'_>) -> Result<(Ticket, ObjectId)> {
    let scope = work.scope;
    let subject = if new.subject.is_empty() { NO_SUBJECT } else { new.subject };
    let mut fields = doc! {
        "subject": subject, "description": description(&new.texts.body), "channel": Channel::Email,
        "requester_id": new.requester.id, "related_to": new.related,
    };
    if let Some(department) = work.mailbox.department_id
        && is_in_use(tx, scope, department).await?
    {
        fields.insert("department_id", department);
    }
    let permit = permit::<TicketsCreate>(new.actor, scope);
    // The program chose the references: the requester need not see the department.
    let input = Input { fields, trusted: true, ..Input::default() };
    let filed = create_in::<Ticket>(tx, &permit, &input).await?;
    let id = filed.body()["id"].as_str().and_then(|id| ObjectId::parse_str(id).ok());
    let id = id.ok_or_else(|| AppError::bug("a ticket without id"))?;
    let first = Filter::eq(TicketMessage::ticket_id(), id);
    let message = tx.within::<TicketMessage>(scope).find_one(first).await?;
    let message = message.ok_or_else(|| AppError::bug("a ticket without message"))?.id;
    stamp(tx, work, message, sender, new.texts, new.marks).await?;
    let ticket = tx.within::<Ticket>(scope).get(id).await?;
    Ok((ticket, message))
}
