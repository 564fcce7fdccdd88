//! Gives a ticket to a person or a department, or lets the caller take it before anyone else does.

use super::super::assignee::{check_assignee, is_in_use, serves};
use super::super::body::parse_body;
use super::super::change::Change;
use super::super::core::status::enter;
use super::super::events::NewEvent;
use super::super::find::{Found, check_writable, find};
use super::super::settings::settings;
use super::super::strategy::{Pick, pick};
use crate::answer_once;
use crate::db::{Db, Filter, Patch, Tx};
use crate::engine::{WriteRequest, find_missing, reply};
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::{EventKind, Status, Ticket, User};
use crate::permissions::{Permit, Role, TicketsAssign};
use crate::schema::FieldSpec;
use crate::web::Reply;
use bson::{Bson, Document, oid::ObjectId};

/// Body of an assignment.
pub const BODY: &[FieldSpec] = &[
    FieldSpec::id_of("users").nullable().named("assignee_id", "Person, `me`, or null for nobody."),
    FieldSpec::id_of("departments").nullable().named("department_id", "Department; null for none."),
];

/// Assigns a ticket and answers with it. A department without a person assigns by the department's strategy.
pub async fn assign(
    db: &Db,
    permit: &Permit<TicketsAssign>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let body = parse_body(BODY, &request.body, permit.actor())?;
    answer_once!(db, permit, request, |tx| {
        let current = find(&mut tx, permit, id).await?;
        request.conditions.check(current.ticket.version)?;
        let after = assign_in(&mut tx, permit, current, &body).await?;
        reply(permit, &after.document)
    })
}

/// The part of an assignment that runs in the transaction.
pub async fn assign_in(
    tx: &mut Tx,
    permit: &Permit<TicketsAssign>,
    current: Found,
    body: &Document,
) -> Result<Found> {
    check_writable(tx, permit.caller(), &current.ticket).await?;
    if body.is_empty() {
        let message = "Say to whom: assignee_id, department_id or both.";
        return Err(FieldErrors::one("assignee_id", Code::ValidationFailed, message).into());
    }
    let department = match body.get("department_id") {
        Some(wanted) => {
            check_department(tx, permit, &current.ticket, wanted.as_object_id()).await?;
            wanted.as_object_id()
        }
        None => current.ticket.department_id,
    };
    let mut nobody = false;
    let assignee = match body.get("assignee_id").map(Bson::as_object_id) {
        Some(Some(person)) => {
            check_assignee(tx, permit.caller(), person, department).await?;
            Some(person)
        }
        Some(None) => None,
        None if keeps_assignee(tx, permit, &current.ticket, department).await? => current.ticket.assignee_id,
        None => {
            let settings = settings(tx, permit.scope()).await?;
            match pick(tx, permit.scope(), &settings, department, current.ticket.category_id).await? {
                Pick::Person(person) => Some(person),
                Pick::Nobody => {
                    nobody = true;
                    None
                }
                Pick::Manual => None,
            }
        }
    };
    give(tx, permit, current, assignee, department, nobody).await
}

/// The department must exist; writers hand tickets to their own departments only.
async fn check_department(
    tx: &mut Tx,
    permit: &Permit<TicketsAssign>,
    ticket: &Ticket,
    wanted: Option<ObjectId>,
) -> Result<()> {
    let refuse = |code, message: &str| AppError::from(FieldErrors::one("department_id", code, message));
    if let Some(id) = wanted {
        if !find_missing(tx, permit.caller(), "departments", &[id]).await?.is_empty() {
            return Err(refuse(Code::ReferenceNotFound, "Names a record that does not exist."));
        }
        if !is_in_use(tx, permit.scope(), id).await? {
            return Err(refuse(Code::ValidationFailed, "The department is not in use any more."));
        }
    }
    let actor = permit.actor();
    let own = wanted.is_some_and(|id| actor.departments().contains(&id));
    if actor.role() == Role::ContentWriter && wanted != ticket.department_id && !own {
        let problem = Problem::new(Code::Forbidden, "You may move tickets to your own departments only.");
        return Err(problem.with("missing_capability", "tickets.assign").into());
    }
    Ok(())
}

/// Whether the present assignee stays when only the department changes.
async fn keeps_assignee(
    tx: &mut Tx,
    permit: &Permit<TicketsAssign>,
    ticket: &Ticket,
    department: Option<ObjectId>,
) -> Result<bool> {
    let Some(assignee) = ticket.assignee_id else { return Ok(false) };
    let user = tx.within::<User>(permit.scope()).find_one(Filter::id(assignee)).await?;
    Ok(user.is_some_and(|user| serves(&user, department)))
}

async fn give(
    tx: &mut Tx,
    permit: &Permit<TicketsAssign>,
    current: Found,
    assignee: Option<ObjectId>,
    department: Option<ObjectId>,
    nobody: bool,
) -> Result<Found> {
    let ticket = &current.ticket;
    let changed = assignee != ticket.assignee_id || department != ticket.department_id;
    if !changed && !nobody {
        return Ok(current);
    }
    let mut patch = Patch::new();
    let mut events = Vec::new();
    if changed {
        patch.put(Ticket::assignee_id(), assignee);
        patch.put(Ticket::department_id(), department);
        events.push(NewEvent::private(EventKind::Assigned));
    }
    if nobody {
        events.push(NewEvent::private(EventKind::Unassignable));
    }
    if assignee.is_some() {
        if ticket.first_assigned_at.is_none() {
            patch.put(Ticket::first_assigned_at(), tx.now());
        }
        if ticket.status == Status::New {
            enter(ticket, Status::Open, tx.now(), &mut patch);
            events.push(NewEvent::public(EventKind::StatusChanged));
        }
    }
    let change = Change {
        scope: permit.scope(),
        actor: Some(permit.actor()),
        action: "tickets.assign",
        patch,
        events,
        message: None,
    };
    change.apply(tx, &current).await
}

/// Makes the caller the assignee of a ticket that has none, and answers with it.
///
/// # Errors
/// 409 `already_assigned` with the id and name of whoever was first.
pub async fn take(
    db: &Db,
    permit: &Permit<TicketsAssign>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    parse_body(&[], &request.body, permit.actor())?;
    answer_once!(db, permit, request, |tx| {
        let current = find(&mut tx, permit, id).await?;
        check_writable(&mut tx, permit.caller(), &current.ticket).await?;
        let (me, department) = (permit.actor().user_id(), current.ticket.department_id);
        match current.ticket.assignee_id {
            Some(holder) if holder == me => reply(permit, &current.document),
            Some(holder) => Err(taken(&mut tx, permit, holder).await?),
            None => {
                check_assignee(&mut tx, permit.caller(), me, department).await?;
                let after = give(&mut tx, permit, current, Some(me), department, false).await?;
                reply(permit, &after.document)
            }
        }
    })
}

async fn taken(tx: &mut Tx, permit: &Permit<TicketsAssign>, holder: ObjectId) -> Result<AppError> {
    let user = tx.within::<User>(permit.scope()).with_trash().find_one(Filter::id(holder)).await?;
    let name = user.map(|user| user.name);
    let detail = format!("{} has taken the ticket already.", name.as_deref().unwrap_or("Someone else"));
    let problem = Problem::new(Code::AlreadyAssigned, detail).with("assignee_id", holder.to_hex());
    Ok(problem.with("assignee_name", name).into())
}
