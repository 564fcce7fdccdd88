//! Opens the session of a person whose password was just verified.

use super::record::{act, scope_of};
use super::tokens::{self, Tokens};
use crate::app::App;
use crate::auth::password::StoredPassword;
use crate::auth::refresh_token::RefreshToken;
use crate::db::{Author, Draft, Filter, Patch, Tx, to_document};
use crate::errors::Result;
use crate::models::{Company, CompanyStatus, Session, User, UserStatus};
use crate::permissions::{Origin, Role, TenantScope, system};
use crate::support::later;
use crate::transaction;

/// Opens a session, unless the account or its company may not be used. `verified` is what the password was compared
/// with; when it was changed meanwhile, the proof is void. `renewed` replaces it.
pub(super) async fn open(
    app: &App,
    origin: &Origin,
    user: &User,
    verified: &StoredPassword,
    renewed: Option<StoredPassword>,
) -> Result<Option<Tokens>> {
    let scope = scope_of(user, origin);
    let author = Author { user: Some(user.id), company: user.company_id };
    let opened = transaction!(app.db(), author, |tx| {
        let current = tx.within::<User>(&scope).find_one(Filter::id(user.id)).await?;
        match current.filter(|current| may_log_in(current, verified)) {
            Some(current) if is_company_active(&mut tx, &scope, &current).await? => {
                start(app, &mut tx, &scope, origin, &current, renewed.as_ref()).await.map(Some)
            }
            _ => Ok(None),
        }
    })?;
    let Some((session, refresh)) = opened else { return Ok(None) };
    // A company that was suspended while the transaction ran has ended the sessions that it saw, not this one.
    if !is_still_active(app, &scope, user).await? {
        app.db().global::<Session>().remove(Session::key(session.id)).await?;
        return Ok(None);
    }
    Tokens::issue(app, session, refresh).map(Some)
}

/// The record must also make sense: only operators have no company.
fn may_log_in(user: &User, verified: &StoredPassword) -> bool {
    user.password_hash.as_ref() == Some(verified)
        && user.status == UserStatus::Active
        && (user.role == Role::Superadmin) == user.company_id.is_none()
}

async fn is_company_active(tx: &mut Tx, scope: &TenantScope, user: &User) -> Result<bool> {
    let Some(company) = user.company_id else { return Ok(true) };
    let found = tx.within::<Company>(scope).find_one(Filter::id(company)).await?;
    Ok(found.is_some_and(|company| company.status == CompanyStatus::Active))
}

async fn is_still_active(app: &App, scope: &TenantScope, user: &User) -> Result<bool> {
    let Some(company) = user.company_id else { return Ok(true) };
    let found = app.db().within::<Company>(scope).find_one(Filter::id(company)).await?;
    Ok(found.is_some_and(|company| company.status == CompanyStatus::Active))
}

async fn start(
    app: &App,
    tx: &mut Tx,
    scope: &TenantScope,
    origin: &Origin,
    user: &User,
    renewed: Option<&StoredPassword>,
) -> Result<(Session, RefreshToken)> {
    let now = tx.now();
    // Writing to the user makes the log-in collide with a change of the user that is under way.
    let mut seen = Patch::new().set(User::last_login_at(), now);
    if let Some(renewed) = renewed {
        seen.put(User::password_hash(), to_document(renewed)?);
    }
    tx.within::<User>(scope).update_many(Filter::id(user.id), seen, false).await?;
    let ends = later(now, app.limits().absolute);
    let draft = Draft::new()
        .set(Session::user_id(), user.id)
        .set(Session::user_name(), user.name.as_str())
        .set(Session::user_company_id(), user.company_id)
        .set(Session::role(), user.role)
        .set(Session::department_ids(), user.department_ids.clone())
        .set(Session::ticket_scope(), user.ticket_scope)
        .set(Session::epoch(), user.epoch)
        .set(Session::must_change_password(), user.must_change_password)
        .set(Session::amr(), vec!["pwd"])
        .set(Session::auth_time(), now)
        .set(Session::created_at(), now)
        .set(Session::last_seen_at(), now)
        .set(Session::expires_at(), ends)
        .set(Session::idle_expires_at(), later(now, app.idle_lifetime(user.role)).min(ends))
        .set(Session::ip(), origin.ip.map(|ip| ip.to_string()))
        .set(Session::user_agent(), origin.user_agent.as_deref());
    let session = tx.global::<Session>().insert(draft).await?;
    let refresh = RefreshToken::generate();
    tokens::store(tx, &session, &refresh, origin).await?;
    act(tx, scope, &system::person(user, origin), "auth.login", user.id).await?;
    Ok((session, refresh))
}
