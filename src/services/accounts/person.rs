//! A person who is added without anyone logged in: the first operator, and whoever registered.

use super::names;
use crate::db::{Draft, Tx, from_document};
use crate::engine::audit::{self, Act};
use crate::engine::changes;
use crate::errors::Result;
use crate::models::User;
use crate::permissions::{Origin, TenantScope};
use crate::services::users::seats;

/// Adds a person under an address that becomes theirs, and records it as `action`.
///
/// # Errors
/// 409 naming `email` when the address is taken.
pub(crate) async fn insert(
    tx: &mut Tx,
    scope: &TenantScope,
    origin: Option<&Origin>,
    action: &str,
    address: &str,
    draft: Draft<User>,
) -> Result<User> {
    names::take(tx, scope, address, draft.id()).await?;
    let stored = tx.within::<User>(scope).insert_document(draft).await?;
    let user: User = from_document(&stored)?;
    seats::moved(tx, scope, None, &user).await?;
    let act = Act {
        action,
        resource: "users",
        id: Some(user.id),
        changes: changes::<User>(None, &stored),
        version: Some(user.version),
    };
    audit::append_from(tx, scope, None, origin, act).await?;
    Ok(user)
}
