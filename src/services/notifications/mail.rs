//! Tells people of events by mail: clients get the answers to their tickets so, staff what they chose.

use super::recipients::{MAX_RECIPIENTS, wants_mail};
use crate::db::Tx;
use crate::errors::Result;
use crate::models::{
    EventKind, Relation, Status, Ticket, TicketEvent, TicketMessage, User, Visibility, matrix_row,
};
use crate::permissions::{Role, TenantScope};
use crate::services::inbound::{Admitted, admit};
use crate::services::outbound_emails::{TicketEmail, queue_about_ticket};

/// Queues the mails of an event to those of `concerned` who want them: people who may see it now. Whether they still may
/// is asked again when each mail is sent. A person is told of an event once.
pub(super) async fn on_event(
    tx: &mut Tx,
    scope: &TenantScope,
    ticket: &Ticket,
    event: &TicketEvent,
    message: Option<&TicketMessage>,
    concerned: &[(User, Vec<Relation>)],
) -> Result<()> {
    let Some(row) = matrix_row(event.kind) else { return Ok(()) };
    let Some(template) = template(ticket, event, message) else { return Ok(()) };
    let wanting = concerned.iter().filter(|(user, relations)| wants_mail(user, row, relations));
    // A program among the copied could answer another one in their names for ever.
    let by_mail = message.is_some_and(|message| message.via == "email" && !message.author_is_staff);
    for (user, _) in wanting.take(MAX_RECIPIENTS) {
        let passed_on = by_mail && user.role == Role::Client;
        if passed_on && admit(tx, scope, &user.email, Some(ticket.id)).await? != Admitted::Yes {
            tracing::warn!(ticket = %ticket.id, "mail of a client is not passed on to another one any more");
            continue;
        }
        let email = TicketEmail {
            template,
            user,
            ticket_id: ticket.id,
            event_id: event.id,
            message_id: message.filter(|_| event.kind == EventKind::MessageAdded).map(|message| message.id),
        };
        queue_about_ticket(tx, scope, &email).await?;
    }
    Ok(())
}

/// The mail for an event; none for what another mail tells.
fn template(ticket: &Ticket, event: &TicketEvent, message: Option<&TicketMessage>) -> Option<&'static str> {
    let public = message.is_some_and(|message| message.visibility == Visibility::Public);
    match event.kind {
        EventKind::Created => Some("ticket_created"),
        // What staff say among themselves does not go by mail, only that they said it.
        EventKind::MessageAdded => Some(if public { "ticket_reply" } else { "ticket_updated" }),
        EventKind::Assigned => Some("ticket_assigned"),
        // The answer that opens a ticket is told itself.
        EventKind::StatusChanged if public || ticket.status == Status::Open => None,
        EventKind::StatusChanged => Some("ticket_status"),
        _ => Some("ticket_updated"),
    }
}
