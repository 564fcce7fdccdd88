//! What tickets and messages add to the shared write path.

use super::core;
use crate::db::{Draft, Patch};
use crate::engine::{Action, FieldChange, Rules, Writing};
use crate::errors::Result;
use crate::models::{Ticket, TicketMessage};
use crate::permissions::{
    MessagesCreate, MessagesDelete, MessagesUpdate, TicketsCreate, TicketsDelete, TicketsUpdate,
};

impl Rules for Ticket {
    type Create = TicketsCreate;
    type Update = TicketsUpdate;
    type Delete = TicketsDelete;

    async fn before_create(cx: &mut Writing<'_>, draft: &mut Draft<Self>) -> Result<()> {
        core::create::complete(cx, draft).await
    }

    async fn before_update(cx: &mut Writing<'_>, current: &Self, patch: &mut Patch<Self>) -> Result<()> {
        core::update::check(cx, current, patch).await
    }

    async fn announce(
        cx: &mut Writing<'_>,
        action: Action,
        after: &Self,
        changes: Vec<FieldChange>,
    ) -> Result<()> {
        match action {
            Action::Create => core::create::announce(cx, after, changes).await,
            Action::Update => core::update::announce(cx, after, changes).await,
            Action::Delete | Action::Restore => core::delete::announce(cx, action, after, changes).await,
        }
    }
}

/// Messages have actions of their own, since they change their ticket too; this binds their permissions.
impl Rules for TicketMessage {
    type Create = MessagesCreate;
    type Update = MessagesUpdate;
    type Delete = MessagesDelete;
}
