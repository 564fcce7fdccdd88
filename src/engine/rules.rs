//! What a resource adds to the shared write path: its permissions and its own rules.

use super::{FieldChange, changes};
use crate::db::{Draft, Patch, TenantModel, Tx};
use crate::errors::{Code, Result};
use crate::permissions::{Caller, Permission};
use bson::Document;
use std::future::Future;

/// A write under way: its transaction and who asked for it.
pub struct Writing<'a> {
    /// The transaction; everything written through it comes true together.
    pub tx: &'a mut Tx,
    /// Who asked.
    pub caller: &'a Caller,
}

crate::text_enum! {
    /// What a write does to a record.
    pub enum Action {
        /// It is created.
        Create = "create",
        /// Fields change.
        Update = "update",
        /// It goes to the trash.
        Delete = "delete",
        /// It comes back from the trash.
        Restore = "restore",
    }
}

/// A resource that the shared write path serves. Rules run inside the transaction and may refuse.
pub trait Rules: TenantModel {
    /// The permission to create.
    type Create: Permission<Resource = Self>;
    /// The permission to change.
    type Update: Permission<Resource = Self>;
    /// The permission to delete and restore.
    type Delete: Permission<Resource = Self>;

    /// Codes that the rules refuse with besides those of the shared routes, for the API's description.
    const REFUSALS: &'static [Code] = &[];

    /// Completes and checks a new record.
    fn before_create(
        cx: &mut Writing<'_>,
        draft: &mut Draft<Self>,
    ) -> impl Future<Output = Result<()>> + Send {
        let _ = (cx, draft);
        async { Ok(()) }
    }

    /// Completes and checks a change. `patch` holds only fields that really change.
    fn before_update(
        cx: &mut Writing<'_>,
        current: &Self,
        patch: &mut Patch<Self>,
    ) -> impl Future<Output = Result<()>> + Send {
        let _ = (cx, current, patch);
        async { Ok(()) }
    }

    /// Checks whether a record may go.
    fn before_delete(cx: &mut Writing<'_>, current: &Self) -> impl Future<Output = Result<()>> + Send {
        let _ = (cx, current);
        async { Ok(()) }
    }

    /// Does what follows from a change: events, notifications, copies elsewhere.
    fn after_change(
        cx: &mut Writing<'_>,
        action: Action,
        before: Option<&Self>,
        after: &Self,
    ) -> impl Future<Output = Result<()>> + Send {
        let _ = (cx, action, before, after);
        async { Ok(()) }
    }

    /// Tells of a change after everything else was done: its history, whom it concerns.
    fn announce(
        cx: &mut Writing<'_>,
        action: Action,
        after: &Self,
        changes: Vec<FieldChange>,
    ) -> impl Future<Output = Result<()>> + Send {
        let _ = (cx, action, after, changes);
        async { Ok(()) }
    }
}

/// Lets the rules of a record tell of a change, with the list of what changed.
pub(super) async fn announce<M: Rules>(
    tx: &mut Tx,
    caller: &Caller,
    action: Action,
    before: Option<&Document>,
    stored: &Document,
    after: &M,
) -> Result<()> {
    M::announce(&mut Writing { tx, caller }, action, after, changes::<M>(before, stored)).await
}
