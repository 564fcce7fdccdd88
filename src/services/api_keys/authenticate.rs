//! Verifies the API key of a request: the key, its owner and its company as they are now.
//!
//! It costs one read for the key, and then one for the owner and one for the company at the same time, all by unique index:
//! whatever the number of keys. Nothing is kept between requests, so that a key ends for all instances at once when it is
//! revoked, its owner is disabled or loses the role, or the company is suspended.

use crate::app::App;
use crate::auth::api_key::ApiKeyText;
use crate::config::Networks;
use crate::db::{Filter, Op, Patch};
use crate::errors::{AppError, Code, Result};
use crate::models::{ApiKey, Company, CompanyStatus, User, UserStatus};
use crate::permissions::{CrossTenant, Origin, TenantScope, system};
use crate::services::sessions::bearer;
use bson::{Bson, DateTime, oid::ObjectId};
use http::HeaderMap;

/// The last use is noted at most this often, in milliseconds.
const USED_EVERY_MS: i64 = 60_000;

/// A key that holds, and for whom.
pub struct Verified {
    /// The key.
    pub key: ApiKey,
    /// Its owner.
    pub owner: User,
}

/// The API key that a request carries as its bearer token; none when it carries another token, or none.
///
/// # Errors
/// 401 when the key does not hold, 403 when it may not be used from this address, 429 after too many wrong secrets.
pub async fn authenticate(app: &App, headers: &HeaderMap, origin: &Origin) -> Result<Option<Verified>> {
    let Ok(token) = bearer(headers) else { return Ok(None) };
    if !ApiKeyText::is_meant(token) {
        return Ok(None);
    }
    let text = ApiKeyText::parse(token).ok_or_else(refused)?;
    app.quota().refuse_guesser(origin.ip, text.name())?;
    let now = app.clock().now();
    let anywhere = system::across(CrossTenant::Authentication, origin.request_id.clone());
    let wanted = Filter::eq(ApiKey::prefix(), text.name());
    let key = app.db().within::<ApiKey>(&anywhere).find_one(wanted).await?;
    let Some(key) = key.filter(|key| holds_secret(key, &text, now)) else {
        app.quota().count_guess(origin.ip, text.name())?;
        return Err(refused());
    };
    // From here on the caller has shown the secret and may be told what is wrong.
    if !key.is_live(now) {
        return Err(ended("The API key has expired or was revoked."));
    }
    let networks = Networks::parse(key.allowed_ips.iter().map(String::as_str))
        .map_err(|text| AppError::bug(format!("an API key with the network {text}")))?;
    if !key.allowed_ips.is_empty() && !origin.ip.is_some_and(|ip| networks.contains(ip)) {
        return Err(AppError::problem(Code::Forbidden, "The API key may not be used from your address."));
    }
    let scope = system::company_of(&key, origin.request_id.clone()).ok_or_else(refused)?;
    let owner = owner(app, &scope, key.owner_id).await?;
    note_use(app, &key, &scope, origin, now);
    Ok(Some(Verified { key, owner }))
}

/// Whether the secret is the key's, or the one before it within the overlap.
fn holds_secret(key: &ApiKey, text: &ApiKeyText, now: DateTime) -> bool {
    let former = key.former_until.is_some_and(|until| until > now)
        && key.former_hash.as_deref().is_some_and(|hash| text.matches(hash));
    text.matches(&key.secret_hash) || former
}

/// The owner, who is active in a company that is in use.
async fn owner(app: &App, scope: &TenantScope, owner: ObjectId) -> Result<User> {
    let company = scope.company().ok_or_else(refused)?;
    let (users, companies) = (app.db().within::<User>(scope), app.db().within::<Company>(scope));
    let (user, company) =
        futures::try_join!(users.find_one(Filter::id(owner)), companies.find_one(Filter::id(company)))?;
    let active = company.is_some_and(|company| company.status == CompanyStatus::Active);
    let user = user.filter(|user| active && user.status == UserStatus::Active);
    user.ok_or_else(|| ended("The owner of the API key, or the company, is not active."))
}

/// Notes the use beside the request, which neither waits for it nor fails with it.
fn note_use(app: &App, key: &ApiKey, scope: &TenantScope, origin: &Origin, now: DateTime) {
    let before = DateTime::from_millis(now.timestamp_millis() - USED_EVERY_MS);
    if key.last_used_at.is_some_and(|at| at > before) {
        return;
    }
    // Of many requests at once one notes it.
    let Some(turn) = app.lines().key_uses.try_take(key.id) else { return };
    let (ip, id) = (origin.ip.map(|ip| ip.to_string()), key.id);
    let (app_of_task, scope) = (app.clone(), scope.clone());
    let started = app.aside().start(async move {
        let unnoted = Filter::eq(ApiKey::last_used_at(), Bson::Null).or(Filter::cmp(
            ApiKey::last_used_at(),
            Op::Lte,
            before,
        ));
        let patch = Patch::new().set(ApiKey::last_used_at(), now).set(ApiKey::last_used_ip(), ip);
        let noted = app_of_task.db().note::<ApiKey>(&scope, Filter::id(id).and(unnoted), patch).await;
        if let Err(error) = noted {
            tracing::debug!(code = error.code().as_str(), "the use of a key was not noted");
        }
        drop(turn);
    });
    if !started {
        tracing::debug!("the use of a key was not noted: too much runs beside the requests");
    }
}

/// The one answer for what is no key, an unknown one and a wrong secret.
fn refused() -> AppError {
    ended("The API key is not valid.")
}

fn ended(detail: &str) -> AppError {
    AppError::problem(Code::Unauthenticated, detail)
}
