//! Change of the own password: the old one is needed, all other sessions end, access tokens that are out are void.

use super::end::end_others;
use super::proof::{prove, revoked};
use super::record::act;
use super::tokens::{self, Tokens};
use crate::app::App;
use crate::auth::refresh_token::RefreshToken;
use crate::db::{Filter, Patch, Tx, to_document};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{self, Company, Session, User};
use crate::permissions::Actor;
use crate::services::accounts::notices::{self, Event};
use crate::services::accounts::{check_password, forget_tokens};
use crate::services::mfa;
use crate::transaction;
use bson::Document;
use secrecy::{ExposeSecret, SecretString};

/// Sets a new password and answers with new tokens of the session, which goes on.
pub async fn change_password(
    app: &App,
    actor: &Actor,
    current: &SecretString,
    new: &SecretString,
) -> Result<Tokens> {
    let user = prove(app, actor, "current_password", current).await?;
    if current.expose_secret() == new.expose_secret() {
        let message = "Must differ from the current password.";
        return Err(FieldErrors::one("new_password", Code::ValidationFailed, message).into());
    }
    check(app, actor, &user, new).await?;
    let hash = to_document(&app.passwords().hash(new).await?)?;
    let (session, refresh) =
        transaction!(app.db(), actor.author(), |tx| replace(app, &mut tx, actor, &user, &hash).await)?;
    Tokens::issue(app, session, refresh)
}

async fn check(app: &App, actor: &Actor, user: &User, new: &SecretString) -> Result<()> {
    let scope = actor.home_scope();
    let company = match actor.home_company() {
        Some(id) => app.db().within::<Company>(&scope).find_one(Filter::id(id)).await?,
        None => None,
    };
    let enforced = mfa::is_required(app, user.role, company.as_ref());
    check_password("new_password", new, &user.email, company.as_ref(), enforced)
}

async fn replace(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    proven: &User,
    hash: &Document,
) -> Result<(Session, RefreshToken)> {
    let scope = actor.home_scope();
    let kept = actor.session_id().ok_or_else(AppError::not_found)?;
    let user = tx.within::<User>(&scope).get(proven.id).await?;
    // Two changes at once: the second one was proved with a password that is none any more.
    if user.password_hash != proven.password_hash {
        return Err(revoked());
    }
    let patch = Patch::new()
        .set(User::password_hash(), hash.clone())
        .set(User::must_change_password(), false)
        .inc(User::epoch(), 1);
    let user = tx.within::<User>(&scope).update(user.id, Filter::all(), patch).await?.ok_or_else(revoked)?;
    end_others(tx, user.id, kept).await?;
    forget_tokens(tx, user.id).await?;
    let mut patch =
        Patch::new().set(Session::epoch(), user.epoch).set(Session::must_change_password(), false);
    // The password alone is no proof for whoever has a second factor.
    if user.mfa_enrolled_at.is_none() {
        patch.put(Session::auth_time(), tx.now());
    }
    let session = tx.global::<Session>().update(Session::key(kept), patch, false).await?;
    let session = session.ok_or_else(revoked)?;
    // The refresh tokens of the session go too: whoever copied one has nothing left.
    let family = Filter::eq(models::RefreshToken::session_id(), kept);
    tx.global::<models::RefreshToken>().remove(family).await?;
    let refresh = RefreshToken::generate();
    tokens::store(tx, &session, &refresh, actor.origin()).await?;
    act(tx, &scope, actor, "auth.password_change", user.id).await?;
    notices::queue(app, tx, &scope, &user, actor.origin(), Event::PasswordChanged).await?;
    Ok((session, refresh))
}
