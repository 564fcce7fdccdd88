//! Log-in by address and password. Whatever is wrong, the answer, the work and the least time are the same.

use super::open::{Opening, Verified, open};
use super::record::{attempt, scope_of};
use super::throttle::{self, Places};
use super::tokens::Tokens;
use crate::app::App;
use crate::auth::email::EmailAddress;
use crate::auth::password::Verdict;
use crate::auth::throttle::factor_bucket;
use crate::db::{Author, Filter};
use crate::errors::{AppError, Code, Problem, Result};
use crate::models::{User, UserEmail};
use crate::permissions::{CrossTenant, Origin, system};
use crate::transaction;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use std::time::Instant;

/// What someone gives to log in.
pub struct Credentials<'a> {
    /// The address.
    pub username: &'a str,
    /// The password.
    pub password: &'a SecretString,
    /// A code of the second factor, when it comes with the password.
    pub code: Option<&'a SecretString>,
}

/// Opens a session for who knows the password of `username`, and has the second factor of whoever has one.
///
/// # Errors
/// 401 `invalid_grant` for an unknown name, a wrong password, an account that is disabled, locked or without
/// password, and a company that is suspended or closed; 403 `mfa_required` when the password is right and the second
/// factor is missing; 429 when there were too many attempts.
pub async fn log_in(app: &App, origin: &Origin, given: &Credentials<'_>) -> Result<Tokens> {
    let started = Instant::now();
    let email = EmailAddress::parse(given.username);
    let places = throttle::reserve(app.db(), origin, email.as_ref()).await?;
    match judge(app, origin, email.as_ref(), given, &places).await {
        Ok(Judgement::Opened(tokens)) => {
            places.succeed(app.db()).await?;
            Ok(*tokens)
        }
        Ok(Judgement::NeedsFactor(ticket)) => {
            // The password was right; wrong codes have a count of their own.
            places.succeed(app.db()).await?;
            Err(needs_factor(&ticket))
        }
        Ok(Judgement::WrongFactor(user)) => {
            note_failure(app, origin, *user, "auth.mfa_failed");
            wait_for_floor(app, started).await;
            Err(wrong_code())
        }
        Ok(Judgement::Failed(user)) => {
            if let Some(user) = user {
                note_failure(app, origin, *user, "auth.login_failed");
            }
            wait_for_floor(app, started).await;
            Err(AppError::problem(Code::InvalidGrant, "The user name or password is wrong."))
        }
        Err(error) => {
            places.refund(app.db()).await?;
            Err(error)
        }
    }
}

/// A floor, not jitter: random delays average out.
pub(super) async fn wait_for_floor(app: &App, started: Instant) {
    tokio::time::sleep(app.limits().login_floor.saturating_sub(started.elapsed())).await;
}

fn needs_factor(ticket: &SecretString) -> AppError {
    let detail = "The password is right. Send a code of your second factor: POST /auth/mfa/verify.";
    let problem = Problem::new(Code::MfaRequired, detail).with("mfa_token", ticket.expose_secret());
    problem.with("methods", json!(["totp", "recovery_code"])).into()
}

/// The one answer for a second factor that is wrong or was used before.
pub(super) fn wrong_code() -> AppError {
    AppError::problem(Code::InvalidGrant, "The code is wrong, or was used before.")
}

/// What came of an attempt that was judged.
enum Judgement {
    Opened(Box<Tokens>),
    NeedsFactor(SecretString),
    WrongFactor(Box<User>),
    Failed(Option<Box<User>>),
}

/// The password is verified before anything about the account is looked at. An error means that nothing was judged.
async fn judge(
    app: &App,
    origin: &Origin,
    email: Option<&EmailAddress>,
    given: &Credentials<'_>,
    places: &Places,
) -> Result<Judgement> {
    let user = match email {
        Some(email) => find(app, origin, email).await?,
        None => None,
    };
    let stored = user.as_ref().and_then(|user| user.password_hash.as_ref());
    let verdict = app.passwords().verify(given.password, stored).await?;
    let (Some(known), Some(stored), Verdict::Match { rehash }, false) =
        (&user, stored, verdict, places.exhausted)
    else {
        return Ok(Judgement::Failed(user.map(Box::new)));
    };
    let renewed = if rehash { Some(app.passwords().hash(given.password).await?) } else { None };
    let verified = Verified { stored, renewed, code: given.code };
    let guess = match given.code {
        Some(_) => Some(throttle::take_all(app.db(), [factor_bucket(&known.id.to_hex())]).await?),
        None => None,
    };
    let opening = open(app, origin, known, &verified).await;
    match opening? {
        Some(Opening::Session(tokens)) => {
            if let Some(guess) = guess {
                guess.succeed(app.db()).await?;
            }
            Ok(Judgement::Opened(tokens))
        }
        Some(Opening::NeedsFactor(ticket)) => Ok(Judgement::NeedsFactor(ticket)),
        Some(Opening::WrongFactor) => Ok(Judgement::WrongFactor(Box::new(known.clone()))),
        None => Ok(Judgement::Failed(user.map(Box::new))),
    }
}

/// The person with this address, unless removed.
async fn find(app: &App, origin: &Origin, email: &EmailAddress) -> Result<Option<User>> {
    let Some(name) = app.db().global::<UserEmail>().find_one(UserEmail::key(email.as_str())).await? else {
        return Ok(None);
    };
    let scope = system::across(CrossTenant::Authentication, origin.request_id.clone());
    app.db().within::<User>(&scope).find_one(Filter::id(name.user_id)).await
}

/// Records the failure beside the answer, which would come later than for a name that nobody has when the company
/// writes much. One entry of a company stands in line for its writes at a time: guesses do not crowd out its people.
pub(super) fn note_failure(app: &App, origin: &Origin, user: User, action: &'static str) {
    let (noting, origin) = (app.clone(), origin.clone());
    let request_id = origin.request_id.clone();
    let started = app.aside().start(async move {
        let _turn = noting.lines().failures.wait(user.company_id).await;
        if let Err(error) = append_failure(&noting, &origin, &user, action).await {
            let (code, request_id) = (error.code().as_str(), &origin.request_id);
            tracing::error!(code, %request_id, "a failed log-in is missing in the audit log");
        }
    });
    if !started {
        tracing::error!(%request_id, "a failed log-in is missing in the audit log: too many at once");
    }
}

async fn append_failure(app: &App, origin: &Origin, user: &User, action: &str) -> Result<()> {
    let scope = scope_of(user, origin);
    let author = Author { user: None, company: user.company_id };
    transaction!(app.db(), author, |tx| attempt(&mut tx, &scope, origin, action, user.id).await)
}
