//! The first argument of every handler: who may call it. Without one a route does not compile.

use super::{Acting, Actor, Origin, Permission, Permit, Role, Row};
use crate::app::App;
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::{Company, CompanyStatus, Session, SupportAccess};
use crate::permissions::{CrossTenant, system};
use crate::services::{audit_log, sessions};
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
        let actor = known(parts, Actor::of_session(&session, acting, origin));
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
        let (session, origin) = session(parts, app).await?;
        // The caller's own account is no company's business: an operator acts in none here.
        if session.role != Role::Superadmin {
            acting(parts, app, &session, &origin).await?;
        }
        Ok(Self(known(parts, Actor::of_session(&session, None, origin))))
    }
}

impl FromRequestParts<App> for Public {
    type Rejection = AppError;

    async fn from_request_parts(_: &mut Parts, _: &App) -> Result<Self> {
        Ok(Self)
    }
}

/// The verified session and where the request came from.
async fn session(parts: &Parts, app: &App) -> Result<(Session, Origin)> {
    let origin = parts.extensions.get::<Origin>().cloned();
    let origin = origin.ok_or_else(|| AppError::bug("a request without origin"))?;
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

/// The company that `X-Company-Id` names. It selects among rights that the caller has; it never adds one.
async fn acting(parts: &Parts, app: &App, session: &Session, origin: &Origin) -> Result<Option<Acting>> {
    let Some(value) = parts.headers.get("x-company-id") else { return Ok(None) };
    let named = value.to_str().ok().and_then(|text| ObjectId::parse_str(text).ok());
    if session.role != Role::Superadmin {
        // Decided before any look-up, so that the answer tells nothing of other companies.
        return if named.is_some() && named == session.user_company_id {
            Ok(None)
        } else {
            Err(AppError::problem(Code::TenantMismatch, "X-Company-Id names another company than yours."))
        };
    }
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
