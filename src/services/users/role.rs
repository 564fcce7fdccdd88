//! Gives a person another role.

use super::subject::{check_grant, refuse_self, subject};
use super::{hand_over, seats};
use crate::answer_once;
use crate::app::App;
use crate::db::{Patch, Tx, from_document};
use crate::engine::{WriteRequest, apply, record_act, reply};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::User;
use crate::permissions::{Permit, Role, UsersSetRole};
use crate::services::accounts::notices::{self, Event};
use crate::services::sessions;
use crate::web::Reply;
use bson::oid::ObjectId;

/// Sets the role that the body names. Access tokens that are out are void; the sessions go on with the new rights. A
/// person who becomes a client keeps no tickets.
pub async fn set_role(
    app: &App,
    permit: &Permit<UsersSetRole>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let role = read(request)?;
    let answer =
        answer_once!(app.db(), permit, request, |tx| change(app, &mut tx, permit, id, request, role).await)?;
    if !role.is_staff() {
        let person = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
        let gone = |person: &User| !person.role.is_staff();
        hand_over::rest(app.db(), permit.actor(), permit.scope(), person, None, gone).await?;
    }
    Ok(answer)
}

fn read(request: &WriteRequest) -> Result<Role> {
    let mut errors = FieldErrors::default();
    for name in request.body.keys().filter(|name| *name != "role") {
        errors.add(name, Code::UnknownField, "There is no such field.");
    }
    let role = request.body.get("role").and_then(serde_json::Value::as_str).and_then(Role::parse);
    if role.is_none() {
        errors.add("role", Code::ValidationFailed, format!("Must be one of {}.", Role::NAMES.join(", ")));
    }
    errors.into_result()?;
    role.ok_or_else(|| AppError::bug("a role that was checked"))
}

async fn change(
    app: &App,
    tx: &mut Tx,
    permit: &Permit<UsersSetRole>,
    id: &str,
    request: &WriteRequest,
    role: Role,
) -> Result<Reply> {
    let (stored, before) = subject(tx, permit, id, request).await?;
    refuse_self(permit.actor(), &before)?;
    check_grant(permit.actor(), permit.scope(), role, tx.now())?;
    if before.role == role {
        return reply::<User, _>(permit, &stored);
    }
    let patch = Patch::new().set(User::role(), role).inc(User::epoch(), 1);
    let changed = apply::<User, _>(tx, permit, &stored, patch).await?;
    let after: User = from_document(&changed)?;
    record_act::<User>(tx, permit, "set_role", Some(&stored), &changed).await?;
    seats::moved(tx, permit.scope(), Some(&before), &after).await?;
    sessions::renew_rights(tx, permit.scope(), &after).await?;
    notices::queue(app, tx, permit.scope(), &after, permit.actor().origin(), Event::RoleChanged).await?;
    reply::<User, _>(permit, &changed)
}
