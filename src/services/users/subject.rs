//! Who may act on whom: pure checks on plain data, and the record that an action is about.

use crate::db::{Tx, from_document};
use crate::engine::{WriteRequest, visible};
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::User;
use crate::permissions::{Actor, Permission, Permit, Role, TenantScope};
use crate::services::sessions::require_recent_proof;
use bson::{DateTime, Document};

/// The person whom an action is about, as stored and as record: seen by the caller, covered by the permission, not the
/// caller, in the company in which the caller acts, and of the version that the caller knows.
pub(crate) async fn subject<P: Permission<Resource = User>>(
    tx: &mut Tx,
    permit: &Permit<P>,
    id: &str,
    request: &WriteRequest,
) -> Result<(Document, User)> {
    let document = visible::<User, P>(tx, permit, id, false).await?;
    let user: User = from_document(&document)?;
    require_inside(permit.scope(), &user)?;
    request.conditions.check(user.version)?;
    Ok((document, user))
}

/// Nobody changes their own role, status or membership.
pub(crate) fn refuse_self(actor: &Actor, user: &User) -> Result<()> {
    if actor.user_id() == user.id {
        return Err(AppError::problem(Code::Forbidden, "You cannot do this to your own account."));
    }
    Ok(())
}

/// An operator changes a company's people only as the company's guest: named, with a reason, and admitted.
pub(super) fn require_inside(scope: &TenantScope, user: &User) -> Result<()> {
    if scope.company().is_none() && user.company_id.is_some() {
        let detail = "The person belongs to a company: send X-Company-Id.";
        return Err(AppError::problem(Code::CompanyRequired, detail));
    }
    Ok(())
}

/// Whether the caller may make someone a `role` here. Roles that administer need a recent proof of identity.
pub(super) fn check_grant(actor: &Actor, scope: &TenantScope, role: Role, now: DateTime) -> Result<()> {
    if !actor.role().may_grant(role) {
        let problem = Problem::new(Code::Forbidden, "You may not give anyone this role.");
        return Err(problem.with("role", role.as_str()).into());
    }
    if (role == Role::Superadmin) != scope.company().is_none() {
        let message = "Operators belong to no company, and everyone else to one.";
        return Err(FieldErrors::one("role", Code::ValidationFailed, message).into());
    }
    match role {
        Role::Superadmin | Role::CompanyAdmin => require_recent_proof(actor, now),
        Role::ContentManager | Role::ContentWriter | Role::Client => Ok(()),
    }
}
