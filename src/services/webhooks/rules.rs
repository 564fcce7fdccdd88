//! Rules of webhooks: known events, not too many, a fresh proof of identity before data go elsewhere.

use super::emit::MAX_WEBHOOKS;
use crate::db::{Draft, Filter, Patch};
use crate::engine::{Action, Rules, Writing};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{EventKind, Webhook};
use crate::permissions::{WebhooksCreate, WebhooksDelete, WebhooksUpdate};
use crate::services::sessions::require_recent_proof;
use bson::Bson;

impl Rules for Webhook {
    type Create = WebhooksCreate;
    type Update = WebhooksUpdate;
    type Delete = WebhooksDelete;

    async fn before_create(cx: &mut Writing<'_>, draft: &mut Draft<Self>) -> Result<()> {
        require_recent_proof(cx.caller.actor(), cx.tx.now())?;
        check_events(draft.get(Self::events()))
    }

    async fn before_update(cx: &mut Writing<'_>, _: &Self, patch: &mut Patch<Self>) -> Result<()> {
        if patch.get(Self::url()).is_some() {
            require_recent_proof(cx.caller.actor(), cx.tx.now())?;
        }
        if patch.get(Self::is_active()).and_then(Bson::as_bool) == Some(true) {
            patch.put(Self::failures(), 0_i64);
            patch.put(Self::failing_since(), Bson::Null);
            patch.put(Self::disabled_reason(), Bson::Null);
            patch.put(Self::disabled_at(), Bson::Null);
        }
        check_events(patch.get(Self::events()))
    }

    async fn after_change(cx: &mut Writing<'_>, action: Action, _: Option<&Self>, _: &Self) -> Result<()> {
        if matches!(action, Action::Create | Action::Restore) {
            let scope = cx.caller.scope().clone();
            let all = cx.tx.within::<Self>(&scope).count(Filter::all()).await?;
            if i64::try_from(all).unwrap_or(i64::MAX) > MAX_WEBHOOKS {
                let detail = format!("A company has {MAX_WEBHOOKS} webhooks at most.");
                return Err(AppError::problem(Code::Conflict, detail));
            }
        }
        Ok(())
    }
}

/// Only events that there are.
pub fn check_events(events: Option<&Bson>) -> Result<()> {
    let names = events.and_then(Bson::as_array).into_iter().flatten().filter_map(Bson::as_str);
    match names.into_iter().find(|name| EventKind::parse(name).is_none()) {
        Some(name) => {
            let message = format!("There is no event {name}. There are: {}.", EventKind::NAMES.join(", "));
            Err(FieldErrors::one("events", Code::ValidationFailed, message).into())
        }
        None => Ok(()),
    }
}
