//! Who acts in a request: a verified user with the rights that the session carries.

use super::{CrossTenant, Reach, Role, Row, TenantScope, key_scope};
use crate::models::{ApiKey, Session, TicketScope, User};
use bson::{DateTime, oid::ObjectId};
use std::net::IpAddr;
use std::sync::Arc;

/// Where a request came from, for the audit log.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Request id.
    pub request_id: Arc<str>,
    /// Address of the client as trusted proxies report it.
    pub ip: Option<IpAddr>,
    /// `User-Agent`, cut to 256 characters.
    pub user_agent: Option<String>,
}

/// A superadmin inside a company.
#[derive(Clone, Debug, PartialEq)]
pub struct Acting {
    /// The company.
    pub company: ObjectId,
    /// Why, as the company's audit log will show; empty for reads without one.
    pub reason: String,
}

/// The API key of a request. It narrows what its owner may do.
#[derive(Debug)]
struct Key {
    id: ObjectId,
    scopes: Vec<&'static Row>,
}

#[derive(Debug)]
struct Inner {
    user_id: ObjectId,
    name: String,
    role: Role,
    company: Option<ObjectId>,
    session: Option<ObjectId>,
    departments: Vec<ObjectId>,
    ticket_scope: TicketScope,
    auth_time: DateTime,
    must_change_password: bool,
    must_enroll_mfa: bool,
    acting: Option<Acting>,
    key: Option<Key>,
    origin: Origin,
}

/// A verified caller. Cheap to clone. Only the verification of a request makes one:
/// ```compile_fail,E0624
/// use stoa::{models::Session, permissions::{Actor, Origin}};
/// fn forge(session: &Session, origin: Origin) -> Actor { Actor::of_session(session, None, origin) }
/// ```
/// ```no_run
/// use stoa::permissions::{Actor, SignedIn};
/// fn verified(signed_in: SignedIn) -> Actor { signed_in.0 }
/// ```
#[derive(Clone, Debug)]
pub struct Actor {
    inner: Arc<Inner>,
}

impl Actor {
    /// The caller of a session that was just verified.
    pub(in crate::permissions) fn of_session(
        session: &Session,
        acting: Option<Acting>,
        origin: Origin,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                user_id: session.user_id,
                name: session.user_name.clone(),
                role: session.role,
                company: session.user_company_id,
                session: Some(session.id),
                departments: session.department_ids.clone(),
                ticket_scope: session.ticket_scope,
                auth_time: session.auth_time,
                must_change_password: session.must_change_password,
                must_enroll_mfa: session.must_enroll_mfa == Some(true),
                acting,
                key: None,
                origin,
            }),
        }
    }

    /// A user seen from outside a session.
    pub(in crate::permissions) fn of_user(user: &User, origin: Origin) -> Self {
        Self::without_session(user, None, origin)
    }

    /// The owner of a key that was just verified, as far as the key goes. Scopes that no key may hold any more count
    /// for nothing.
    pub(in crate::permissions) fn of_key(key: &ApiKey, owner: &User, origin: Origin) -> Self {
        let scopes = key.scopes.iter().filter_map(|name| key_scope(name)).collect();
        Self::without_session(owner, Some(Key { id: key.id, scopes }), origin)
    }

    fn without_session(user: &User, key: Option<Key>, origin: Origin) -> Self {
        Self {
            inner: Arc::new(Inner {
                user_id: user.id,
                name: user.name.clone(),
                role: user.role,
                company: user.company_id,
                session: None,
                departments: user.department_ids.clone(),
                ticket_scope: user.ticket_scope,
                auth_time: DateTime::from_millis(0),
                must_change_password: user.must_change_password,
                must_enroll_mfa: false,
                acting: None,
                key,
                origin,
            }),
        }
    }

    /// Id of the user.
    pub fn user_id(&self) -> ObjectId {
        self.inner.user_id
    }

    /// Display name of the user.
    pub fn name(&self) -> &str {
        &self.inner.name
    }

    /// Role of the user.
    pub fn role(&self) -> Role {
        self.inner.role
    }

    /// Company that the user belongs to; none for superadmins.
    pub fn home_company(&self) -> Option<ObjectId> {
        self.inner.company
    }

    /// Session of the request.
    pub fn session_id(&self) -> Option<ObjectId> {
        self.inner.session
    }

    /// API key of the request.
    pub fn key_id(&self) -> Option<ObjectId> {
        self.inner.key.as_ref().map(|key| key.id)
    }

    /// How far a permission of the table goes for the caller: as its role, and with a key only where the key names it.
    pub fn reach_of(&self, row: &Row) -> Reach {
        let named = |key: &Key| key.scopes.iter().any(|scope| scope.name == row.name);
        match &self.inner.key {
            Some(key) if !named(key) => Reach::None,
            _ => row.reach_of(self.inner.role),
        }
    }

    /// Departments of the user.
    pub fn departments(&self) -> &[ObjectId] {
        &self.inner.departments
    }

    /// Which tickets a writer sees.
    pub fn ticket_scope(&self) -> TicketScope {
        self.inner.ticket_scope
    }

    /// When the user last proved the password.
    pub fn auth_time(&self) -> DateTime {
        self.inner.auth_time
    }

    /// The user must choose a password before anything else.
    pub fn must_change_password(&self) -> bool {
        self.inner.must_change_password
    }

    /// The user must set up a second factor before anything else.
    pub fn must_enroll_mfa(&self) -> bool {
        self.inner.must_enroll_mfa
    }

    /// Where the user's own account belongs: the company, or the platform for superadmins.
    pub(crate) fn home_scope(&self) -> TenantScope {
        let request_id = self.inner.origin.request_id.clone();
        match self.inner.company {
            Some(company) => TenantScope::of(company, request_id),
            None => TenantScope::across(CrossTenant::Authentication, request_id),
        }
    }

    /// Whether role and company fit: superadmins have no company, everyone else has one.
    pub(in crate::permissions) fn is_sound(&self) -> bool {
        (self.inner.role == Role::Superadmin) == self.inner.company.is_none()
    }

    /// The company in which a superadmin acts.
    pub fn acting(&self) -> Option<&Acting> {
        self.inner.acting.as_ref()
    }

    /// Where the request came from.
    pub fn origin(&self) -> &Origin {
        &self.inner.origin
    }

    /// The company that the request works in.
    pub fn company(&self) -> Option<ObjectId> {
        self.inner.acting.as_ref().map(|acting| acting.company).or(self.inner.company)
    }

    /// Who stamps the records that the request writes.
    pub fn author(&self) -> crate::db::Author {
        crate::db::Author { user: Some(self.inner.user_id), company: self.company() }
    }
}
