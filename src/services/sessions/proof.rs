//! Proof of identity within a session: the password once more, and the check that it was given lately (RFC 9470).

use super::record::{act, attempt};
use super::throttle;
use crate::app::App;
use crate::auth::email::EmailAddress;
use crate::auth::password::Verdict;
use crate::db::{Filter, Patch};
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::{Session, User};
use crate::permissions::Actor;
use crate::schema::format_time;
use crate::services::mfa;
use crate::support::later;
use crate::transaction;
use crate::web::Reply;
use bson::DateTime;
use secrecy::SecretString;
use serde_json::json;
use std::time::Duration;

/// How long a proof of identity admits sensitive acts.
const RECENT: Duration = Duration::from_secs(600);

/// Refuses when the caller last gave the password more than ten minutes ago.
pub(crate) fn require_recent_proof(actor: &Actor, now: DateTime) -> Result<()> {
    if actor.key_id().is_some() {
        // A key proves what a program holds, never that a person is there.
        return Err(AppError::problem(Code::Forbidden, "An API key cannot do this: log in for it."));
    }
    if later(actor.auth_time(), RECENT) >= now {
        return Ok(());
    }
    let detail = "This needs your password once more, and your second factor: POST /auth/step_up.";
    Err(Problem::new(Code::InsufficientUserAuthentication, detail).with("max_age", RECENT.as_secs()).into())
}

/// Takes the password once more, and the second factor of whoever has one; sensitive acts are then admitted for ten
/// minutes.
pub async fn step_up(
    app: &App,
    actor: &Actor,
    password: &SecretString,
    code: Option<&SecretString>,
) -> Result<Reply> {
    let user = prove(app, actor, "password", password).await?;
    mfa::check_in_session(app, actor, &user, code).await?;
    let Some(session) = actor.session_id() else { return Err(AppError::not_found()) };
    let scope = actor.home_scope();
    transaction!(app.db(), actor.author(), |tx| {
        let now = tx.now();
        // With the epoch: a password that was changed meanwhile proves nothing.
        let current = Session::key(session).and(Filter::eq(Session::epoch(), user.epoch));
        let patch = Patch::new().set(Session::auth_time(), now);
        tx.global::<Session>().update(current, patch, false).await?.ok_or_else(revoked)?;
        act(&mut tx, &scope, actor, "auth.step_up", user.id).await?;
        Ok(Reply::ok(json!({
            "auth_time": format_time(now), "valid_until": format_time(later(now, RECENT)),
        })))
    })
}

/// The caller's record, once `password` was found to be theirs. Throttled like log-in, but a session that goes on while
/// log-ins are locked can also be used for this.
///
/// # Errors
/// 422 naming `field` when it is wrong: a 401 would make clients drop a session that is in order.
pub(crate) async fn prove(app: &App, actor: &Actor, field: &str, password: &SecretString) -> Result<User> {
    let scope = actor.home_scope();
    let user = app.db().within::<User>(&scope).find_one(Filter::id(actor.user_id())).await?;
    let user = user.ok_or_else(revoked)?;
    let email = EmailAddress::parse(&user.email);
    let session = actor.session_id().ok_or_else(AppError::not_found)?;
    let places = throttle::reserve_proof(app.db(), actor.origin(), session, email.as_ref()).await?;
    match app.passwords().verify(password, user.password_hash.as_ref()).await {
        Ok(Verdict::Match { .. }) => {
            places.succeed(app.db()).await?;
            Ok(user)
        }
        Ok(Verdict::Mismatch) => {
            transaction!(app.db(), actor.author(), |tx| {
                attempt(&mut tx, &scope, actor.origin(), "auth.proof_failed", user.id).await
            })?;
            Err(FieldErrors::one(field, Code::ValidationFailed, "Is not your password.").into())
        }
        Err(error) => {
            places.refund(app.db()).await?;
            Err(error)
        }
    }
}

pub(crate) fn revoked() -> AppError {
    AppError::problem(Code::SessionRevoked, "The session has ended. Log in again.")
}
