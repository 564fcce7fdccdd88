//! Taking the second factor off: by the person with password and factor, or by an administrator when both are lost.

use super::factor::{check_in_session, factor_of};
use super::policy::is_required_of;
use crate::answer_once;
use crate::app::App;
use crate::db::{Filter, Patch, Tx};
use crate::engine::{WriteRequest, record_act, reply, visible};
use crate::errors::{AppError, Code, Result};
use crate::models::{MfaFactor, Session, User};
use crate::permissions::{Actor, Permit, TenantScope, UsersResetMfa};
use crate::services::accounts::forget_tokens;
use crate::services::accounts::notices::{self, Event};
use crate::services::sessions::{self, Doer, require_recent_proof};
use crate::services::users::{refuse_fields, refuse_self, subject};
use crate::transaction;
use crate::web::Reply;
use bson::{Bson, oid::ObjectId};
use secrecy::SecretString;
use serde_json::json;

/// Takes the caller's second factor off. Where it is demanded, nothing else is admitted until there is another.
///
/// # Errors
/// 409 when there is none; 422 naming `password` or `code` when it is wrong.
pub async fn disable(
    app: &App,
    actor: &Actor,
    password: &SecretString,
    code: Option<&SecretString>,
) -> Result<Reply> {
    let user = sessions::prove(app, actor, "password", password).await?;
    check_in_session(app, actor, &user, code).await?;
    let scope = actor.home_scope();
    let session = actor.session_id().ok_or_else(AppError::not_found)?;
    transaction!(app.db(), actor.author(), |tx| {
        if factor_of(&mut tx, user.id).await?.is_none() {
            return Err(AppError::problem(Code::Conflict, "You have no second factor."));
        }
        take_off(&mut tx, &scope, user.id).await?;
        let demanded = is_required_of(&mut tx, &scope, &user).await?.unwrap_or(app.limits().superadmin_mfa);
        sessions::end_others(&mut tx, user.id, session).await?;
        let patch = Patch::new().set(Session::amr(), vec!["pwd"]).set(Session::must_enroll_mfa(), demanded);
        let kept = tx.global::<Session>().update(Session::key(session), patch, false).await?;
        kept.ok_or_else(sessions::revoked)?;
        sessions::record(&mut tx, &scope, Doer::Actor(actor), "auth.mfa_disable", user.id).await?;
        notices::queue(app, &mut tx, &scope, &user, actor.origin(), Event::MfaDisabled).await?;
        Ok(Reply::ok(json!({ "enrolled": false, "required": demanded })))
    })
}

/// Takes the second factor of a person off who has lost it. The person's sessions end, and the next log-in needs the
/// password alone.
pub async fn reset(
    app: &App,
    permit: &Permit<UsersResetMfa>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    refuse_fields(request, &[])?;
    answer_once!(app.db(), permit, request, |tx| {
        require_recent_proof(permit.actor(), tx.now())?;
        let (stored, user) = subject(&mut tx, permit, id, request).await?;
        refuse_self(permit.actor(), &user)?;
        if factor_of(&mut tx, user.id).await?.is_none() {
            return Err(AppError::problem(Code::Conflict, "The person has no second factor."));
        }
        take_off(&mut tx, permit.scope(), user.id).await?;
        forget_tokens(&mut tx, user.id).await?;
        sessions::end_of_user(&mut tx, user.id).await?;
        let changed = visible::<User, _>(&mut tx, permit, id, false).await?;
        record_act::<User>(&mut tx, permit, "reset_mfa", Some(&stored), &changed).await?;
        let origin = permit.actor().origin();
        notices::queue(app, &mut tx, permit.scope(), &user, origin, Event::MfaReset).await?;
        reply::<User, _>(permit, &changed)
    })
}

/// Forgets secret and recovery codes.
async fn take_off(tx: &mut Tx, scope: &TenantScope, user: ObjectId) -> Result<()> {
    tx.global::<MfaFactor>().remove(MfaFactor::key(user)).await?;
    let patch = Patch::new().set(User::mfa_enrolled_at(), Bson::Null);
    tx.within::<User>(scope).update(user, Filter::all(), patch).await?;
    Ok(())
}
