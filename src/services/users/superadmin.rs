//! The first operator of the platform, made on the command line: no account exists by default.

use crate::auth::email::EmailAddress;
use crate::auth::password::{PasswordPolicy, PasswordPool, context_words};
use crate::db::{Author, Db, Draft, Filter, Tx, to_document};
use crate::errors::{AppError, Code, Result};
use crate::models::User;
use crate::permissions::{CrossTenant, Role, TenantScope, system};
use crate::services::accounts::insert_person;
use crate::transaction;
use bson::{Document, oid::ObjectId};
use secrecy::SecretString;

/// Adds an operator who logs in with this address and password, and tells the id. With `must_change` the password is
/// good for one log-in, after which the person chooses another.
///
/// # Errors
/// 409 when there is an operator already and `another` was not asked for, or when the address is taken; 422 for an
/// address or a password that is none.
pub async fn create_superadmin(
    db: &Db,
    passwords: &PasswordPool,
    email: &str,
    password: &SecretString,
    another: bool,
    must_change: bool,
) -> Result<ObjectId> {
    let email = EmailAddress::from_field("email", email)?;
    PasswordPolicy { mfa_enforced: false }.check("password", password, &context_words(None, Some(&email)))?;
    let hash = to_document(&passwords.hash(password).await?)?;
    let scope = system::across(CrossTenant::Setup, "create-admin");
    transaction!(db, Author::default(), |tx| insert(&mut tx, &scope, &email, &hash, another, must_change)
        .await)
}

async fn insert(
    tx: &mut Tx,
    scope: &TenantScope,
    email: &EmailAddress,
    hash: &Document,
    another: bool,
    must_change: bool,
) -> Result<ObjectId> {
    let operators = Filter::eq(User::role(), Role::Superadmin);
    if !another && tx.within::<User>(scope).exists(operators).await? {
        return Err(AppError::problem(Code::Conflict, "There is an operator already."));
    }
    let draft = Draft::new()
        .set(User::email(), email.as_str())
        .set(User::name(), email.local_part())
        .set(User::role(), Role::Superadmin)
        .set(User::password_hash(), hash.clone())
        .set(User::must_change_password(), must_change);
    insert_person(tx, scope, None, "users.create", email.as_str(), draft).await.map(|user| user.id)
}
