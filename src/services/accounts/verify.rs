//! The end of a registration: the address was reached, so there is an account from now on.

use super::person;
use super::register::open_company;
use super::requests;
use super::tokens::{self, Proof, invalid};
use crate::app::App;
use crate::db::{Author, Draft, to_document};
use crate::errors::{Code, Result};
use crate::models::{AccountTokenKind, User, UserStatus};
use crate::permissions::{CrossTenant, Origin, Role, system};
use crate::transaction;
use crate::web::Reply;
use serde_json::json;

/// Makes the account of someone who registered. Nobody is logged in by it.
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
        let draft = Draft::<User>::new()
            .set(User::email(), asked.address.as_str())
            .set(User::name(), asked.name.as_str())
            .set(User::role(), Role::Client)
            .set(User::status(), UserStatus::Active)
            .set(User::password_hash(), password.clone());
        person::insert(&mut tx, &scope, Some(origin), "auth.register", &asked.address, draft).await
    });
    match made {
        Ok(_) => Ok(Reply::ok(json!({ "email": asked.address })).no_store()),
        Err(error) if error.code() == Code::UniqueViolation => Err(invalid()),
        Err(error) => Err(error),
    }
}
