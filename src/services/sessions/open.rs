//! Opens the session of a person who has just proved who they are.

use super::record::{Doer, act, scope_of};
use super::tokens::{self, Tokens};
use crate::app::App;
use crate::auth::password::StoredPassword;
use crate::auth::refresh_token::RefreshToken;
use crate::db::{Author, Draft, Filter, Patch, Tx, to_document};
use crate::errors::Result;
use crate::models::{Company, CompanyStatus, Session, User, UserStatus};
use crate::permissions::{Origin, Role, TenantScope, system};
use crate::services::{accounts, mfa};
use crate::support::later;
use crate::transaction;
use secrecy::SecretString;

/// What was compared with the password that was given, and what else came with it.
pub(super) struct Verified<'a> {
    /// The password as stored; when it was changed meanwhile, the proof is void.
    pub stored: &'a StoredPassword,
    /// It takes the place of the stored one.
    pub renewed: Option<StoredPassword>,
    /// A second factor that came with the password.
    pub code: Option<&'a SecretString>,
}

/// What came of a password that was right.
pub(super) enum Opening {
    /// A session.
    Session(Box<Tokens>),
    /// The second factor is missing; this token stands for what was proved so far.
    NeedsFactor(SecretString),
    /// The second factor is wrong.
    WrongFactor,
}

/// A session that is stored, with its refresh token.
pub(super) type Started = (Session, RefreshToken);

enum Step {
    Started(Box<Started>),
    Ticket(SecretString),
    Wrong,
}

/// Opens a session, unless the account or its company may not be used, or the second factor is missing or wrong.
pub(super) async fn open(
    app: &App,
    origin: &Origin,
    user: &User,
    verified: &Verified<'_>,
) -> Result<Option<Opening>> {
    let scope = scope_of(user, origin);
    let author = Author { user: Some(user.id), company: user.company_id };
    let step = transaction!(app.db(), author, |tx| {
        let current = tx.within::<User>(&scope).find_one(Filter::id(user.id)).await?;
        let current = current.filter(|current| current.password_hash.as_ref() == Some(verified.stored));
        let Some(current) = current else { return Ok(None) };
        let Some(company) = admitting_company(&mut tx, &scope, &current).await? else { return Ok(None) };
        if let Some(renewed) = &verified.renewed {
            let patch = Patch::new().set(User::password_hash(), to_document(renewed)?);
            tx.within::<User>(&scope).update_many(Filter::id(user.id), patch, false).await?;
        }
        let factor = mfa::factor_of(&mut tx, user.id).await?;
        match (factor, verified.code) {
            (None, _) => {
                let must_enroll = mfa::is_required(app, current.role, company.as_ref());
                let start = Start { amr: &["pwd"], must_enroll };
                start
                    .run(app, &mut tx, &scope, origin, &current)
                    .await
                    .map(Box::new)
                    .map(Step::Started)
                    .map(Some)
            }
            (Some(_), None) => accounts::open_ticket(&mut tx, user.id).await.map(Step::Ticket).map(Some),
            (Some(_), Some(code)) => {
                let actor = system::person(&current, origin);
                if !mfa::check(app, &mut tx, &scope, Doer::Actor(&actor), &current, code).await? {
                    return Ok(Some(Step::Wrong));
                }
                start_with_factor(app, &mut tx, &scope, origin, &current)
                    .await
                    .map(Box::new)
                    .map(Step::Started)
                    .map(Some)
            }
        }
    })?;
    match step {
        None => Ok(None),
        Some(Step::Wrong) => Ok(Some(Opening::WrongFactor)),
        Some(Step::Ticket(ticket)) => Ok(Some(Opening::NeedsFactor(ticket))),
        Some(Step::Started(started)) => {
            let tokens = hand_out(app, &scope, user, *started).await?;
            Ok(tokens.map(|tokens| Opening::Session(Box::new(tokens))))
        }
    }
}

/// The tokens of a session that was started. A company that was suspended while the transaction ran has ended the
/// sessions that it saw, not this one.
pub(super) async fn hand_out(
    app: &App,
    scope: &TenantScope,
    user: &User,
    (session, refresh): Started,
) -> Result<Option<Tokens>> {
    if !is_still_active(app, scope, user).await? {
        app.db().global::<Session>().remove(Session::key(session.id)).await?;
        return Ok(None);
    }
    Tokens::issue(app, session, refresh).map(Some)
}

/// The person's company, none for operators, if the person may log in. The record must also make sense: only operators
/// have no company.
pub(super) async fn admitting_company(
    tx: &mut Tx,
    scope: &TenantScope,
    user: &User,
) -> Result<Option<Option<Company>>> {
    if user.status != UserStatus::Active || (user.role == Role::Superadmin) != user.company_id.is_none() {
        return Ok(None);
    }
    let Some(company) = user.company_id else { return Ok(Some(None)) };
    let found = tx.within::<Company>(scope).find_one(Filter::id(company)).await?;
    Ok(found.filter(|company| company.status == CompanyStatus::Active).map(Some))
}

async fn is_still_active(app: &App, scope: &TenantScope, user: &User) -> Result<bool> {
    let Some(company) = user.company_id else { return Ok(true) };
    let found = app.db().within::<Company>(scope).find_one(Filter::id(company)).await?;
    Ok(found.is_some_and(|company| company.status == CompanyStatus::Active))
}

/// Starts the session of a person who gave password and second factor.
pub(super) async fn start_with_factor(
    app: &App,
    tx: &mut Tx,
    scope: &TenantScope,
    origin: &Origin,
    user: &User,
) -> Result<Started> {
    Start { amr: &["pwd", "otp"], must_enroll: false }.run(app, tx, scope, origin, user).await
}

/// How a session starts: what was proved, and what is still missing.
struct Start {
    amr: &'static [&'static str],
    must_enroll: bool,
}

impl Start {
    async fn run(
        &self,
        app: &App,
        tx: &mut Tx,
        scope: &TenantScope,
        origin: &Origin,
        user: &User,
    ) -> Result<Started> {
        let now = tx.now();
        accounts::note_device(app, tx, scope, user, origin).await?;
        // Writing to the user makes the log-in collide with a change of the user that is under way.
        let seen = Patch::new().set(User::last_login_at(), now);
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
            .set(Session::must_enroll_mfa(), self.must_enroll)
            .set(Session::amr(), self.amr.to_vec())
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
}
