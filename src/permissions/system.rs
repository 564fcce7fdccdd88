//! Scopes for work that no signed-in caller asks for, each with its reason. This list is closed on purpose.

use super::{Actor, Caller, Origin, Permission, Permit, Reach, Role, TenantScope};
use crate::db::TenantModel;
use crate::models::{Session, User};
use std::sync::Arc;

crate::text_enum! {
    /// Why a query may span companies. A new reason is a decision, and a test counts them.
    pub enum CrossTenant {
        /// Someone logs in or refreshes: the user is found by a global name before the company is known.
        Authentication = "authentication",
        /// A superadmin uses a resource that the table marks as spanning companies.
        Platform = "platform",
        /// A periodic task looks for due records in all companies; each is then handled in its own scope.
        Sweep = "sweep",
        /// A worker takes jobs of all companies; each is then done in its own scope.
        Jobs = "jobs",
        /// A mail server delivers by the secret address of a mailbox: the mailbox is found by the address.
        InboundMail = "inbound_mail",
        /// The command line creates the first superadmin or loads demo data into an empty database.
        Setup = "setup",
    }
}

/// A scope that spans companies.
pub(crate) fn across(why: CrossTenant, request_id: impl Into<Arc<str>>) -> TenantScope {
    TenantScope::across(why, request_id.into())
}

/// The scope of the company of a record that was read under [`across`]: a sweep's finding or the user who logs in.
pub(crate) fn company_of<M: TenantModel>(record: &M, request_id: impl Into<Arc<str>>) -> Option<TenantScope> {
    let company = if M::SCOPE_FIELD == "_id" { Some(record.id()) } else { record.company_id() };
    company.map(|company| TenantScope::of(company, request_id.into()))
}

/// Where the person of a session belongs: the company, or the platform for operators.
pub(crate) fn home_of(session: &Session, request_id: impl Into<Arc<str>>) -> TenantScope {
    match session.user_company_id {
        Some(company) => TenantScope::of(company, request_id.into()),
        None => TenantScope::across(CrossTenant::Authentication, request_id.into()),
    }
}

/// What a user of the scope's company may see of a resource, for deliveries that are checked when they happen.
pub(crate) fn view_as<P: Permission>(user: &User, scope: &TenantScope) -> Permit<P> {
    let origin = Origin { request_id: scope.request_id().into(), ip: None, user_agent: None };
    let actor = Actor::of_user(user, origin);
    let same = user.company_id == scope.company() && user.role != Role::Superadmin;
    let reach = if same { P::ROW.reach_of(user.role) } else { Reach::None };
    Permit::new(Caller::new(actor, scope.clone()), reach)
}

/// The person of a log-in or refresh under way, as the audit log names them. There is no session yet, and no way from
/// here to a permit.
pub(crate) fn person(user: &User, origin: &Origin) -> Actor {
    Actor::of_user(user, origin.clone())
}
