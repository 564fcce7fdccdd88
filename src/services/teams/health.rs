//! How a connection fares: it is switched off when it fails too often, as the workflow's owner may have left.

use crate::db::{Filter, Patch, Tx};
use crate::engine::audit::{self, Act};
use crate::errors::Result;
use crate::models::TeamsConnection;
use crate::permissions::TenantScope;
use crate::services::notifications;
use crate::support::later;
use bson::{Bson, oid::ObjectId};
use std::time::Duration;

/// Failed tries without a success between them after which a connection is switched off.
const PATIENCE: i64 = 10;

/// Notes what came of a try. A success is written at most once a minute.
pub async fn note(tx: &mut Tx, scope: &TenantScope, id: ObjectId, error: Option<&str>) -> Result<()> {
    let Some(current) = tx.within::<TeamsConnection>(scope).find_one(Filter::id(id)).await? else {
        return Ok(());
    };
    let now = tx.now();
    let Some(error) = error else {
        let fresh = current.last_ok_at.is_some_and(|at| later(at, Duration::from_secs(60)) > now);
        if !fresh || current.failures > 0 {
            let patch = Patch::new()
                .set(TeamsConnection::failures(), 0_i64)
                .set(TeamsConnection::last_error(), Bson::Null)
                .set(TeamsConnection::last_ok_at(), now);
            tx.within::<TeamsConnection>(scope).update_many(Filter::id(id), patch, false).await?;
        }
        return Ok(());
    };
    let patch = Patch::new().inc(TeamsConnection::failures(), 1).set(TeamsConnection::last_error(), error);
    if current.failures + 1 < PATIENCE || !current.is_active {
        tx.within::<TeamsConnection>(scope).update_many(Filter::id(id), patch, false).await?;
        return Ok(());
    }
    let patch = patch
        .set(TeamsConnection::is_active(), false)
        .set(TeamsConnection::disabled_reason(), "failing")
        .set(TeamsConnection::disabled_at(), now);
    let changed = tx.within::<TeamsConnection>(scope).update(id, Filter::all(), patch).await?;
    let act = Act {
        action: "teams_connections.disabled",
        resource: "teams_connections",
        id: Some(id),
        changes: Vec::new(),
        version: changed.map(|changed| changed.version),
    };
    audit::append(tx, scope, None, act).await?;
    let title = format!(
        "The connection to Teams “{}” was switched off: it has failed {PATIENCE} times in a row.",
        current.name
    );
    notifications::tell_admins(tx, scope, "teams_connection.disabled", &title).await
}
