//! The number of administrators that a company, or the platform, has. It is a number in one record because two
//! snapshots that count the people would both find one left over (write skew); writing one record, they collide.

use crate::db::{Filter, Op, Patch, Tx};
use crate::errors::{AppError, Code, Result};
use crate::models::{Company, Counter, User, UserStatus};
use crate::permissions::{Role, TenantScope, system};

/// Key of the number of operators who may log in.
const SUPERADMINS: &str = "platform:superadmins";

/// Counts what a change of a person means for the number of administrators. `scope` is where the change is made.
///
/// # Errors
/// 409 `last_admin` when it would leave none.
pub(crate) async fn moved(
    tx: &mut Tx,
    scope: &TenantScope,
    before: Option<&User>,
    after: &User,
) -> Result<()> {
    let (had, has) = (before.is_some_and(administers), administers(after));
    if had == has {
        return Ok(());
    }
    let counted = match system::company_of(after, scope.request_id()) {
        Some(company) => count_in_company(tx, &company, has).await?,
        None => count_operators(tx, has).await?,
    };
    if counted {
        return Ok(());
    }
    Err(AppError::problem(Code::LastAdmin, "Nobody would be left to administer. Appoint someone else first."))
}

/// Whether the person is an administrator who can log in. Nobody moves between companies, or into none.
fn administers(user: &User) -> bool {
    user.status == UserStatus::Active
        && user.deleted_at.is_none()
        && matches!(user.role, Role::Superadmin | Role::CompanyAdmin)
}

/// Adds or takes one; tells whether it could.
async fn count_in_company(tx: &mut Tx, scope: &TenantScope, joins: bool) -> Result<bool> {
    let field = Company::active_admins();
    let (guard, by) = if joins { (Filter::all(), 1) } else { (Filter::cmp(field, Op::Gt, 1_i64), -1) };
    let patch = Patch::new().inc(field, by);
    // The scope holds one company: itself.
    Ok(tx.within::<Company>(scope).with_trash().update_many(guard, patch, false).await? == 1)
}

async fn count_operators(tx: &mut Tx, joins: bool) -> Result<bool> {
    let key = Counter::key(SUPERADMINS);
    let (which, by) =
        if joins { (key, 1) } else { (key.and(Filter::cmp(Counter::value(), Op::Gt, 1_i64)), -1) };
    let patch = Patch::new().inc(Counter::value(), by);
    Ok(tx.global::<Counter>().update(which, patch, joins).await?.is_some())
}
