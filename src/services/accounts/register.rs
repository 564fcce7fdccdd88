//! Registration: someone asks for an account of their own, as a client of a company that allows it. There is no account
//! until the address was verified, so nobody takes a place with an address that is not theirs.

use super::names::{self, Claim};
use super::notices;
use super::policy::check_password;
use super::requests::{self, Asked};
use super::tokens::Fresh;
use crate::app::App;
use crate::auth::email::EmailAddress;
use crate::db::{Author, Db, Filter, Model, to_document};
use crate::errors::{FieldErrors, Result};
use crate::jobs::Lease;
use crate::models::{AccountToken, AccountTokenKind, Company, CompanyStatus, Settings, User, UserStatus};
use crate::permissions::{Origin, Role, TenantScope, system};
use crate::schema::parse_value;
use crate::services::outbound_emails::{self, NewEmail};
use crate::transaction;
use crate::web::Reply;
use secrecy::SecretString;
use serde_json::json;
use std::time::Duration;

/// How long the address can be verified.
pub(super) const KEPT: Duration = Duration::from_secs(24 * 3600);

/// Who wants an account.
pub struct Applicant {
    /// Short name of the company.
    pub company: String,
    /// Address.
    pub email: String,
    /// Display name.
    pub name: String,
    /// The password to log in with.
    pub password: SecretString,
}

/// Writes the wish down. The answer, the work and the writes are the same whether the company allows it or exists, and
/// whether the address has an account.
///
/// # Errors
/// 422 for an address, name or password that cannot be one; 429 after too many requests.
pub async fn register(app: &App, origin: &Origin, applicant: &Applicant) -> Result<Reply> {
    let address = EmailAddress::from_field("email", &applicant.email)?;
    let name = name_of(&applicant.name)?;
    check_password("password", &applicant.password, address.as_str(), None, false)?;
    requests::throttle(app, origin, &address).await?;
    let hash = to_document(&app.passwords().hash(&applicant.password).await?)?;
    let company = applicant.company.chars().take(60).collect();
    let asked = Asked { address: address.as_str().to_owned(), name, company };
    requests::write_down(app, origin, AccountTokenKind::Registration, &asked, KEPT, |draft| {
        draft.set(AccountToken::password(), hash.clone())
    })
    .await
}

/// A name as the records of people take it.
pub(super) fn name_of(text: &str) -> Result<String> {
    let mut errors = FieldErrors::default();
    let spec = User::field("name");
    let value = spec.and_then(|spec| parse_value(spec, "name", &json!(text), &mut errors));
    errors.into_result()?;
    Ok(value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default())
}

/// Sends link and code to an address that has no account, if the company allows it.
pub(super) async fn deliver(app: &App, lease: &Lease, token: &AccountToken, asked: &Asked) -> Result<()> {
    let Some((company, scope)) = open_company(app.db(), &lease.scope, &asked.company).await? else {
        return Ok(());
    };
    let fresh = Fresh::make(app).await?;
    let variables = json!({
        "name": asked.name, "company": company.name, "link": fresh.link(app, "verify-email"), "code": fresh.code(),
    });
    let mail = |request: &str| NewEmail {
        template: "email_verification",
        to: asked.address.clone(),
        to_name: Some(asked.name.clone()),
        locale: Some(company.locale.clone()),
        variables: variables.clone(),
        sensitive: true,
        dedupe_key: format!("account:email_verification:{request}"),
        ticket_id: None,
        message_id: None,
    };
    let author = Author { user: None, company: Some(company.id) };
    transaction!(app.db(), author, |tx| {
        let patch = fresh.patch(tx.now(), KEPT)?;
        let key = AccountToken::key(token.id.as_str());
        let may = match names::claim(&mut tx, &scope, &asked.address).await? {
            Claim::Free => true,
            Claim::Sender(sender) => may_register(&sender),
            Claim::Taken => false,
        };
        if may && tx.global::<AccountToken>().update(key, patch, false).await?.is_some() {
            // By job: a registration is sent again when it is asked for.
            let mail = mail(&lease.job.id.to_hex());
            outbound_emails::queue(app, &mut tx, &scope, &mail).await?;
        }
        lease.finish(&mut tx).await
    })
}

/// Whether the sender of mails can have the account that the company made of them.
pub(super) fn may_register(sender: &User) -> bool {
    sender.role == Role::Client && sender.status == UserStatus::Active && sender.password_hash.is_none()
}

/// Tells the owner of an address that someone wanted to register with it.
pub(super) async fn tell_known(app: &App, lease: &Lease, user: &User) -> Result<()> {
    let scope = system::company_of(user, lease.scope.request_id()).unwrap_or_else(|| lease.scope.clone());
    let variables = json!({ "name": user.name, "link": format!("{}/login", app.limits().public_url) });
    let author = Author { user: None, company: user.company_id };
    transaction!(app.db(), author, |tx| {
        notices::send(app, &mut tx, &scope, user, "already_registered", variables.clone(), false).await?;
        lease.finish(&mut tx).await
    })
}

/// The company with this short name, with its scope, if people may register there now.
pub(super) async fn open_company(
    db: &Db,
    all: &TenantScope,
    slug: &str,
) -> Result<Option<(Company, TenantScope)>> {
    let named = Filter::eq(Company::slug(), slug);
    let Some(company) = db.within::<Company>(all).find_one(named).await? else { return Ok(None) };
    let Some(scope) = system::company_of(&company, all.request_id()) else { return Ok(None) };
    let settings = db.within::<Settings>(&scope).find_one(Filter::all()).await?;
    let allowed = settings.is_some_and(|settings| settings.self_registration == Some(true));
    let open = allowed && company.status == CompanyStatus::Active;
    Ok(open.then_some((company, scope)))
}
