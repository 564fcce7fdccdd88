//! The end of a registration: the address was reached, so there is an account from now on.

use super::names::{self, Claim};
use super::person;
use super::register::{may_register, open_company};
use super::requests::{self, Asked};
use super::tokens::{self, Proof, invalid};
use crate::app::App;
use crate::db::{Author, Draft, Filter, Patch, Tx, to_document};
use crate::errors::{Code, Result};
use crate::models::{AccountTokenKind, User, UserStatus};
use crate::permissions::{CrossTenant, Origin, Role, TenantScope, system};
use crate::services::sessions::{self, Doer};
use crate::transaction;
use crate::web::Reply;
use bson::Document;
use serde_json::json;

/// Makes the account of someone who registered, or gives them the one that was made for their mails. Nobody is logged in by it.
///
/// # Errors
/// `invalid_token` for a wrong, used or old proof, and when meanwhile the address was taken or the company allows it no
/// longer.
pub async fn verify(app: &App, origin: &Origin, proof: &Proof) -> Result<Reply> {
    let proven = tokens::prove(app, origin, AccountTokenKind::Registration, proof).await?;
    let asked = requests::asked(app, &proven.token)?;
    let all = system::across(CrossTenant::Authentication, origin.request_id.clone());
    let (company, scope) = open_company(app.db(), &all, &asked.company).await?.ok_or_else(invalid)?;
    let password = proven.token.password.as_ref().ok_or_else(invalid)?;
    let password = to_document(password)?;
    let author = Author { user: None, company: Some(company.id) };
    let made = transaction!(app.db(), author, |tx| {
        proven.take(&mut tx).await?;
        if let Claim::Sender(sender) = names::claim(&mut tx, &scope, &asked.address).await? {
            return hand_over(&mut tx, &scope, origin, &sender, &asked, &password).await;
        }
        let draft = Draft::<User>::new()
            .set(User::email(), asked.address.as_str())
            .set(User::name(), asked.name.as_str())
            .set(User::role(), Role::Client)
            .set(User::status(), UserStatus::Active)
            .set(User::password_hash(), password.clone());
        person::insert(&mut tx, &scope, Some(origin), "auth.register", &asked.address, draft).await.map(drop)
    });
    match made {
        Ok(()) => Ok(Reply::ok(json!({ "email": asked.address })).no_store()),
        Err(error) if error.code() == Code::UniqueViolation => Err(invalid()),
        Err(error) => Err(error),
    }
}

/// Gives somebody who wrote to the company before the account that was made for their mails, with the tickets in it.
async fn hand_over(
    tx: &mut Tx,
    scope: &TenantScope,
    origin: &Origin,
    sender: &User,
    asked: &Asked,
    password: &Document,
) -> Result<()> {
    if !may_register(sender) || !names::prove(tx, &asked.address, sender.id).await? {
        return Err(invalid());
    }
    let patch = Patch::new()
        .set(User::name(), asked.name.as_str())
        .set(User::password_hash(), password.clone())
        .inc(User::epoch(), 1);
    tx.within::<User>(scope).update(sender.id, Filter::all(), patch).await?;
    tokens::forget(tx, sender.id).await?;
    let actor = system::person(sender, origin);
    sessions::record(tx, scope, Doer::Actor(&actor), "auth.register", sender.id).await
}
