//! A new password for someone who has none or has forgotten it: the mail, and the choice by what the mail brought.

use super::forgot::KEPT;
use super::names;
use super::notices::{self, Event};
use super::policy::check_password;
use super::requests::{self, Asked};
use super::tokens::{self, Fresh, Proof, invalid};
use crate::answer_once;
use crate::app::App;
use crate::auth::email::EmailAddress;
use crate::db::{Author, Draft, Filter, Patch, Tx, to_document};
use crate::engine::{WriteRequest, record_act, reply};
use crate::errors::{AppError, Code, Result};
use crate::jobs::Lease;
use crate::models::{AccountToken, AccountTokenKind, Company, CompanyStatus, User, UserStatus};
use crate::permissions::{CrossTenant, Origin, Permit, TenantScope, UsersResetPassword, system};
use crate::services::mfa;
use crate::services::sessions::{self, Doer};
use crate::services::users::{refuse_fields, refuse_self, subject};
use crate::support::later;
use crate::transaction;
use crate::web::Reply;
use bson::oid::ObjectId;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

/// Sends link and code to a person who may log in.
pub(super) async fn deliver(app: &App, lease: &Lease, token: &AccountToken, user: &User) -> Result<()> {
    let scope = system::company_of(user, lease.scope.request_id()).unwrap_or_else(|| lease.scope.clone());
    let fresh = Fresh::make(app).await?;
    let author = Author { user: None, company: user.company_id };
    transaction!(app.db(), author, |tx| {
        let current = tx.within::<User>(&scope).find_one(Filter::id(user.id)).await?;
        if let Some(current) = current
            && usable(&mut tx, &scope, &current).await?.is_some()
        {
            let patch = fresh.patch(tx.now(), KEPT)?.set(AccountToken::user_id(), current.id);
            let key = AccountToken::key(token.id.as_str());
            if tx.global::<AccountToken>().update(key, patch, false).await?.is_some() {
                mail(app, &mut tx, &scope, &current, &fresh, &token.id).await?;
            }
        }
        lease.finish(&mut tx).await
    })
}

/// Starts a reset for a person, who gets the same mail as by asking for it. Nobody chooses a password for others.
pub async fn start_reset(
    app: &App,
    permit: &Permit<UsersResetPassword>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    refuse_fields(request, &[])?;
    let fresh = Fresh::make(app).await?;
    answer_once!(app.db(), permit, request, |tx| {
        let (stored, user) = subject(&mut tx, permit, id, request).await?;
        refuse_self(permit.actor(), &user)?;
        if user.status != UserStatus::Active {
            let detail = "The person cannot log in: enable the account, or send the invitation again.";
            return Err(AppError::problem(Code::Conflict, detail));
        }
        if !names::can_prove(&mut tx, &user.email, user.id).await? {
            let detail = "The person cannot log in: the address is the log-in name of another account.";
            return Err(AppError::problem(Code::Conflict, detail));
        }
        let request_id = requests::new_id();
        let request_id = request_id.expose_secret();
        let asked = Asked { address: user.email.clone(), ..Asked::default() };
        let draft = Draft::new()
            .set(AccountToken::kind(), AccountTokenKind::PasswordReset)
            .set(AccountToken::user_id(), user.id)
            .set(AccountToken::asked(), requests::seal(app, request_id, &asked)?)
            .set(AccountToken::expires_at(), later(tx.now(), KEPT));
        tx.global::<AccountToken>().insert_keyed(request_id, draft).await?;
        let patch = fresh.patch(tx.now(), KEPT)?;
        tx.global::<AccountToken>().update(AccountToken::key(request_id), patch, false).await?;
        mail(app, &mut tx, permit.scope(), &user, &fresh, request_id).await?;
        record_act::<User>(&mut tx, permit, "reset_password", Some(&stored), &stored).await?;
        reply::<User, _>(permit, &stored)
    })
}

async fn mail(
    app: &App,
    tx: &mut Tx,
    scope: &TenantScope,
    user: &User,
    fresh: &Fresh,
    request_id: &str,
) -> Result<()> {
    let link = format!("{}&request_id={request_id}", fresh.link(app, "reset-password"));
    let minutes = KEPT.as_secs() / 60;
    let variables = json!({ "name": user.name, "link": link, "code": fresh.code(), "minutes": minutes });
    notices::send(app, tx, scope, user, "password_reset", variables, true).await
}

/// The person's company, if the person may log in: `Some(None)` for operators.
async fn usable(tx: &mut Tx, scope: &TenantScope, user: &User) -> Result<Option<Option<Company>>> {
    if user.status != UserStatus::Active {
        return Ok(None);
    }
    let Some(id) = user.company_id else { return Ok(Some(None)) };
    let company = tx.within::<Company>(scope).find_one(Filter::id(id)).await?;
    Ok(company.filter(|company| company.status == CompanyStatus::Active).map(Some))
}

/// Sets a new password. All sessions of the person end, and every other request for a password is void; a second factor
/// stays in force, and nobody is logged in by it. An account that was locked is open again.
///
/// # Errors
/// `invalid_token` for a wrong, used or old proof, and when meanwhile somebody else has the address for a log-in name; 422
/// naming `new_password`, after which the proof can be used again.
pub async fn reset(app: &App, origin: &Origin, proof: &Proof, new: &SecretString) -> Result<Reply> {
    let proven = tokens::prove(app, origin, AccountTokenKind::PasswordReset, proof).await?;
    let person = proven.token.user_id.ok_or_else(invalid)?;
    let all = system::across(CrossTenant::Authentication, origin.request_id.clone());
    let user = app.db().within::<User>(&all).find_one(Filter::id(person)).await?.ok_or_else(invalid)?;
    let scope = sessions::scope_of(&user, origin);
    let company = match user.company_id {
        Some(id) => app.db().within::<Company>(&scope).find_one(Filter::id(id)).await?,
        None => None,
    };
    let enforced = mfa::is_required(app, user.role, company.as_ref());
    if let Err(error) = check_password("new_password", new, &user.email, company.as_ref(), enforced) {
        proven.give_back(app).await?;
        return Err(error);
    }
    let hash = to_document(&app.passwords().hash(new).await?)?;
    let author = Author { user: Some(user.id), company: user.company_id };
    transaction!(app.db(), author, |tx| {
        proven.take(&mut tx).await?;
        let current = tx.within::<User>(&scope).find_one(Filter::id(person)).await?.ok_or_else(invalid)?;
        usable(&mut tx, &scope, &current).await?.ok_or_else(invalid)?;
        if !names::prove(&mut tx, &current.email, current.id).await? {
            return Err(invalid());
        }
        let patch = Patch::new()
            .set(User::password_hash(), hash.clone())
            .set(User::must_change_password(), false)
            .inc(User::epoch(), 1);
        tx.within::<User>(&scope).update(current.id, Filter::all(), patch).await?;
        end_all(&mut tx, &current.email, current.id).await?;
        let actor = system::person(&current, origin);
        sessions::record(&mut tx, &scope, Doer::Actor(&actor), "auth.password_reset", current.id).await?;
        notices::queue(app, &mut tx, &scope, &current, origin, Event::PasswordReset).await
    })?;
    Ok(Reply::ok(json!({ "reset": true })).no_store())
}

async fn end_all(tx: &mut Tx, address: &str, person: ObjectId) -> Result<()> {
    tokens::forget(tx, person).await?;
    sessions::end_of_user(tx, person).await?;
    if let Some(address) = EmailAddress::parse(address) {
        sessions::unlock(tx, &address).await?;
    }
    Ok(())
}
