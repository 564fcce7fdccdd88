//! Applies a change to a ticket with all that belongs to it: version, counters, audit entry, history.

use super::events::{self, NewEvent};
use super::find::Found;
use crate::db::{Expr, Model, Patch, Tx};
use crate::engine::audit::{self, Act};
use crate::engine::{adjust_counters, changes};
use crate::errors::{AppError, Code, Result};
use crate::models::{Ticket, TicketMessage};
use crate::permissions::{Actor, TenantScope};

/// A change that is about to be made.
pub struct Change<'a> {
    /// Company.
    pub scope: &'a TenantScope,
    /// Who makes it; none for the system.
    pub actor: Option<&'a Actor>,
    /// What it is called in the audit log, such as `tickets.assign`.
    pub action: &'static str,
    /// New values.
    pub patch: Patch<Ticket>,
    /// What the history tells of it, in this order.
    pub events: Vec<NewEvent>,
    /// Message that belongs to it.
    pub message: Option<&'a TicketMessage>,
}

impl Change<'_> {
    /// Makes the change to a ticket that was read in the same transaction. Rights were checked before: the result may
    /// lie beyond the caller's rows, as when a writer hands a ticket over.
    pub async fn apply(self, tx: &mut Tx, current: &Found) -> Result<Found> {
        let count = i64::try_from(self.events.len()).unwrap_or_default();
        let (id, version) = (current.ticket.id, current.ticket.version);
        let patch = self.patch.inc(Ticket::event_count(), count);
        let guard = Expr::eq("version", version);
        let stored = tx.within::<Ticket>(self.scope).with_trash().update_document(id, &guard, patch).await?;
        let stale =
            || AppError::problem(Code::Conflict, "The ticket was changed at the same time. Try again.");
        let after = Found::read(stored.ok_or_else(stale)?)?;
        let changed = changes::<Ticket>(Some(&current.document), &after.document);
        adjust_counters::<Ticket>(tx, self.scope, Some(&current.document), Some(&after.document)).await?;
        let act = Act {
            action: self.action,
            resource: Ticket::RESOURCE,
            id: Some(id),
            changes: changed.clone(),
            version: Some(after.ticket.version),
        };
        audit::append(tx, self.scope, self.actor, act).await?;
        let first = after.ticket.event_count - count + 1;
        for (seq, mut event) in (first..).zip(self.events) {
            if event.changes.is_empty() {
                event.changes.clone_from(&changed);
            }
            events::record(tx, self.scope, self.actor, &after.ticket, seq, event, self.message).await?;
        }
        Ok(after)
    }
}
