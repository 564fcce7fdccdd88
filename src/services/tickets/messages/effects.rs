//! What a message does to its ticket: counts, times, preview, and the status that follows by itself.

use super::insert::NewMessage;
use super::text::preview;
use crate::db::Patch;
use crate::models::{Status, Ticket, TicketMessage, Visibility};
use crate::permissions::Caller;

/// Whether the caller writes for the requester's side: clients, and staff on tickets of their own.
pub fn is_requesters(caller: &Caller, ticket: &Ticket) -> bool {
    !caller.actor().role().is_staff() || caller.actor().user_id() == ticket.requester_id
}

/// Adds the message to counts, times and preview. What is private leaves no trace in what clients see.
pub fn count(
    ticket: &Ticket,
    caller: &Caller,
    new: &NewMessage,
    message: &TicketMessage,
    patch: &mut Patch<Ticket>,
) {
    let at = message.created_at;
    patch.put(Ticket::message_count(), ticket.message_count + 1);
    patch.put(Ticket::message_seq(), message.seq);
    patch.put(Ticket::last_message_at(), at);
    if message.visibility == Visibility::Private {
        return;
    }
    patch.put(Ticket::public_message_count(), ticket.public_message_count + 1);
    patch.put(Ticket::last_public_message_at(), at);
    patch.put(Ticket::last_message_preview(), preview(&message.body));
    if new.opens || is_requesters(caller, ticket) {
        patch.put(Ticket::last_client_message_at(), at);
    } else {
        patch.put(Ticket::last_staff_message_at(), at);
        if ticket.first_responded_at.is_none() {
            patch.put(Ticket::first_responded_at(), at);
        }
    }
}

/// The status that a message brings about by itself. Private notes bring about none.
pub fn automatic(ticket: &Ticket, caller: &Caller, new: &NewMessage) -> Option<Status> {
    if new.visibility() == Visibility::Private {
        return None;
    }
    match (ticket.status, is_requesters(caller, ticket)) {
        (Status::Pending | Status::OnHold | Status::Solved, true) | (Status::New, false) => {
            Some(Status::Open)
        }
        _ => None,
    }
}
