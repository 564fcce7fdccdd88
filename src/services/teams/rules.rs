//! Rules of connections to Teams: known events and priorities, not too many, the address sealed.

use super::address;
use super::emit::MAX_CONNECTIONS;
use crate::db::{Draft, Filter, Patch};
use crate::engine::{Action, Rules, Writing};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{Priority, TeamsConnection};
use crate::permissions::{TeamsConnectionsCreate, TeamsConnectionsDelete, TeamsConnectionsUpdate};
use crate::services::sessions::require_recent_proof;
use crate::services::webhooks::check_events;
use bson::Bson;

impl Rules for TeamsConnection {
    type Create = TeamsConnectionsCreate;
    type Update = TeamsConnectionsUpdate;
    type Delete = TeamsConnectionsDelete;

    async fn before_create(cx: &mut Writing<'_>, draft: &mut Draft<Self>) -> Result<()> {
        require_recent_proof(cx.caller.actor(), cx.tx.now())?;
        check_events(draft.get(Self::events()))?;
        check_priorities(draft.get(Self::priorities()))?;
        let (host, sealed) = parts(draft.get(Self::url()))?;
        draft.put(Self::url(), sealed);
        draft.put(Self::url_host(), host);
        Ok(())
    }

    async fn before_update(cx: &mut Writing<'_>, _: &Self, patch: &mut Patch<Self>) -> Result<()> {
        check_events(patch.get(Self::events()))?;
        check_priorities(patch.get(Self::priorities()))?;
        if patch.get(Self::url()).is_some() {
            require_recent_proof(cx.caller.actor(), cx.tx.now())?;
            let (host, sealed) = parts(patch.get(Self::url()))?;
            patch.put(Self::url(), sealed);
            patch.put(Self::url_host(), host);
        }
        if patch.get(Self::is_active()).and_then(Bson::as_bool) == Some(true) {
            patch.put(Self::failures(), 0_i64);
            patch.put(Self::last_error(), Bson::Null);
            patch.put(Self::disabled_reason(), Bson::Null);
            patch.put(Self::disabled_at(), Bson::Null);
        }
        Ok(())
    }

    async fn after_change(cx: &mut Writing<'_>, action: Action, _: Option<&Self>, _: &Self) -> Result<()> {
        if matches!(action, Action::Create | Action::Restore) {
            let scope = cx.caller.scope().clone();
            let all = cx.tx.within::<Self>(&scope).count(Filter::all()).await?;
            if i64::try_from(all).unwrap_or(i64::MAX) > MAX_CONNECTIONS {
                let detail = format!("A company has {MAX_CONNECTIONS} connections to Teams at most.");
                return Err(AppError::problem(Code::Conflict, detail));
            }
        }
        Ok(())
    }
}

/// Host and sealed address, as the service put them into the body. Nothing else is ever stored.
fn parts(value: Option<&Bson>) -> Result<(String, String)> {
    let parts = value.and_then(Bson::as_str).and_then(address::unpacked);
    let (host, sealed) = parts.ok_or_else(|| AppError::bug("the address of a workflow came unsealed"))?;
    Ok((host.to_owned(), sealed.to_owned()))
}

fn check_priorities(names: Option<&Bson>) -> Result<()> {
    let mut names = names.and_then(Bson::as_array).into_iter().flatten().filter_map(Bson::as_str);
    if names.any(|name| Priority::parse(name).is_none()) {
        let message = format!("Each must be one of {}.", Priority::NAMES.join(", "));
        return Err(FieldErrors::one("priorities", Code::ValidationFailed, message).into());
    }
    Ok(())
}
