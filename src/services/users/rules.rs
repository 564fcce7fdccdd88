//! The rules that every write of a person obeys.

use super::subject::{check_grant, refuse_self, require_inside};
use super::{hand_over, seats};
use crate::db::{Draft, Patch};
use crate::engine::{Action, Rules, Writing};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::User;
use crate::permissions::{Role, UsersCreate, UsersDelete, UsersUpdate};
use crate::services::accounts::{forget_tokens, names};
use crate::services::{sessions, usage::refuse_if_used};
use bson::Bson;

/// What a content manager may change of others; the rest of the mask is for the own record.
const OF_OTHERS: &[&str] = &["name", "name_fold", "phone", "locale", "timezone"];

/// Open tickets that removing a person takes away from them; with more, disabling comes first.
const MOST_TICKETS: i64 = 100;

impl Rules for User {
    type Create = UsersCreate;
    type Update = UsersUpdate;
    type Delete = UsersDelete;
    const REFUSALS: &'static [Code] = &[Code::LastAdmin, Code::InsufficientUserAuthentication];

    async fn before_create(cx: &mut Writing<'_>, draft: &mut Draft<Self>) -> Result<()> {
        let role = draft.get(Self::role()).and_then(Bson::as_str).and_then(Role::parse);
        let role = role.ok_or_else(|| AppError::bug("a person without role"))?;
        check_grant(cx.caller.actor(), cx.caller.scope(), role, cx.tx.now())?;
        let email = draft.get(Self::email()).and_then(Bson::as_str).unwrap_or_default().to_owned();
        names::take(cx.tx, cx.caller.scope(), &email, draft.id()).await
    }

    async fn before_update(cx: &mut Writing<'_>, current: &Self, patch: &mut Patch<Self>) -> Result<()> {
        require_inside(cx.caller.scope(), current)?;
        let actor = cx.caller.actor();
        if actor.role() != Role::ContentManager || actor.user_id() == current.id {
            return Ok(());
        }
        let mut errors = FieldErrors::default();
        for name in patch.assignments().keys().filter(|name| !OF_OTHERS.contains(&name.as_str())) {
            errors.add(name, Code::ReadOnlyField, "Only the person can change this.");
        }
        errors.into_result()
    }

    async fn before_delete(cx: &mut Writing<'_>, current: &Self) -> Result<()> {
        refuse_self(cx.caller.actor(), current)?;
        require_inside(cx.caller.scope(), current)
    }

    async fn after_change(
        cx: &mut Writing<'_>,
        action: Action,
        before: Option<&Self>,
        after: &Self,
    ) -> Result<()> {
        seats::moved(cx.tx, cx.caller.scope(), before, after).await?;
        match action {
            Action::Create => Ok(()),
            Action::Update => renew(cx, before, after).await,
            Action::Restore => require_inside(cx.caller.scope(), after),
            Action::Delete => {
                sessions::end_of_user(cx.tx, after.id).await?;
                forget_tokens(cx.tx, after.id).await?;
                let (actor, scope) = (cx.caller.actor(), cx.caller.scope());
                let taken = hand_over::batch(cx.tx, actor, scope, after.id, None, MOST_TICKETS).await?;
                let left =
                    if taken < MOST_TICKETS { 0 } else { hand_over::left(cx.tx, scope, after.id).await? };
                refuse_if_used(&[("tickets", left)])
            }
        }
    }
}

/// Brings the sessions up to date when something changed that they carry.
async fn renew(cx: &mut Writing<'_>, before: Option<&User>, after: &User) -> Result<()> {
    let same = before.is_some_and(|before| {
        before.name == after.name
            && before.department_ids == after.department_ids
            && before.ticket_scope == after.ticket_scope
    });
    if same { Ok(()) } else { sessions::renew_rights(cx.tx, cx.caller.scope(), after).await }
}
