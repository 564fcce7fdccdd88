//! Entries of the audit log about authentication, in the log of the person's company or of the platform.

use crate::db::Tx;
use crate::engine::audit::{self, Act};
use crate::errors::Result;
use crate::models::User;
use crate::permissions::{Actor, CrossTenant, Origin, TenantScope, system};
use bson::oid::ObjectId;

/// Where a person's account belongs: the company, or the platform for operators.
pub(super) fn scope_of(user: &User, origin: &Origin) -> TenantScope {
    let request_id = origin.request_id.clone();
    system::company_of(user, request_id.clone())
        .unwrap_or_else(|| system::across(CrossTenant::Authentication, request_id))
}

/// Records what a person did about their own account.
pub(super) async fn act(
    tx: &mut Tx,
    scope: &TenantScope,
    actor: &Actor,
    action: &str,
    user: ObjectId,
) -> Result<()> {
    audit::append(tx, scope, Some(actor), about(action, user)).await
}

/// Records what someone unknown tried on a person's account.
pub(super) async fn attempt(
    tx: &mut Tx,
    scope: &TenantScope,
    origin: &Origin,
    action: &str,
    user: ObjectId,
) -> Result<()> {
    audit::append_from(tx, scope, None, Some(origin), about(action, user)).await
}

fn about(action: &str, user: ObjectId) -> Act<'_> {
    Act { action, resource: "users", id: Some(user), changes: Vec::new(), version: None }
}
