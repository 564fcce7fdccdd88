//! Permits: the proof that the table allows a caller an action, and the rows that it covers.

use super::{Actor, Caller, Mask, Reach, Row, TenantScope, masks};
use crate::db::{Expr, TenantModel};
use crate::errors::{AppError, Code, Problem, Result};
use std::marker::PhantomData;

/// A row of the permission table as a type.
pub trait Permission: Send + Sync + 'static {
    /// What it is about.
    type Resource: TenantModel;
    /// The row.
    const ROW: &'static Row;
}

/// Proof that the caller holds permission `P`, with the company and the rows that it covers.
///
/// Only verification makes one. Asking the database with another permission's permit does not compile:
/// ```compile_fail,E0308
/// use stoa::{db::{Db, Reader}, models::{Department, Ticket}, permissions::{Permit, TicketsRead}};
/// fn departments(db: &Db, permit: &Permit<TicketsRead>) -> Reader<Department> { db.of(permit) }
/// ```
/// With the right one it does:
/// ```no_run
/// use stoa::{db::{Db, Reader}, models::{Department, Ticket}, permissions::{Permit, TicketsRead}};
/// fn tickets(db: &Db, permit: &Permit<TicketsRead>) -> Reader<Ticket> { db.of(permit) }
/// ```
/// Nobody outside of this module makes one, not even from a caller and a reach that are at hand:
/// ```compile_fail,E0624
/// use stoa::permissions::{Caller, Permit, Reach, TicketsRead};
/// fn forge(caller: Caller) -> Permit<TicketsRead> { Permit::new(caller, Reach::All) }
/// ```
/// ```compile_fail,E0624
/// use stoa::permissions::{Actor, Permit, TicketsRead};
/// fn forge(actor: Actor) -> Permit<TicketsRead> { Permit::decide(actor).unwrap() }
/// ```
/// Asking the caller gives what the table allows:
/// ```no_run
/// use stoa::permissions::{Caller, Permit, TicketsRead};
/// fn ask(caller: Caller) -> Permit<TicketsRead> { caller.permit() }
/// ```
pub struct Permit<P> {
    caller: Caller,
    reach: Reach,
    permission: PhantomData<fn() -> P>,
}

impl<P> Clone for Permit<P> {
    fn clone(&self) -> Self {
        Self { caller: self.caller.clone(), reach: self.reach, permission: PhantomData }
    }
}

impl<P: Permission> Permit<P> {
    pub(in crate::permissions) fn new(caller: Caller, reach: Reach) -> Self {
        Self { caller, reach, permission: PhantomData }
    }

    /// Asks the table. A superadmin outside a company gets what the table marks as spanning companies.
    pub(in crate::permissions) fn decide(actor: Actor) -> Result<Self> {
        let reach = actor.reach_of(P::ROW);
        if reach == Reach::None {
            let detail = match actor.key_id() {
                Some(_) => "The API key, or the role of its owner, does not allow this.",
                None => "Your role does not allow this.",
            };
            let problem = Problem::new(Code::Forbidden, detail);
            return Err(problem.with("missing_capability", P::ROW.name).into());
        }
        // A damaged user record must not become an operator by lacking a company.
        if !actor.is_sound() {
            return Err(AppError::problem(Code::Forbidden, "Your account belongs to no company."));
        }
        let request_id = actor.origin().request_id.clone();
        let scope = match actor.company() {
            Some(company) => TenantScope::of(company, request_id),
            None if P::ROW.global => TenantScope::across(super::CrossTenant::Platform, request_id),
            None => {
                let detail = "Say in which company to act: send X-Company-Id.";
                return Err(AppError::problem(Code::CompanyRequired, detail));
            }
        };
        Ok(Self::new(Caller::new(actor, scope), reach))
    }

    /// The caller with the company, without this permission.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        self.caller.actor()
    }

    /// The company.
    pub fn scope(&self) -> &TenantScope {
        self.caller.scope()
    }

    /// How far the permission goes.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// The rows that it covers.
    pub fn rows(&self) -> Expr {
        P::Resource::rows(self.reach, self.actor())
    }

    /// The fields that the caller may set with this permission.
    pub fn write_mask(&self) -> Mask {
        masks::write_mask(P::ROW.name, self.actor().role())
    }

    /// The fields that the caller may see of this resource.
    pub fn read_mask(&self) -> Mask {
        self.caller.read_mask::<P::Resource>()
    }

    /// The caller's permit for another permission; it covers nothing when the role lacks it.
    pub fn other<Q: Permission>(&self) -> Permit<Q> {
        self.caller.permit()
    }

    /// As [`Permit::other`], refused when the role lacks it.
    pub fn require<Q: Permission>(&self) -> Result<Permit<Q>> {
        Permit::decide(self.actor().clone())
    }
}
