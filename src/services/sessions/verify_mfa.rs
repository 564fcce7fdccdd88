//! The second half of a log-in: the code of the second factor, for the token that the password gave.

use super::log_in::{note_failure, wait_for_floor, wrong_code};
use super::open::{self, Started, admitting_company, start_with_factor};
use super::record::{Doer, scope_of};
use super::throttle;
use super::tokens::Tokens;
use crate::app::App;
use crate::auth::throttle::{factor_bucket, token_bucket};
use crate::db::{Author, Filter, Tx};
use crate::errors::{AppError, Code, Result};
use crate::models::{AccountToken, User};
use crate::permissions::{CrossTenant, Origin, TenantScope, system};
use crate::services::{accounts, mfa};
use crate::transaction;
use secrecy::SecretString;
use std::time::Instant;

/// Opens the session of a log-in whose password was right, for a code of the app or a recovery code.
///
/// # Errors
/// 401 `invalid_grant` for a wrong or used code; 422 `invalid_token` when the log-in has to begin again, as after five
/// wrong codes or five minutes; 429 after too many wrong codes of the person.
pub async fn verify_mfa(
    app: &App,
    origin: &Origin,
    ticket: &SecretString,
    code: &SecretString,
) -> Result<Tokens> {
    let started = Instant::now();
    throttle::take_all(app.db(), [token_bucket(&throttle::network_of(origin))]).await?;
    let ticket = accounts::take_ticket(app, ticket).await?.ok_or_else(over)?;
    let person = ticket.user_id.ok_or_else(over)?;
    let places = throttle::take_all(app.db(), [factor_bucket(&person.to_hex())]).await?;
    let all = system::across(CrossTenant::Authentication, origin.request_id.clone());
    let user = app.db().within::<User>(&all).find_one(Filter::id(person)).await?.ok_or_else(over)?;
    let scope = scope_of(&user, origin);
    let author = Author { user: Some(person), company: user.company_id };
    let opened = transaction!(app.db(), author, |tx| {
        finish(app, &mut tx, &scope, origin, &user, &ticket, code).await
    })?;
    let Some(opened) = opened else {
        note_failure(app, origin, user, "auth.mfa_failed");
        wait_for_floor(app, started).await;
        return Err(wrong_code());
    };
    places.succeed(app.db()).await?;
    open::hand_out(app, &scope, &user, opened).await?.ok_or_else(over)
}

/// None when the code is wrong; then nothing was written and the token can be used again.
async fn finish(
    app: &App,
    tx: &mut Tx,
    scope: &TenantScope,
    origin: &Origin,
    user: &User,
    ticket: &AccountToken,
    code: &SecretString,
) -> Result<Option<Started>> {
    let current = tx.within::<User>(scope).find_one(Filter::id(user.id)).await?.ok_or_else(over)?;
    admitting_company(tx, scope, &current).await?.ok_or_else(over)?;
    let actor = system::person(&current, origin);
    if !mfa::check(app, tx, scope, Doer::Actor(&actor), &current, code).await? {
        return Ok(None);
    }
    // It is good for one session, also when it comes twice at once with different codes.
    let used = tx.global::<AccountToken>().remove(AccountToken::key(ticket.id.as_str())).await?;
    if used != 1 {
        return Err(over());
    }
    start_with_factor(app, tx, scope, origin, &current).await.map(Some)
}

fn over() -> AppError {
    AppError::problem(Code::InvalidToken, "This log-in is over. Begin again with the password.")
}
