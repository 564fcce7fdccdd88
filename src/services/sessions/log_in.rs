//! Log-in by address and password. Whatever is wrong, the answer, the work and the least time are the same.

use super::open::open;
use super::record::{attempt, scope_of};
use super::throttle::{self, Places};
use super::tokens::Tokens;
use crate::app::App;
use crate::auth::email::EmailAddress;
use crate::auth::password::Verdict;
use crate::db::{Author, Filter};
use crate::errors::{AppError, Code, Result};
use crate::models::{User, UserEmail};
use crate::permissions::{CrossTenant, Origin, system};
use crate::transaction;
use secrecy::SecretString;
use std::time::Instant;

/// Opens a session for who knows the password of `username`.
///
/// # Errors
/// 401 `invalid_grant` for an unknown name, a wrong password, an account that is disabled, locked or without
/// password, and a company that is suspended or closed; 429 when there were too many attempts.
pub async fn log_in(app: &App, origin: &Origin, username: &str, password: &SecretString) -> Result<Tokens> {
    let started = Instant::now();
    let email = EmailAddress::parse(username);
    let places = throttle::reserve(app.db(), origin, email.as_ref()).await?;
    match judge(app, origin, email.as_ref(), password, &places).await {
        Ok(Judgement::Opened(tokens)) => {
            places.succeed(app.db()).await?;
            Ok(*tokens)
        }
        Ok(Judgement::Failed(user)) => {
            if let Some(user) = user {
                note_failure(app, origin, *user);
            }
            // A floor, not jitter: random delays average out.
            tokio::time::sleep(app.limits().login_floor.saturating_sub(started.elapsed())).await;
            Err(AppError::problem(Code::InvalidGrant, "The user name or password is wrong."))
        }
        Err(error) => {
            places.refund(app.db()).await?;
            Err(error)
        }
    }
}

/// What came of an attempt that was judged.
enum Judgement {
    Opened(Box<Tokens>),
    Failed(Option<Box<User>>),
}

/// The password is verified before anything about the account is looked at. An error means that nothing was judged.
async fn judge(
    app: &App,
    origin: &Origin,
    email: Option<&EmailAddress>,
    password: &SecretString,
    places: &Places,
) -> Result<Judgement> {
    let user = match email {
        Some(email) => find(app, origin, email).await?,
        None => None,
    };
    let stored = user.as_ref().and_then(|user| user.password_hash.as_ref());
    let verdict = app.passwords().verify(password, stored).await?;
    let opened = match (&user, stored, verdict) {
        (Some(user), Some(stored), Verdict::Match { rehash }) if !places.exhausted => {
            let renewed = if rehash { Some(app.passwords().hash(password).await?) } else { None };
            open(app, origin, user, stored, renewed).await?
        }
        _ => None,
    };
    Ok(opened.map_or(Judgement::Failed(user.map(Box::new)), |tokens| Judgement::Opened(Box::new(tokens))))
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
fn note_failure(app: &App, origin: &Origin, user: User) {
    let (noting, origin) = (app.clone(), origin.clone());
    let request_id = origin.request_id.clone();
    let started = app.aside().start(async move {
        let _turn = noting.lines().failures.wait(user.company_id).await;
        if let Err(error) = append_failure(&noting, &origin, &user).await {
            let (code, request_id) = (error.code().as_str(), &origin.request_id);
            tracing::error!(code, %request_id, "a failed log-in is missing in the audit log");
        }
    });
    if !started {
        tracing::error!(%request_id, "a failed log-in is missing in the audit log: too many at once");
    }
}

async fn append_failure(app: &App, origin: &Origin, user: &User) -> Result<()> {
    let scope = scope_of(user, origin);
    let author = Author { user: None, company: user.company_id };
    transaction!(app.db(), author, |tx| {
        attempt(&mut tx, &scope, origin, "auth.login_failed", user.id).await
    })
}
