//! Invitations: someone is added, and takes the account over with a password of their own.

use super::notices;
use super::policy::check_password;
use super::register::name_of;
use super::requests;
use super::tokens::{self, Proof, invalid, link};
use crate::answer_once;
use crate::app::App;
use crate::auth::one_time;
use crate::db::{Author, Draft, Filter, Patch, Tx, to_document};
use crate::engine::{WriteRequest, record_act, reply};
use crate::errors::{AppError, Code, Result};
use crate::models::{AccountToken, AccountTokenKind, Company, CompanyStatus, User, UserStatus};
use crate::permissions::{Actor, CrossTenant, Origin, Permit, TenantScope, UsersInvite, system};
use crate::schema::format_time;
use crate::services::mfa;
use crate::services::sessions::{self, Doer};
use crate::services::users::{refuse_fields, seats, subject};
use crate::support::later;
use crate::transaction;
use crate::web::Reply;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use std::time::Duration;

/// How long an invitation holds.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);

/// Name of the platform in invitations of operators.
const PLATFORM: &str = "Stoa";

/// Sends an invitation to a person, in the transaction that makes them `invited`. Earlier ones are void.
pub(crate) async fn send(
    app: &App,
    tx: &mut Tx,
    scope: &TenantScope,
    inviter: &Actor,
    user: &User,
) -> Result<()> {
    let token = one_time::token();
    let until = later(tx.now(), KEPT);
    tokens::forget(tx, user.id).await?;
    let draft = Draft::new()
        .set(AccountToken::kind(), AccountTokenKind::Invitation)
        .set(AccountToken::user_id(), user.id)
        .set(AccountToken::link_hash(), one_time::hash(&token))
        .set(AccountToken::link_expires_at(), until)
        .set(AccountToken::expires_at(), until);
    let id = requests::new_id();
    tx.global::<AccountToken>().insert_keyed(id.expose_secret(), draft).await?;
    let company = match user.company_id {
        Some(id) => tx.within::<Company>(scope).find_one(Filter::id(id)).await?,
        None => None,
    };
    let variables = json!({
        "name": user.name,
        "company": company.map_or_else(|| PLATFORM.to_owned(), |company| company.name),
        "inviter": inviter.name(),
        "link": link(app, "accept-invite", &token),
        "expires_at": format_time(until),
    });
    notices::send(app, tx, scope, user, "invitation", variables, true).await
}

/// Sends another invitation to a person who has not taken the account over yet; the link before it is dead.
pub async fn resend(
    app: &App,
    permit: &Permit<UsersInvite>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    refuse_fields(request, &[])?;
    answer_once!(app.db(), permit, request, |tx| {
        let (stored, user) = subject(&mut tx, permit, id, request).await?;
        if user.status != UserStatus::Invited {
            let detail = "Only who was invited and has not accepted yet is invited again.";
            return Err(AppError::problem(Code::Conflict, detail));
        }
        send(app, &mut tx, permit.scope(), permit.actor(), &user).await?;
        record_act::<User>(&mut tx, permit, "invite", Some(&stored), &stored).await?;
        reply::<User, _>(permit, &stored)
    })
}

/// Takes an account over with the link of the invitation. Nobody is logged in by it.
///
/// # Errors
/// `invalid_token` for a wrong, used or old link; 422 naming `name` or `password`, after which the link can be used again.
pub async fn accept(
    app: &App,
    origin: &Origin,
    token: SecretString,
    name: Option<&str>,
    password: &SecretString,
) -> Result<Reply> {
    let proof = Proof::Link(token);
    let proven = tokens::prove(app, origin, AccountTokenKind::Invitation, &proof).await?;
    let person = proven.token.user_id.ok_or_else(invalid)?;
    let all = system::across(CrossTenant::Authentication, origin.request_id.clone());
    let user = app.db().within::<User>(&all).find_one(Filter::id(person)).await?.ok_or_else(invalid)?;
    let scope = sessions::scope_of(&user, origin);
    let company = match user.company_id {
        Some(id) => app.db().within::<Company>(&scope).find_one(Filter::id(id)).await?,
        None => None,
    };
    let name = name.map(name_of).transpose()?.unwrap_or_else(|| user.name.clone());
    let enforced = mfa::is_required(app, user.role, company.as_ref());
    check_password("password", password, &user.email, company.as_ref(), enforced)?;
    let hash = to_document(&app.passwords().hash(password).await?)?;
    let author = Author { user: Some(user.id), company: user.company_id };
    transaction!(app.db(), author, |tx| {
        proven.take(&mut tx).await?;
        let invited = tx.within::<User>(&scope).find_one(Filter::id(person)).await?;
        let invited = invited.filter(|user| user.status == UserStatus::Invited).ok_or_else(invalid)?;
        require_open(&mut tx, &scope, &invited).await?;
        let patch = Patch::new()
            .set(User::name(), name.as_str())
            .set(User::status(), UserStatus::Active)
            .set(User::password_hash(), hash.clone())
            .set(User::must_change_password(), false)
            .inc(User::epoch(), 1);
        let active = tx.within::<User>(&scope).update(person, Filter::all(), patch).await?;
        let active = active.ok_or_else(invalid)?;
        seats::moved(&mut tx, &scope, Some(&invited), &active).await?;
        tokens::forget(&mut tx, person).await?;
        let actor = system::person(&active, origin);
        sessions::record(&mut tx, &scope, Doer::Actor(&actor), "auth.invite_accept", person).await
    })?;
    Ok(Reply::ok(json!({ "email": user.email })).no_store())
}

async fn require_open(tx: &mut Tx, scope: &TenantScope, user: &User) -> Result<()> {
    let Some(id) = user.company_id else { return Ok(()) };
    let company = tx.within::<Company>(scope).find_one(Filter::id(id)).await?;
    let open = company.is_some_and(|company| company.status == CompanyStatus::Active);
    if open { Ok(()) } else { Err(invalid()) }
}
