//! Automatic answers: only to mail of people, never to what might answer back by itself, and never too many.

use super::act::{Outcome, Work, is_mailbox};
use super::recipients::{Admitted, admit};
use crate::db::{Draft, Expr, Filter, Patch, Tx};
use crate::errors::{AppError, Result};
use crate::mail::{Automatic, automatic};
use crate::models::{Company, EventKind, Notification, Ticket, TicketEvent, User, UserStatus};
use crate::permissions::Role;
use crate::services::outbound_emails::{NewEmail, TicketEmail, queue, queue_about_ticket};
use crate::services::tickets::events::NewEvent;
use crate::services::tickets::{Change, Found};
use bson::{doc, oid::ObjectId};
use serde_json::json;

/// Most administrators who are told of a loop.
const MAX_TOLD: i64 = 50;

/// Tells the requester that a ticket was opened. Returns why not, where something forbids it.
pub(super) async fn created(
    tx: &mut Tx,
    work: &Work<'_>,
    ticket: &Ticket,
    requester: &User,
    message: ObjectId,
    automatic: Option<Automatic>,
) -> Result<Option<Automatic>> {
    if let Some(reason) = automatic {
        return Ok(Some(reason));
    }
    if is_mailbox(tx, &requester.email).await? {
        return Ok(Some(Automatic::OwnMailbox));
    }
    if requester.status == UserStatus::Disabled {
        return Ok(Some(Automatic::Blocked));
    }
    if !work.mailbox.auto_reply {
        return Ok(None);
    }
    match admit(tx, work.scope, &requester.email, Some(ticket.id)).await? {
        Admitted::Yes => {}
        Admitted::Suppressed => return Ok(Some(Automatic::Suppressed)),
        Admitted::Capped { first } => {
            held_back(tx, work, ticket, first).await?;
            return Ok(Some(Automatic::Capped));
        }
    }
    let opened = Filter::eq(TicketEvent::ticket_id(), ticket.id)
        .and(Filter::eq(TicketEvent::kind(), EventKind::Created));
    let Some(event) = tx.within::<TicketEvent>(work.scope).find_one(opened).await? else {
        return Err(AppError::bug("a ticket without the event of its opening"));
    };
    // The same mail as a notification of the opening would be: whoever gets one gets no other.
    let email = TicketEmail {
        template: "ticket_created",
        user: requester,
        ticket_id: ticket.id,
        event_id: event.id,
        message_id: Some(message),
    };
    queue_about_ticket(tx, work.scope, &email).await?;
    Ok(None)
}

async fn company(tx: &mut Tx, work: &Work<'_>) -> Result<String> {
    let Some(id) = work.scope.company() else { return Ok(String::new()) };
    let company = tx.within::<Company>(work.scope).find_one(Filter::id(id)).await?;
    Ok(company.map(|company| company.name).unwrap_or_default())
}

/// Notes on the ticket that an answer was held back, and tells administrators the first time.
async fn held_back(tx: &mut Tx, work: &Work<'_>, ticket: &Ticket, tell: bool) -> Result<()> {
    let scope = work.scope;
    let stored = tx.within::<Ticket>(scope).document(&Expr::eq("_id", ticket.id)).await?;
    if let Some(found) = stored.map(Found::read).transpose()? {
        let events = vec![NewEvent::private(EventKind::LoopSuppressed)];
        let (action, patch) = ("tickets.loop_suppressed", Patch::new());
        Change { scope, actor: None, action, patch, events, message: None }.apply(tx, &found).await?;
    }
    if !tell {
        return Ok(());
    }
    let admins =
        Filter::eq(User::role(), Role::CompanyAdmin).and(Filter::eq(User::status(), UserStatus::Active));
    let admins = tx.within::<User>(scope).find(admins, doc! { "_id": 1 }, MAX_TOLD).await?;
    let title = format!("Automatic answers on {} were held back: {}", ticket.reference, ticket.subject);
    let drafts = admins.iter().map(|admin| {
        Draft::new()
            .set(Notification::user_id(), admin.id)
            .set(Notification::event_id(), work.inbound.id)
            .set(Notification::kind(), EventKind::LoopSuppressed)
            .set(Notification::ticket_id(), ticket.id)
            .set(Notification::title(), title.as_str())
    });
    tx.within::<Notification>(scope).insert_many(drafts.collect()).await
}

/// Tells the sender of a mail that is too large that it was not taken in.
pub(super) async fn too_large(tx: &mut Tx, work: &Work<'_>) -> Result<Outcome> {
    let outcome = Outcome::ignored("too_large");
    let Some(sender) = work.mail.sender() else { return Ok(outcome) };
    let to = sender.address.as_str();
    if automatic(work.mail).is_some() || is_mailbox(tx, to).await? {
        return Ok(outcome);
    }
    if admit(tx, work.scope, to, None).await? != Admitted::Yes {
        return Ok(outcome);
    }
    let variables = json!({
        "recipient_name": sender.label(),
        "subject": work.mail.subject,
        "limit_mb": crate::mail::MAX_MAIL >> 20,
        "company": company(tx, work).await?,
    });
    let email = NewEmail {
        template: "mail_too_large",
        to: to.to_owned(),
        to_name: Some(sender.label().to_owned()),
        locale: None,
        variables,
        sensitive: false,
        dedupe_key: format!("mail_too_large:{}", work.inbound.id.to_hex()),
        ticket_id: None,
        message_id: None,
    };
    queue(work.app, tx, work.scope, &email).await?;
    Ok(outcome)
}
