//! Moves tickets to the trash and back.

use super::super::events::{self, NewEvent};
use super::super::find::explain;
use crate::answer_once;
use crate::db::{Db, Filter, Patch};
use crate::engine::{Action, FieldChange, WriteRequest, Writing, delete_in};
use crate::errors::Result;
use crate::models::{EventKind, Ticket};
use crate::permissions::{Permit, TicketsDelete};
use crate::web::Reply;

/// Moves a ticket to the trash and answers with it.
///
/// # Errors
/// 409 `deleted` when it is there already, for those who see the trash.
pub async fn delete(
    db: &Db,
    permit: &Permit<TicketsDelete>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    answer_once!(db, permit, request, |tx| {
        match delete_in::<Ticket>(&mut tx, permit, id, request).await {
            Err(error) => Err(explain(&mut tx, permit.caller(), id, error).await?),
            deleted => deleted,
        }
    })
}

/// Writes the history of a move to the trash or back.
pub(in super::super) async fn announce(
    cx: &mut Writing<'_>,
    action: Action,
    ticket: &Ticket,
    changes: Vec<FieldChange>,
) -> Result<()> {
    let kind = if action == Action::Delete { EventKind::Deleted } else { EventKind::Restored };
    let (scope, actor) = (cx.caller.scope(), cx.caller.actor());
    let count = Patch::new().inc(Ticket::event_count(), 1);
    cx.tx.within::<Ticket>(scope).with_trash().update_many(Filter::id(ticket.id), count, false).await?;
    let event = NewEvent { changes, ..NewEvent::private(kind) };
    events::record(cx.tx, scope, Some(actor), ticket, ticket.event_count + 1, event, None).await?;
    Ok(())
}
