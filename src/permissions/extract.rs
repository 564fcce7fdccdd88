//! The first argument of every handler: who may call it. Without one a route does not compile.

use super::{Acting, Actor, Origin, Permission, Permit, Role, Row};
use crate::app::App;
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::{Company, CompanyStatus, Session, SupportAccess};
use crate::permissions::{CrossTenant, system};
use crate::quota::charge;
use crate::services::{api_keys, audit_log, sessions};
use axum::extract::FromRequestParts;
use bson::oid::ObjectId;
use http::Method;
use http::request::Parts;

/// The caller holds permission `P`.
pub struct Authorized<P>(pub Permit<P>);

/// Anyone who is logged in, about their own account.
pub struct SignedIn(pub Actor);

/// Anyone at all: a statement that the route needs no permission.
pub struct Public;

/// What a route asks of its caller.
#[derive(Clone, Copy, Debug)]
pub enum Guard {
    /// A permission of the table.
    Permission(&'static Row),
    /// To be logged in.
    SignedIn,
    /// Nothing.
    Public,
}

/// Arguments of a handler whose first one says who may call it.
pub trait Guarded {
    /// What the first argument asks.
    const GUARD: Guard;
}

macro_rules! guarded {
    ($($rest:ident),*) => {
        impl<M, P: Permission, $($rest),*> Guarded for (M, Authorized<P>, $($rest,)*) {
            const GUARD: Guard = Guard::Permission(P::ROW);
        }
        impl<M, $($rest),*> Guarded for (M, SignedIn, $($rest,)*) {
            const GUARD: Guard = Guard::SignedIn;
        }
        impl<M, $($rest),*> Guarded for (M, Public, $($rest,)*) {
            const GUARD: Guard = Guard::Public;
        }
    };
}

guarded!();
guarded!(A);
guarded!(A, B);
guarded!(A, B, C);
guarded!(A, B, C, D);
guarded!(A, B, C, D, E);

impl<P: Permission> FromRequestParts<App> for Authorized<P> {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let actor = match keyed(parts, app).await? {
            Some(actor) => actor,
            None => {
                let (session, origin) = session(parts, app).await?;
                if session.must_change_password {
                    let detail = "Choose a password of your own first: POST /auth/password/change.";
                    return Err(AppError::problem(Code::PasswordChangeRequired, detail));
                }
                if session.must_enroll_mfa == Some(true) {
                    let detail = "Set up a second factor first: POST /auth/mfa/totp/enroll.";
                    return Err(AppError::problem(Code::MfaEnrollmentRequired, detail));
                }
                let acting = acting(parts, app, &session, &origin).await?;
                Actor::of_session(&session, acting, origin)
            }
        };
        let actor = known(parts, actor);
        charge(app, parts, &actor)?;
        let permit = Permit::<P>::decide(actor.clone())?;
        if let Some(acting) = actor.acting() {
            // Writes leave their own entries; of reads the company would otherwise not learn.
            if parts.method == Method::GET || parts.method == Method::HEAD {
                audit_log::record_visit(app.db(), permit.scope(), &actor, P::ROW.name, parts.uri.path())
                    .await?;
            } else if acting.reason.is_empty() {
                let detail = "Say why you act inside the company: send X-Act-Reason.";
                return Err(AppError::problem(Code::ActReasonRequired, detail));
            }
        }
        Ok(Self(permit))
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        if let Some(actor) = keyed(parts, app).await? {
            let actor = known(parts, actor);
            charge(app, parts, &actor)?;
            let detail = "An API key acts for a company, not for an account: log in for this.";
            return Err(AppError::problem(Code::Forbidden, detail));
        }
        let (session, origin) = session(parts, app).await?;
        // The caller's own account is no company's business: an operator acts in none here.
        if session.role != Role::Superadmin {
            acting(parts, app, &session, &origin).await?;
        }
        let actor = known(parts, Actor::of_session(&session, None, origin));
        charge(app, parts, &actor)?;
        Ok(Self(actor))
    }
}

