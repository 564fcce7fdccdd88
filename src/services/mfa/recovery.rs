//! A new set of recovery codes; the old ones are void.

use super::enroll::show;
use super::factor::{check_in_session, factor_of};
use crate::app::App;
use crate::auth::recovery_code;
use crate::db::Patch;
use crate::errors::{AppError, Code, Result};
use crate::models::MfaFactor;
use crate::permissions::Actor;
use crate::services::accounts::notices::{self, Event};
use crate::services::sessions::{self, Doer};
use crate::transaction;
use crate::web::Reply;
use secrecy::SecretString;

/// Replaces the caller's recovery codes, for whoever gives the password and the second factor, and shows the new ones once.
///
/// # Errors
/// 409 without a second factor.
pub async fn regenerate(
    app: &App,
    actor: &Actor,
    password: &SecretString,
    code: Option<&SecretString>,
) -> Result<Reply> {
    let user = sessions::prove(app, actor, "password", password).await?;
    check_in_session(app, actor, &user, code).await?;
    let (codes, hashes): (Vec<SecretString>, Vec<String>) =
        (0..recovery_code::COUNT).map(|_| recovery_code::generate()).unzip();
    let scope = actor.home_scope();
    transaction!(app.db(), actor.author(), |tx| {
        if factor_of(&mut tx, user.id).await?.is_none() {
            return Err(AppError::problem(Code::Conflict, "You have no second factor."));
        }
        let patch = Patch::new().set(MfaFactor::recovery(), hashes.clone());
        tx.global::<MfaFactor>().update(MfaFactor::key(user.id), patch, false).await?;
        sessions::record(&mut tx, &scope, Doer::Actor(actor), "auth.recovery_regenerate", user.id).await?;
        notices::queue(app, &mut tx, &scope, &user, actor.origin(), Event::RecoveryCodesReplaced).await
    })?;
    Ok(show(&codes))
}
