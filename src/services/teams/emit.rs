//! Which connections are told of an event: by event, department and priority.

use super::post::{Post, Posted};
use crate::db::{Filter, Tx};
use crate::errors::Result;
use crate::jobs::{When, enqueue};
use crate::models::{TeamsConnection, Ticket, TicketEvent, TicketMessage};
use crate::permissions::TenantScope;
use crate::services::webhooks;
use bson::doc;

/// Most connections of a company.
pub const MAX_CONNECTIONS: i64 = 20;

/// Writes the jobs of an event. Call it once for each event, after ticket, event and message were written.
pub async fn on_event(
    tx: &mut Tx,
    scope: &TenantScope,
    ticket: &Ticket,
    event: &TicketEvent,
    message: Option<&TicketMessage>,
) -> Result<()> {
    let all =
        Filter::eq(TeamsConnection::is_active(), true).and(Filter::eq(TeamsConnection::events(), event.kind));
    let all = tx.within::<TeamsConnection>(scope).find(all, doc! { "_id": 1 }, MAX_CONNECTIONS).await?;
    for connection in all.into_iter().filter(|connection| wants(connection, ticket)) {
        let Some(message) = webhooks::told(event, message, connection.include_private) else { continue };
        let posted = Posted {
            connection_id: connection.id,
            ticket_id: ticket.id,
            event_id: event.id,
            message_id: message.map(|message| message.id),
        };
        enqueue::<Post>(tx, scope, &posted, When::default()).await?;
    }
    Ok(())
}

fn wants(connection: &TeamsConnection, ticket: &Ticket) -> bool {
    let department = connection.department_ids.is_empty()
        || ticket.department_id.is_some_and(|id| connection.department_ids.contains(&id));
    let priority = connection.priorities.is_empty()
        || connection.priorities.iter().any(|name| name == ticket.priority.as_str());
    department && priority
}