impl FromRequestParts<App> for Public {
    type Rejection = AppError;

    async fn from_request_parts(_: &mut Parts, _: &App) -> Result<Self> {
        Ok(Self)
    }
}

fn origin(parts: &Parts) -> Result<Origin> {
    let origin = parts.extensions.get::<Origin>().cloned();
    origin.ok_or_else(|| AppError::bug("a request without origin"))
}

/// The owner of the API key that the request carries, as far as the key goes; none when it carries none.
async fn keyed(parts: &Parts, app: &App) -> Result<Option<Actor>> {
    let origin = origin(parts)?;
    let Some(verified) = api_keys::authenticate(app, &parts.headers, &origin).await? else {
        return Ok(None);
    };
    // It belongs to one company for good: the header selects nothing and may only agree.
    named_company(parts, verified.key.company_id)?;
    Ok(Some(Actor::of_key(&verified.key, &verified.owner, origin)))
}

/// The verified session and where the request came from.
async fn session(parts: &Parts, app: &App) -> Result<(Session, Origin)> {
    let origin = origin(parts)?;
    Ok((sessions::authenticate(app, &parts.headers, &origin).await?, origin))
}

/// Leaves the caller in the extensions for the access log and the write extractor.
fn known(parts: &mut Parts, actor: Actor) -> Actor {
    if let Some(learned) = parts.extensions.get::<crate::web::Learned>() {
        learned.actor(&actor);
    }
    parts.extensions.insert(actor.clone());
    actor
}

/// Refuses an `X-Company-Id` other than the caller's own, before any look-up: the answer tells nothing of other companies.
fn named_company(parts: &Parts, own: Option<ObjectId>) -> Result<()> {
    let Some(value) = parts.headers.get("x-company-id") else { return Ok(()) };
    let named = value.to_str().ok().and_then(|text| ObjectId::parse_str(text).ok());
    if named.is_some() && named == own {
        return Ok(());
    }
    Err(AppError::problem(Code::TenantMismatch, "X-Company-Id names another company than yours."))
}

/// The company that `X-Company-Id` names. It selects among rights that the caller has; it never adds one.
async fn acting(parts: &Parts, app: &App, session: &Session, origin: &Origin) -> Result<Option<Acting>> {
    if session.role != Role::Superadmin {
        return named_company(parts, session.user_company_id).map(|()| None);
    }
    let Some(value) = parts.headers.get("x-company-id") else { return Ok(None) };
    let named = value.to_str().ok().and_then(|text| ObjectId::parse_str(text).ok());
    let unknown = || {
        let message = "Names a company that does not exist.";
        AppError::from(FieldErrors::one("X-Company-Id", Code::ReferenceNotFound, message))
    };
    let company = named.ok_or_else(unknown)?;
    let scope = system::across(CrossTenant::Platform, origin.request_id.clone());
    let company: Company =
        app.db().within(&scope).find_one(crate::db::Filter::id(company)).await?.ok_or_else(unknown)?;
    let reads = parts.method == Method::GET || parts.method == Method::HEAD;
    let admitted = match company.support_access {
        SupportAccess::Write => true,
        SupportAccess::Read => reads,
        SupportAccess::Off => false,
    };
    if !admitted {
        let problem = Problem::new(Code::SupportAccessDenied, "The company does not admit this.");
        return Err(problem.with("support_access", company.support_access.as_str()).into());
    }
    if company.status == CompanyStatus::Suspended && !reads {
        return Err(AppError::problem(
            Code::CompanySuspended,
            "The company is suspended; it can only be read.",
        ));
    }
    let reason = parts.headers.get("x-act-reason").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let reason: String = reason.trim().chars().filter(|c| !c.is_control()).take(300).collect();
    Ok(Some(Acting { company: company.id, reason }))
}
