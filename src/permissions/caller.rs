//! A verified caller in a company, from whom permits for further permissions can be asked.

use super::{Actor, Mask, Permission, Permit, Reach, TenantScope, masks};
use crate::db::TenantModel;

/// Who acts and where. Only a permit yields one.
#[derive(Clone, Debug)]
pub struct Caller {
    actor: Actor,
    scope: TenantScope,
}

impl Caller {
    pub(in crate::permissions) fn new(actor: Actor, scope: TenantScope) -> Self {
        Self { actor, scope }
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The company.
    pub fn scope(&self) -> &TenantScope {
        &self.scope
    }

    /// The caller's permit for a permission; it covers nothing when the role, or the key, lacks it.
    pub fn permit<Q: Permission>(&self) -> Permit<Q> {
        let spans = self.scope.company().is_none();
        let reach = if spans && !Q::ROW.global { Reach::None } else { self.actor.reach_of(Q::ROW) };
        Permit::new(self.clone(), reach)
    }

    /// What the caller may see of a resource.
    pub fn view<M: TenantModel>(&self) -> Permit<M::Read> {
        self.permit()
    }

    /// The fields that the caller may see of a resource.
    pub fn read_mask<M: TenantModel>(&self) -> Mask {
        masks::read_mask(M::RESOURCE, self.actor.role())
    }
}
