//! Disables and enables accounts, and ends the sessions of others.

use super::subject::{refuse_self, subject};
use super::{hand_over, seats};
use crate::answer_once;
use crate::app::App;
use crate::auth::email::EmailAddress;
use crate::db::{Patch, Tx, from_document};
use crate::engine::{WriteRequest, apply, find_missing, record_act, reply};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{User, UserStatus};
use crate::permissions::{Permission, Permit, UsersDisable, UsersRevoke};
use crate::services::accounts::forget_tokens;
use crate::services::sessions;
use crate::web::Reply;
use bson::{Document, oid::ObjectId};
use serde_json::Value;

/// Disables an account: its sessions end, its open tickets go to `reassign_to` or back to the queue. That is also where
/// those go that lie in departments for which the heir does not work.
pub async fn disable(
    app: &App,
    permit: &Permit<UsersDisable>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let heir = read_heir(request)?;
    let answer = answer_once!(app.db(), permit, request, |tx| {
        let (stored, before) = subject(&mut tx, permit, id, request).await?;
        refuse_self(permit.actor(), &before)?;
        check_heir(&mut tx, permit, before.id, heir).await?;
        let patch = Patch::new().set(User::status(), UserStatus::Disabled).inc(User::epoch(), 1);
        let stored =
            change(&mut tx, permit, "disable", UserStatus::Disabled, (stored, before), patch).await?;
        reply::<User, _>(permit, &stored)
    })?;
    let person = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    let gone = |person: &User| person.status == UserStatus::Disabled;
    hand_over::rest(app.db(), permit.actor(), permit.scope(), person, heir, gone).await?;
    Ok(answer)
}

/// Enables an account again. One that is locked after too many wrong passwords is unlocked, also when it is active.
pub async fn enable(
    app: &App,
    permit: &Permit<UsersDisable>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    refuse_fields(request, &[])?;
    answer_once!(app.db(), permit, request, |tx| {
        let (stored, before) = subject(&mut tx, permit, id, request).await?;
        refuse_self(permit.actor(), &before)?;
        if before.status == UserStatus::Invited {
            let detail = "The person has not accepted the invitation yet: send it again.";
            return Err(AppError::problem(Code::Conflict, detail));
        }
        let address = EmailAddress::parse(&before.email);
        let patch = Patch::new().set(User::status(), UserStatus::Active);
        let stored = change(&mut tx, permit, "enable", UserStatus::Active, (stored, before), patch).await?;
        if let Some(address) = address
            && sessions::unlock(&mut tx, &address).await?
        {
            record_act::<User>(&mut tx, permit, "unlock", Some(&stored), &stored).await?;
        }
        reply::<User, _>(permit, &stored)
    })
}

/// Ends all sessions of a person.
pub async fn revoke_sessions(
    app: &App,
    permit: &Permit<UsersRevoke>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    refuse_fields(request, &[])?;
    answer_once!(app.db(), permit, request, |tx| {
        let (stored, person) = subject(&mut tx, permit, id, request).await?;
        sessions::end_of_user(&mut tx, person.id).await?;
        record_act::<User>(&mut tx, permit, "revoke_sessions", Some(&stored), &stored).await?;
        reply::<User, _>(permit, &stored)
    })
}

/// Sets the status with all that follows from it; nothing when the person has it already.
async fn change<P: Permission<Resource = User>>(
    tx: &mut Tx,
    permit: &Permit<P>,
    action: &str,
    to: UserStatus,
    (stored, before): (Document, User),
    patch: Patch<User>,
) -> Result<Document> {
    if before.status == to {
        return Ok(stored);
    }
    let changed = apply::<User, _>(tx, permit, &stored, patch).await?;
    let after: User = from_document(&changed)?;
    record_act::<User>(tx, permit, action, Some(&stored), &changed).await?;
    seats::moved(tx, permit.scope(), Some(&before), &after).await?;
    sessions::end_of_user(tx, after.id).await?;
    forget_tokens(tx, after.id).await?;
    Ok(changed)
}

fn read_heir(request: &WriteRequest) -> Result<Option<ObjectId>> {
    refuse_fields(request, &["reassign_to"])?;
    match request.body.get("reassign_to") {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            let id = value.as_str().and_then(|text| ObjectId::parse_str(text).ok());
            let fault =
                || FieldErrors::one("reassign_to", Code::ValidationFailed, "Must be an id of 24 hex digits.");
            Ok(Some(id.ok_or_else(fault)?))
        }
    }
}

/// Tickets go only to active staff of the company.
async fn check_heir(
    tx: &mut Tx,
    permit: &Permit<UsersDisable>,
    person: ObjectId,
    heir: Option<ObjectId>,
) -> Result<()> {
    let Some(heir) = heir else { return Ok(()) };
    let fault = |code, message: &str| Err(FieldErrors::one("reassign_to", code, message).into());
    if !find_missing(tx, permit.caller(), "users", &[heir]).await?.is_empty() {
        return fault(Code::ReferenceNotFound, "Names a record that does not exist.");
    }
    if hand_over::heir(tx, permit.scope(), person, Some(heir)).await?.is_some() {
        return Ok(());
    }
    fault(Code::ValidationFailed, "Must be another, active member of the staff.")
}

/// Refuses fields that an action does not know.
pub(crate) fn refuse_fields(request: &WriteRequest, known: &[&str]) -> Result<()> {
    let mut errors = FieldErrors::default();
    for name in request.body.keys().filter(|name| !known.contains(&name.as_str())) {
        errors.add(name, Code::UnknownField, "There is no such field.");
    }
    errors.into_result()
}
