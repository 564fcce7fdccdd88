//! Entries of the audit log about authentication, in the log of the person's company or of the platform.

use crate::db::Tx;
use crate::engine::audit::{self, Act};
use crate::errors::Result;
use crate::models::User;
use crate::permissions::{Actor, CrossTenant, Origin, TenantScope, system};
use bson::oid::ObjectId;

/// Where a person's account belongs: the company, or the platform for operators.
pub(crate) fn scope_of(user: &User, origin: &Origin) -> TenantScope {
    let request_id = origin.request_id.clone();
    system::company_of(user, request_id.clone())
        .unwrap_or_else(|| system::across(CrossTenant::Authentication, request_id))
}

/// Who did something about an account.
#[derive(Clone, Copy)]
pub(crate) enum Doer<'a> {
    /// Someone whom a proof or a session names.
    Actor(&'a Actor),
    /// Nobody knows who; only from where.
    Unknown(&'a Origin),
}

impl<'a> Doer<'a> {
    /// From where it was done.
    pub fn origin(self) -> &'a Origin {
        match self {
            Self::Actor(actor) => actor.origin(),
            Self::Unknown(origin) => origin,
        }
    }
}

/// Records what was done about a person's account.
pub(crate) async fn record(
    tx: &mut Tx,
    scope: &TenantScope,
    doer: Doer<'_>,
    action: &str,
    user: ObjectId,
) -> Result<()> {
    let act = Act { action, resource: "users", id: Some(user), changes: Vec::new(), version: None };
    match doer {
        Doer::Actor(actor) => audit::append(tx, scope, Some(actor), act).await,
        Doer::Unknown(origin) => audit::append_from(tx, scope, None, Some(origin), act).await,
    }
}

/// Records what a person did about their own account.
pub(super) async fn act(
    tx: &mut Tx,
    scope: &TenantScope,
    actor: &Actor,
    action: &str,
    user: ObjectId,
) -> Result<()> {
    record(tx, scope, Doer::Actor(actor), action, user).await
}

/// Records what someone unknown tried on a person's account.
pub(super) async fn attempt(
    tx: &mut Tx,
    scope: &TenantScope,
    origin: &Origin,
    action: &str,
    user: ObjectId,
) -> Result<()> {
    record(tx, scope, Doer::Unknown(origin), action, user).await
}
