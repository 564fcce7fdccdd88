//! Whether a code is the person's second factor. Each code is taken once, also when it comes twice at the same moment.

use crate::app::App;
use crate::auth::one_time::is_code;
use crate::auth::throttle::factor_bucket;
use crate::auth::{recovery_code, totp::Totp};
use crate::db::{Expr, Filter, Op, Patch, Tx};
use crate::errors::{Code, FieldErrors, Result};
use crate::models::{MfaFactor, User};
use crate::permissions::{Actor, TenantScope};
use crate::services::accounts::notices::{self, Event};
use crate::services::sessions::{self, Doer, throttle};
use crate::transaction;
use bson::oid::ObjectId;
use secrecy::{ExposeSecret, SecretString};

/// Bound into the seal of a secret, with the person's id.
const PURPOSE: &str = "totp secret";

/// The second factor of a person, if it is in force.
pub(crate) async fn factor_of(tx: &mut Tx, user: ObjectId) -> Result<Option<MfaFactor>> {
    let found = tx.global::<MfaFactor>().find_one(MfaFactor::key(user)).await?;
    Ok(found.filter(|factor| factor.secret.is_some()))
}

/// Seals the secret of a person's app.
pub(super) fn seal(app: &App, user: ObjectId, totp: &Totp) -> Result<String> {
    app.data_keys().seal(PURPOSE, &user.bytes(), totp.secret())
}

/// Opens the secret of a person's app.
pub(super) fn open(app: &App, user: &User, sealed: &str) -> Result<Totp> {
    Totp::of(&app.data_keys().open(PURPOSE, &user.id.bytes(), sealed)?, &user.email)
}

/// Takes a code of the app, or a recovery code, in the caller's transaction. `false` when it is none, or was used; then
/// nothing was written. The number of the time step only rises, and a recovery code goes with its use: of two transactions
/// with the same code the database lets one commit, and the other finds it used.
pub(crate) async fn check(
    app: &App,
    tx: &mut Tx,
    scope: &TenantScope,
    doer: Doer<'_>,
    user: &User,
    code: &SecretString,
) -> Result<bool> {
    let Some(factor) = factor_of(tx, user.id).await? else { return Ok(false) };
    if is_code(code.expose_secret()) {
        return use_step(app, tx, user, &factor, code).await;
    }
    let Some(hash) = recovery_code::hash(code.expose_secret()) else { return Ok(false) };
    let has = MfaFactor::key(user.id).and(Filter::eq(MfaFactor::recovery(), hash.as_str()));
    let patch = Patch::new().pull(MfaFactor::recovery(), [hash]);
    let Some(after) = tx.global::<MfaFactor>().update(has, patch, false).await? else { return Ok(false) };
    let left = after.recovery.len();
    sessions::record(tx, scope, doer, "auth.recovery_code_used", user.id).await?;
    notices::queue(app, tx, scope, user, doer.origin(), Event::RecoveryCodeUsed { left }).await?;
    Ok(true)
}

async fn use_step(
    app: &App,
    tx: &mut Tx,
    user: &User,
    factor: &MfaFactor,
    code: &SecretString,
) -> Result<bool> {
    let sealed = factor.secret.as_deref().unwrap_or_default();
    let totp = match open(app, user, sealed) {
        Ok(totp) => totp,
        Err(error) => {
            // Its key has left the ring. Recovery codes still help.
            tracing::error!(user = %user.id, ?error, "the secret of a second factor cannot be opened");
            return Ok(false);
        }
    };
    let Some(step) = totp.step_of(code.expose_secret(), app.clock().unix()) else { return Ok(false) };
    let unused = Expr::cmp("last_step", Op::Lt, step).and(Expr::eq("secret", sealed));
    // Sealed anew: what is in use never depends on a key that is about to leave the ring.
    let patch =
        Patch::new().set(MfaFactor::last_step(), step).set(MfaFactor::secret(), seal(app, user.id, &totp)?);
    let which = MfaFactor::key(user.id).and(Filter::from(unused));
    Ok(tx.global::<MfaFactor>().update(which, patch, false).await?.is_some())
}

/// Demands the second factor within a session, of people who have one.
///
/// # Errors
/// 422 naming `code` when it is missing or wrong; 429 after too many wrong ones.
pub(crate) async fn check_in_session(
    app: &App,
    actor: &Actor,
    user: &User,
    code: Option<&SecretString>,
) -> Result<()> {
    if user.mfa_enrolled_at.is_none() {
        return Ok(());
    }
    let fault = |message| FieldErrors::one("code", Code::ValidationFailed, message).into();
    let Some(code) = code else { return Err(fault("Required: a code of your app, or a recovery code.")) };
    let places = throttle::take_all(app.db(), [factor_bucket(&user.id.to_hex())]).await?;
    let scope = actor.home_scope();
    let right = transaction!(app.db(), actor.author(), |tx| {
        let right = check(app, &mut tx, &scope, Doer::Actor(actor), user, code).await?;
        if !right {
            sessions::record(&mut tx, &scope, Doer::Unknown(actor.origin()), "auth.mfa_failed", user.id)
                .await?;
        }
        Ok(right)
    })?;
    if !right {
        return Err(fault("Is wrong, or was used before."));
    }
    places.succeed(app.db()).await
}
