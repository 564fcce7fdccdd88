//! The company in which a query runs. Only this module's siblings can make one.

use super::CrossTenant;
use bson::oid::ObjectId;
use std::sync::Arc;

/// Proof that work in a company (or, loudly, across companies) was allowed.
///
/// ```compile_fail
/// // The fields are private and there is no constructor: a scope cannot be made by hand.
/// let scope = stoa::permissions::TenantScope { company: None };
/// ```
/// ```compile_fail,E0624
/// use stoa::permissions::TenantScope;
/// fn forge(company: bson::oid::ObjectId) -> TenantScope { TenantScope::of(company, "request".into()) }
/// ```
/// ```compile_fail,E0603
/// use stoa::permissions::{CrossTenant, TenantScope, system};
/// fn forge() -> TenantScope { system::across(CrossTenant::Platform, "request") }
/// ```
/// It comes from a permit, and tells its company:
/// ```no_run
/// use stoa::permissions::{Permit, TagsRead, TenantScope};
/// fn company(permit: &Permit<TagsRead>) -> Option<bson::oid::ObjectId> { permit.scope().company() }
/// ```
#[derive(Clone, Debug)]
pub struct TenantScope {
    company: Option<ObjectId>,
    across: Option<CrossTenant>,
    request_id: Arc<str>,
}

impl TenantScope {
    /// The scope of one company.
    pub(in crate::permissions) fn of(company: ObjectId, request_id: Arc<str>) -> Self {
        Self { company: Some(company), across: None, request_id }
    }

    /// A scope that spans companies, for a listed reason.
    pub(in crate::permissions) fn across(why: CrossTenant, request_id: Arc<str>) -> Self {
        Self { company: None, across: Some(why), request_id }
    }

    /// The company; none when the scope spans companies.
    pub fn company(&self) -> Option<ObjectId> {
        self.company
    }

    /// Why the scope spans companies; empty when it does not.
    pub fn reason(&self) -> &'static str {
        self.across.map_or("", CrossTenant::as_str)
    }

    /// Id of the request or task that the work belongs to.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// A key for caches, buckets and locks that no other company shares.
    pub fn key(&self, name: &str) -> String {
        match self.company {
            Some(company) => format!("{}:{name}", company.to_hex()),
            None => format!("platform:{name}"),
        }
    }
}
