//! Who may be given a ticket, and by whom.

use crate::db::{Filter, Patch, Tx};
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::{Department, Ticket, User, UserStatus};
use crate::permissions::{Caller, Role, TenantScope};
use bson::{Bson, oid::ObjectId};

/// Refuses an assignee who is not active staff of the company, or a writer outside the ticket's department.
/// Writers give tickets to themselves and to people of their departments.
pub async fn check_assignee(
    tx: &mut Tx,
    caller: &Caller,
    assignee: ObjectId,
    department: Option<ObjectId>,
) -> Result<User> {
    let scope = caller.scope();
    let user = tx.within::<User>(scope).find_one(Filter::id(assignee)).await?;
    let refuse = |code, message: &str| AppError::from(FieldErrors::one("assignee_id", code, message));
    let user = user.ok_or_else(|| refuse(Code::ReferenceNotFound, "Names a record that does not exist."))?;
    if !is_at_work(&user) {
        return Err(refuse(Code::ValidationFailed, "Must be an active member of the staff."));
    }
    if !serves(&user, department) {
        return Err(refuse(Code::ValidationFailed, "Does not work in the ticket's department."));
    }
    let actor = caller.actor();
    let colleague = user.department_ids.iter().any(|id| actor.departments().contains(id));
    if actor.role() == Role::ContentWriter && assignee != actor.user_id() && !colleague {
        let problem = Problem::new(Code::Forbidden, "You may assign to people of your departments only.");
        return Err(problem.with("missing_capability", "tickets.assign").into());
    }
    Ok(user)
}

/// Takes a ticket that comes back from an assignee who is gone, so that the department hears of it.
pub async fn release_absent(
    tx: &mut Tx,
    scope: &TenantScope,
    ticket: &Ticket,
    patch: &mut Patch<Ticket>,
) -> Result<()> {
    if let Some(assignee) = ticket.assignee_id {
        let user = tx.within::<User>(scope).find_one(Filter::id(assignee)).await?;
        if !user.is_some_and(|user| is_at_work(&user)) {
            patch.put(Ticket::assignee_id(), Bson::Null);
        }
    }
    Ok(())
}

/// Whether tickets may still be filed with a department.
pub async fn is_in_use(tx: &mut Tx, scope: &TenantScope, department: ObjectId) -> Result<bool> {
    let department = tx.within::<Department>(scope).find_one(Filter::id(department)).await?;
    Ok(department.is_some_and(|department| department.is_active))
}

/// Whether a person can be given a ticket of a department.
pub fn fits(user: &User, department: Option<ObjectId>) -> bool {
    is_at_work(user) && serves(user, department)
}

fn is_at_work(user: &User) -> bool {
    user.role.is_staff() && user.status == UserStatus::Active
}

/// Whether a person works on tickets of a department. Managers and administrators work for all of them.
pub fn serves(user: &User, department: Option<ObjectId>) -> bool {
    match department {
        Some(department) if user.role == Role::ContentWriter => user.department_ids.contains(&department),
        _ => true,
    }
}
