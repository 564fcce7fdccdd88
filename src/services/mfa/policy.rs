//! Who must have a second factor: roles that a company names, and operators where the installation says so.

use crate::app::App;
use crate::db::{Expr, Filter, Patch, Tx};
use crate::errors::Result;
use crate::models::{Company, Session, User};
use crate::permissions::{Role, TenantScope};

/// Whether a person of this role must have a second factor; `company` is the person's, none for operators.
pub(crate) fn is_required(app: &App, role: Role, company: Option<&Company>) -> bool {
    match company {
        Some(company) => demands(company, role),
        None => app.limits().superadmin_mfa,
    }
}

/// The same for a person whose company is in `scope`; none when only the installation can tell, as for operators.
pub(crate) async fn is_required_of(tx: &mut Tx, scope: &TenantScope, user: &User) -> Result<Option<bool>> {
    let Some(id) = user.company_id else { return Ok(None) };
    let company = tx.within::<Company>(scope).find_one(Filter::id(id)).await?;
    Ok(Some(company.is_some_and(|company| demands(&company, user.role))))
}

fn demands(company: &Company, role: Role) -> bool {
    company.mfa_required_roles.iter().flatten().any(|name| name == role.as_str())
}

/// Brings the sessions of a company's people in line with what it demands, in the transaction that changes it. People who
/// logged in with a second factor have one.
pub(crate) async fn apply_to_sessions(tx: &mut Tx, company: &Company) -> Result<()> {
    let of_company = Filter::eq(Session::user_company_id(), company.id);
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| demands(company, *role)).collect();
    let free = of_company.clone().and(Filter::from(Expr::Not(Box::new(Expr::is_in("role", roles.clone())))));
    tx.global::<Session>().update_many(free, Patch::new().set(Session::must_enroll_mfa(), false)).await?;
    let without = Filter::from(Expr::Not(Box::new(Expr::eq("amr", "otp"))));
    let bound = of_company.and(Filter::is_in(Session::role(), roles)).and(without);
    tx.global::<Session>().update_many(bound, Patch::new().set(Session::must_enroll_mfa(), true)).await?;
    Ok(())
}
