//! Changes fields of a ticket; two people who change different fields both succeed.

use super::super::events::{self, NewEvent};
use super::super::find::{check_writable, explain};
use super::create::category;
use crate::answer_once;
use crate::db::{Db, Patch};
use crate::engine::{FieldChange, WriteRequest, Writing, update_in};
use crate::errors::{AppError, Code, Result};
use crate::models::{EventKind, Status, Ticket};
use crate::permissions::{Permit, Role, TicketsUpdate};
use crate::web::Reply;

/// Changes the given fields and answers with the ticket.
///
/// # Errors
/// 409 `deleted`, `ticket_merged`, `archived`, or `version_conflict` with both values of each field.
pub async fn update(
    db: &Db,
    permit: &Permit<TicketsUpdate>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    answer_once!(db, permit, request, |tx| {
        match update_in::<Ticket>(&mut tx, permit, id, request).await {
            Err(error) => Err(explain(&mut tx, permit.caller(), id, error).await?),
            updated => updated,
        }
    })
}

/// Checks a change before it is made.
pub(in super::super) async fn check(
    cx: &mut Writing<'_>,
    current: &Ticket,
    patch: &mut Patch<Ticket>,
) -> Result<()> {
    if patch.is_empty() {
        return Ok(());
    }
    check_writable(cx.tx, cx.caller, current).await?;
    let waits_for_client = matches!(current.status, Status::New | Status::Pending);
    if cx.caller.actor().role() == Role::Client && patch.get(Ticket::subject()).is_some() && !waits_for_client
    {
        let detail = "The subject can be changed while the ticket is new or waits for you.";
        return Err(AppError::problem(Code::Conflict, detail));
    }
    category(cx.tx, cx.caller, patch.get(Ticket::category_id())).await?;
    *patch = std::mem::take(patch).inc(Ticket::event_count(), 1);
    Ok(())
}

/// Writes the history of a change.
pub(in super::super) async fn announce(
    cx: &mut Writing<'_>,
    ticket: &Ticket,
    changes: Vec<FieldChange>,
) -> Result<()> {
    let event = NewEvent { changes, ..NewEvent::private(EventKind::Updated) };
    let (scope, actor) = (cx.caller.scope(), cx.caller.actor());
    events::record(cx.tx, scope, Some(actor), ticket, ticket.event_count, event, None).await?;
    Ok(())
}
