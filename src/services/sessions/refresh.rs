//! Refresh: a token is exchanged for its successor once; a retry within the grace finds the same successor; any other
//! second use means that two parties hold the token, and ends the session (RFC 9700 section 4.14.2).

use super::end::end_one;
use super::proof::revoked;
use super::record::attempt;
use super::tokens::{self, Tokens, agent_hash};
use crate::app::App;
use crate::auth::refresh_token::RefreshToken;
use crate::db::{Author, Filter, Patch, Tx};
use crate::errors::{AppError, Code, Result};
use crate::models::{self, RefreshState, Session};
use crate::permissions::{Origin, system};
use crate::support::later;
use crate::transaction;

/// Retries of one exchange that get the successor again: more tabs than a person opens, fewer than a thief needs.
const MAX_REPLAYS: i64 = 32;

/// What came of an exchange. A reuse must be committed before it is told.
enum Exchange {
    Done(Box<Session>, RefreshToken),
    Reused,
    Refused,
}

/// Exchanges a refresh token for an access token and the next refresh token.
///
/// # Errors
/// 401 `refresh_reused` when the token was used before, and the session ends; 401 `session_revoked` when it has
/// ended; 401 `unauthenticated` when the token is unknown.
pub async fn refresh(app: &App, origin: &Origin, text: &str) -> Result<Tokens> {
    let token = RefreshToken::parse(text)?;
    let stored = app.db().global::<models::RefreshToken>().find_one(key(&token)).await?;
    let stored = stored.ok_or_else(unknown)?;
    let session = app.db().global::<Session>().find_one(Session::key(stored.session_id)).await?;
    let session = session.ok_or_else(revoked)?;
    let author = Author { user: Some(session.user_id), company: session.user_company_id };
    let exchange = transaction!(app.db(), author, |tx| exchange(app, &mut tx, origin, &token).await)?;
    match exchange {
        Exchange::Done(session, successor) => Tokens::issue(app, *session, successor),
        Exchange::Refused => Err(revoked()),
        Exchange::Reused => {
            let detail = "This refresh token was used before. The session has been ended for safety.";
            Err(AppError::problem(Code::RefreshReused, detail))
        }
    }
}

async fn exchange(app: &App, tx: &mut Tx, origin: &Origin, token: &RefreshToken) -> Result<Exchange> {
    let now = tx.now();
    let stored = tx.global::<models::RefreshToken>().find_one(key(token)).await?;
    let Some(stored) = stored else { return Ok(Exchange::Refused) };
    let session = tx.global::<Session>().find_one(Session::key(stored.session_id)).await?;
    let Some(session) = session else { return Ok(Exchange::Refused) };
    if session.expires_at <= now || session.idle_expires_at <= now || stored.expires_at <= now {
        return Ok(Exchange::Refused);
    }
    match stored.state {
        RefreshState::Active => consume(app, tx, origin, token, session).await,
        RefreshState::Consumed => repeat(app, tx, origin, token, stored, session).await,
    }
}

/// The first use.
async fn consume(
    app: &App,
    tx: &mut Tx,
    origin: &Origin,
    token: &RefreshToken,
    session: Session,
) -> Result<Exchange> {
    let now = tx.now();
    let successor = app.refresh_keys().successor(token, &session.id.to_hex())?;
    let active = key(token).and(Filter::eq(models::RefreshToken::state(), RefreshState::Active));
    let patch = Patch::new()
        .set(models::RefreshToken::state(), RefreshState::Consumed)
        .set(models::RefreshToken::consumed_at(), now)
        .set(models::RefreshToken::next(), successor.token.hash())
        // A retry comes from whoever used it. That need not be who got it: browsers are updated in between.
        .set(models::RefreshToken::user_agent_hash(), agent_hash(origin))
        .set(models::RefreshToken::key_id(), successor.key_id);
    let consumed = tx.global::<models::RefreshToken>().update(active, patch, false).await?;
    consumed.ok_or_else(|| AppError::bug("a refresh token changed within a transaction"))?;
    tokens::store(tx, &session, &successor.token, origin).await?;
    // Writing to the session makes the exchange collide with its end and with a change of its rights.
    let idle = later(now, app.idle_lifetime(session.role)).min(session.expires_at);
    let patch = Patch::new()
        .set(Session::last_seen_at(), now)
        .set(Session::idle_expires_at(), idle)
        .set(Session::ip(), origin.ip.map(|ip| ip.to_string()))
        .set(Session::user_agent(), origin.user_agent.as_deref());
    let session = tx.global::<Session>().update(Session::key(session.id), patch, false).await?;
    Ok(session.map_or(Exchange::Refused, |session| Exchange::Done(Box::new(session), successor.token)))
}

/// A later use: a retry of the same program whose answer was lost, or a theft.
async fn repeat(
    app: &App,
    tx: &mut Tx,
    origin: &Origin,
    token: &RefreshToken,
    stored: models::RefreshToken,
    session: Session,
) -> Result<Exchange> {
    let now = tx.now();
    let next = stored.next.clone().unwrap_or_default();
    let successor = tx.global::<models::RefreshToken>().find_one(models::RefreshToken::key(next)).await?;
    let unused = successor.is_some_and(|successor| successor.state == RefreshState::Active);
    let in_time = stored.consumed_at.is_some_and(|at| later(at, app.limits().refresh_grace) >= now);
    let same_program = stored.user_agent_hash == agent_hash(origin);
    if !(unused && in_time && same_program && stored.replays < MAX_REPLAYS) {
        let scope = system::home_of(&session, origin.request_id.clone());
        end_one(tx, Session::key(session.id), session.id).await?;
        attempt(tx, &scope, origin, "auth.refresh_reuse", session.user_id).await?;
        return Ok(Exchange::Reused);
    }
    let key_id = stored.key_id.unwrap_or_default();
    let keys = app.refresh_keys();
    // The key has left the ring within the grace: the successor cannot be told again, but nothing was stolen.
    let Some(again) = keys.successor_with(&key_id, token, &session.id.to_hex()) else {
        return Ok(Exchange::Refused);
    };
    let patch = Patch::new().inc(models::RefreshToken::replays(), 1);
    tx.global::<models::RefreshToken>().update(key(token), patch, false).await?;
    Ok(Exchange::Done(Box::new(session), again.token))
}

fn key(token: &RefreshToken) -> Filter<models::RefreshToken> {
    models::RefreshToken::key(token.hash())
}

fn unknown() -> AppError {
    AppError::problem(Code::Unauthenticated, "The refresh token is not valid.")
}
