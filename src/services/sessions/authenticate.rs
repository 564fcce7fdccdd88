//! Verifies a request: a genuine token of a session that is still in force, by one read of the database.

use crate::app::App;
use crate::db::Patch;
use crate::errors::{AppError, Code, Result};
use crate::models::Session;
use crate::permissions::Origin;
use bson::{DateTime, oid::ObjectId};
use http::{HeaderMap, header};

/// `last_seen_at` is written at most this often, in milliseconds.
const SEEN_EVERY_MS: i64 = 60_000;

/// The session of a request.
///
/// # Errors
/// 401 when there is no token, or none that holds: `unauthenticated`, `token_expired` or `session_revoked`.
pub async fn authenticate(app: &App, headers: &HeaderMap, origin: &Origin) -> Result<Session> {
    let claims = app.access_tokens().verify(bearer(headers)?)?;
    let id = ObjectId::parse_str(&claims.sid).map_err(|_| revoked())?;
    let session: Option<Session> = app.db().global_by_ids([id]).await?.pop();
    let session = session.ok_or_else(revoked)?;
    let now = app.clock().now();
    let ended = session.expires_at <= now || session.idle_expires_at <= now;
    if ended || session.epoch != claims.epoch || session.user_id.to_hex() != claims.sub {
        return Err(revoked());
    }
    if now.timestamp_millis() - session.last_seen_at.timestamp_millis() > SEEN_EVERY_MS {
        note_use(app, &session, origin, now).await?;
    }
    Ok(session)
}

async fn note_use(app: &App, session: &Session, origin: &Origin, now: DateTime) -> Result<()> {
    let idle = app.idle_lifetime(session.role);
    let patch = Patch::new()
        .set(Session::last_seen_at(), now)
        .set(Session::idle_expires_at(), crate::support::later(now, idle).min(session.expires_at))
        .set(Session::ip(), origin.ip.map(|ip| ip.to_string()));
    app.db().global::<Session>().update(Session::key(session.id), patch, false).await?;
    Ok(())
}

/// The bearer token (RFC 6750 section 2.1). Two headers are as good as none.
///
/// # Errors
/// 401 when there is none.
pub(crate) fn bearer(headers: &HeaderMap) -> Result<&str> {
    let missing = || {
        AppError::problem(Code::Unauthenticated, "Send a valid access token: Authorization: Bearer <token>.")
    };
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return Err(missing()) };
    let (scheme, token) = value.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(missing)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(missing()) }
}

fn revoked() -> AppError {
    AppError::problem(Code::SessionRevoked, "The session has ended. Log in again.")
}
