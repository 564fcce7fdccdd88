//! The end of sessions, by their owner or by what happens to the owner; and the rights that sessions carry.

use super::record::act;
use crate::app::App;
use crate::db::{Db, Expr, Filter, Patch, Tx};
use crate::errors::{AppError, Result};
use crate::models::{RefreshToken, Session, User};
use crate::permissions::{Actor, TenantScope};
use crate::services::mfa;
use crate::transaction;
use crate::web::Reply;
use bson::oid::ObjectId;
use serde_json::json;

/// Ends the session of the request.
pub async fn log_out(app: &App, actor: &Actor) -> Result<Reply> {
    let Some(session) = actor.session_id() else { return Err(AppError::not_found()) };
    let scope = actor.home_scope();
    transaction!(app.db(), actor.author(), |tx| {
        let ended = end_one(&mut tx, Session::key(session), session).await?;
        act(&mut tx, &scope, actor, "auth.logout", actor.user_id()).await?;
        Ok(told(ended))
    })
}

/// Ends all sessions of the caller.
pub async fn log_out_everywhere(app: &App, actor: &Actor) -> Result<Reply> {
    let scope = actor.home_scope();
    transaction!(app.db(), actor.author(), |tx| {
        let ended = end_of_user(&mut tx, actor.user_id()).await?;
        act(&mut tx, &scope, actor, "auth.logout_all", actor.user_id()).await?;
        Ok(told(ended))
    })
}

/// Ends one session of the caller; those of others do not exist.
pub async fn revoke(app: &App, actor: &Actor, id: &str) -> Result<Reply> {
    let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    let scope = actor.home_scope();
    transaction!(app.db(), actor.author(), |tx| {
        let own = Session::key(id).and(Filter::eq(Session::user_id(), actor.user_id()));
        let found = tx.global::<Session>().find_one(own.clone()).await?.ok_or_else(AppError::not_found)?;
        end_one(&mut tx, own, id).await?;
        act(&mut tx, &scope, actor, "auth.session_revoke", actor.user_id()).await?;
        Ok(Reply::ok(super::own::describe(&found, actor)))
    })
}

fn told(ended: u64) -> Reply {
    Reply::ok(json!({ "ended_sessions": ended }))
}

/// Ends a session and forgets its refresh tokens.
pub(super) async fn end_one(tx: &mut Tx, which: Filter<Session>, id: ObjectId) -> Result<u64> {
    tx.global::<RefreshToken>().remove(Filter::eq(RefreshToken::session_id(), id)).await?;
    tx.global::<Session>().remove(which).await
}

/// Ends all sessions of a person. Their refresh tokens are void without them, and vanish when they expire.
pub(crate) async fn end_of_user(tx: &mut Tx, user: ObjectId) -> Result<u64> {
    tx.global::<Session>().remove(Filter::eq(Session::user_id(), user)).await
}

/// Ends all sessions of a person but one.
pub(crate) async fn end_others(tx: &mut Tx, user: ObjectId, kept: ObjectId) -> Result<u64> {
    let others = Filter::from(Expr::Not(Box::new(Expr::eq("_id", kept))));
    tx.global::<Session>().remove(Filter::eq(Session::user_id(), user).and(others)).await
}

/// Ends all sessions of a company's people, in the transaction that closes or suspends it.
pub(crate) async fn end_of_company_in(tx: &mut Tx, company: ObjectId) -> Result<u64> {
    tx.global::<Session>().remove(Filter::eq(Session::user_company_id(), company)).await
}

/// The same after that transaction: a log-in that ran beside it was not seen there.
pub(crate) async fn end_of_company(db: &Db, company: ObjectId) -> Result<u64> {
    db.global::<Session>().remove(Filter::eq(Session::user_company_id(), company)).await
}

/// Brings the copies of a person's rights in their sessions up to date, in the transaction that changes the person.
/// A new epoch voids the access tokens that are out; the sessions go on with their next refresh.
pub(crate) async fn renew_rights(tx: &mut Tx, scope: &TenantScope, user: &User) -> Result<()> {
    let mut patch = Patch::new()
        .set(Session::user_name(), user.name.as_str())
        .set(Session::role(), user.role)
        .set(Session::department_ids(), user.department_ids.clone())
        .set(Session::ticket_scope(), user.ticket_scope)
        .set(Session::epoch(), user.epoch);
    if let Some(required) = mfa::is_required_of(tx, scope, user).await? {
        patch.put(Session::must_enroll_mfa(), required && user.mfa_enrolled_at.is_none());
    }
    tx.global::<Session>().update_many(Filter::eq(Session::user_id(), user.id), patch).await?;
    Ok(())
}
