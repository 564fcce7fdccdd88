//! Setting up the second factor: the secret is shown once and holds from the first code of it that was right.

use super::factor::{open, seal};
use crate::app::App;
use crate::auth::recovery_code;
use crate::auth::throttle::factor_bucket;
use crate::auth::totp::Totp;
use crate::db::{Draft, Filter, Patch, Tx};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{MfaFactor, Session, User};
use crate::permissions::Actor;
use crate::schema::format_time;
use crate::services::accounts::notices::{self, Event};
use crate::services::sessions::{self, Doer, throttle};
use crate::support::later;
use crate::transaction;
use crate::web::Reply;
use bson::DateTime;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a secret that is shown waits for its first code.
const WAITS: Duration = Duration::from_secs(600);

/// Makes a secret for the caller's app and shows it. Nothing changes until [`confirm`].
///
/// # Errors
/// 409 when there is a second factor: take it off first.
pub async fn enroll(app: &App, actor: &Actor, password: &SecretString) -> Result<Reply> {
    let user = sessions::prove(app, actor, "password", password).await?;
    let totp = Totp::generate(&user.email)?;
    let sealed = seal(app, user.id, &totp)?;
    let until = transaction!(app.db(), actor.author(), |tx| {
        let until = later(tx.now(), WAITS);
        wait_for_code(&mut tx, &user, &sealed, until).await?;
        Ok(until)
    })?;
    Ok(Reply::ok(json!({
        "secret": totp.base32(), "otpauth_url": totp.url()?, "qr_svg": totp.qr_svg()?,
        "expires_at": format_time(until),
    }))
    .no_store())
}

async fn wait_for_code(tx: &mut Tx, user: &User, sealed: &str, until: DateTime) -> Result<()> {
    let stored = tx.global::<MfaFactor>().find_one(MfaFactor::key(user.id)).await?;
    if stored.as_ref().is_some_and(|factor| factor.secret.is_some()) {
        return Err(AppError::problem(Code::Conflict, "You have a second factor. Take it off first."));
    }
    if stored.is_none() {
        let draft = Draft::new()
            .set(MfaFactor::pending(), sealed)
            .set(MfaFactor::pending_until(), until)
            .set(MfaFactor::recovery(), Vec::<String>::new());
        return tx.global::<MfaFactor>().insert_keyed(user.id, draft).await;
    }
    let patch = Patch::new().set(MfaFactor::pending(), sealed).set(MfaFactor::pending_until(), until);
    tx.global::<MfaFactor>().update(MfaFactor::key(user.id), patch, false).await?;
    Ok(())
}

/// Puts the secret in force that [`enroll`] showed, once a code of it is right. All other sessions end: they were opened
/// without it. Answers with the recovery codes, which nobody can read again.
///
/// # Errors
/// 422 naming `code` when it is wrong, or when no secret waits for one.
pub async fn confirm(app: &App, actor: &Actor, code: &SecretString) -> Result<Reply> {
    let places = throttle::take_all(app.db(), [factor_bucket(&actor.user_id().to_hex())]).await?;
    let (codes, hashes): (Vec<SecretString>, Vec<String>) =
        (0..recovery_code::COUNT).map(|_| recovery_code::generate()).unzip();
    transaction!(app.db(), actor.author(), |tx| put_in_force(app, &mut tx, actor, code, &hashes).await)?;
    places.succeed(app.db()).await?;
    Ok(show(&codes))
}

/// The answer with new recovery codes.
pub(super) fn show(codes: &[SecretString]) -> Reply {
    let codes: Vec<&str> = codes.iter().map(SecretString::expose_secret).collect();
    Reply::ok(json!({ "recovery_codes": codes })).no_store()
}

fn fault() -> AppError {
    FieldErrors::one("code", Code::ValidationFailed, "Is wrong, or came too late.").into()
}

async fn put_in_force(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    code: &SecretString,
    hashes: &[String],
) -> Result<()> {
    let scope = actor.home_scope();
    let session = actor.session_id().ok_or_else(AppError::not_found)?;
    let user = tx.within::<User>(&scope).get(actor.user_id()).await?;
    let stored = tx.global::<MfaFactor>().find_one(MfaFactor::key(user.id)).await?;
    let waits = |factor: &MfaFactor| factor.pending_until.is_some_and(|until| until > tx.now());
    let sealed = stored.filter(|factor| factor.secret.is_none() && waits(factor));
    let sealed = sealed.and_then(|factor| factor.pending).ok_or_else(fault)?;
    let totp = open(app, &user, &sealed)?;
    let step = totp.step_of(code.expose_secret(), app.clock().unix()).ok_or_else(fault)?;
    let same = MfaFactor::key(user.id).and(Filter::eq(MfaFactor::pending(), sealed.as_str()));
    let patch = Patch::new()
        .set(MfaFactor::secret(), sealed.as_str())
        .set(MfaFactor::pending(), bson::Bson::Null)
        .set(MfaFactor::pending_until(), bson::Bson::Null)
        .set(MfaFactor::last_step(), step)
        .set(MfaFactor::recovery(), hashes.to_vec());
    tx.global::<MfaFactor>().update(same, patch, false).await?.ok_or_else(fault)?;
    let since = Patch::new().set(User::mfa_enrolled_at(), tx.now());
    tx.within::<User>(&scope).update(user.id, Filter::all(), since).await?;
    sessions::end_others(tx, user.id, session).await?;
    let proven = Patch::new().set(Session::amr(), vec!["pwd", "otp"]).set(Session::must_enroll_mfa(), false);
    let kept = tx.global::<Session>().update(Session::key(session), proven, false).await?;
    kept.ok_or_else(sessions::revoked)?;
    sessions::record(tx, &scope, Doer::Actor(actor), "auth.mfa_enroll", user.id).await?;
    notices::queue(app, tx, &scope, &user, actor.origin(), Event::MfaEnrolled).await
}

/// What a person sees of the own second factor.
pub(crate) async fn describe(app: &App, actor: &Actor, required: bool) -> Result<Value> {
    let stored = app.db().global::<MfaFactor>().find_one(MfaFactor::key(actor.user_id())).await?;
    let factor = stored.filter(|factor| factor.secret.is_some());
    Ok(json!({
        "enrolled": factor.is_some(),
        "required": required,
        "recovery_codes_left": factor.map_or(0, |factor| factor.recovery.len()),
    }))
}
