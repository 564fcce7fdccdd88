//! Adds a person, who gets an invitation or a first password.

use super::subject::check_grant;
use crate::answer_once;
use crate::app::App;
use crate::auth::password::StoredPassword;
use crate::db::{Filter, Tx, to_document};
use crate::engine::{Input, Reading, WriteRequest, check_references, create_in, parse_input, recall};
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::{Company, User, UserStatus};
use crate::permissions::{Permit, Role, UsersCreate};
use crate::services::accounts::{check_password, invite, names};
use crate::transaction;
use crate::web::Reply;
use bson::oid::ObjectId;
use secrecy::SecretString;
use serde_json::{Map, Value};
use std::time::Duration;

/// How long a first password stands in its company's line to be hashed.
const HASH_WAIT: Duration = Duration::from_secs(10);

/// Adds a person. `password` in the body is the first one; the person has to replace it after the first log-in.
/// Without one the person gets an invitation, and chooses a password with it.
pub async fn create(app: &App, permit: &Permit<UsersCreate>, mut request: WriteRequest) -> Result<Reply> {
    let password = take_password(&mut request.body)?;
    if password.is_some() {
        if !permit.write_mask().admits("password") {
            return Err(FieldErrors::one("password", Code::ReadOnlyField, "Cannot be set here.").into());
        }
        // What is kept of the request to know it again must not be a plain hash of a password.
        let rest = serde_json::to_vec(&request.body).map_err(AppError::internal)?;
        request.idempotency = request.idempotency.map(|key| key.of_body(&rest));
    }
    let reading = Reading {
        write: permit.write_mask(),
        read: permit.read_mask(),
        current: None,
        company: permit.scope().company(),
        lenient: request.lenient,
    };
    let mut input = parse_input::<User>(&request.body, &reading)?;
    if let Some(password) = password {
        // Before the password is hashed, which takes from what all companies share.
        let author = permit.actor().author();
        let told = transaction!(app.db(), author, |tx| look_ahead(&mut tx, permit, &request, &input).await)?;
        if let Some(told) = told {
            return Ok(told);
        }
        let email = input.fields.get_str("email").unwrap_or_default();
        let hash = first_password(app, permit, email, &password).await?;
        input.fields.insert("password_hash", to_document(&hash)?);
        input.fields.insert("must_change_password", true);
    }
    let invited = !input.fields.contains_key("password_hash");
    if invited {
        input.fields.insert("status", UserStatus::Invited);
    }
    answer_once!(app.db(), permit, request, |tx| {
        let reply = create_in::<User>(&mut tx, permit, &input).await?;
        if invited {
            let id = reply.body()["id"].as_str().and_then(|id| ObjectId::parse_str(id).ok());
            let id = id.ok_or_else(|| AppError::bug("a person without id"))?;
            let user = tx.within::<User>(permit.scope()).get(id).await?;
            invite(app, &mut tx, permit.scope(), permit.actor(), &user).await?;
        }
        Ok(reply)
    })
}

/// Refuses what would be refused anyway. Answers a request that comes again.
async fn look_ahead(
    tx: &mut Tx,
    permit: &Permit<UsersCreate>,
    request: &WriteRequest,
    input: &Input,
) -> Result<Option<Reply>> {
    if let Some(reply) = recall(tx, request.idempotency.as_ref()).await? {
        return Ok(Some(reply));
    }
    if let Some(role) = input.fields.get_str("role").ok().and_then(Role::parse) {
        check_grant(permit.actor(), permit.scope(), role, tx.now())?;
    }
    let email = input.fields.get_str("email").unwrap_or_default();
    names::refuse_taken(tx, permit.scope(), email).await?;
    check_references::<User>(tx, permit.caller(), &input.fields, None).await?;
    Ok(None)
}

fn take_password(body: &mut Map<String, Value>) -> Result<Option<SecretString>> {
    match body.remove("password") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.into())),
        Some(_) => Err(FieldErrors::one("password", Code::ValidationFailed, "Must be a text.").into()),
    }
}

async fn first_password(
    app: &App,
    permit: &Permit<UsersCreate>,
    email: &str,
    password: &SecretString,
) -> Result<StoredPassword> {
    let company = match permit.scope().company() {
        Some(id) => app.db().within::<Company>(permit.scope()).find_one(Filter::id(id)).await?,
        None => None,
    };
    check_password("password", password, email, company.as_ref(), false)?;
    // A company that adds many people at once waits for itself, not the log-ins of others for it.
    let line = app.lines().passwords.wait(permit.scope().company());
    let _turn = tokio::time::timeout(HASH_WAIT, line).await.map_err(|_elapsed| {
        Problem::new(Code::Overloaded, "Too many people are being added. Try again.").retry_after(2)
    })?;
    app.passwords().hash(password).await
}
