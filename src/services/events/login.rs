//! The log-in behind an open stream: the stream ends with it, and when its rights change.

use crate::app::App;
use crate::db::Filter;
use crate::errors::{AppError, Code, Result};
use crate::models::{Company, Session, SupportAccess};
use crate::permissions::{Actor, CrossTenant, Role, system};
use bson::oid::ObjectId;

/// The session with which a stream was opened.
#[derive(Clone, Debug)]
pub struct Login {
    id: ObjectId,
    role: Role,
    company: Option<ObjectId>,
    epoch: i64,
    /// The company in which an operator acts.
    visited: Option<ObjectId>,
}

impl Login {
    /// The session of a caller that was just verified.
    pub async fn of(app: &App, actor: &Actor) -> Result<Self> {
        let ended = || AppError::problem(Code::SessionRevoked, "The session has ended. Log in again.");
        let id = actor.session_id().ok_or_else(ended)?;
        let session = find(app, id).await?.ok_or_else(ended)?;
        let visited = actor.acting().map(|acting| acting.company);
        let (role, company) = (actor.role(), actor.home_company());
        let login = Self { id, role, company, epoch: session.epoch, visited };
        if login.is_of(app, &session) { Ok(login) } else { Err(ended()) }
    }

    /// Whether the session is still in force with the same rights, and a visited company still admits visitors.
    pub async fn holds(&self, app: &App) -> Result<bool> {
        let session = find(app, self.id).await?;
        if !session.is_some_and(|session| self.is_of(app, &session)) {
            return Ok(false);
        }
        let Some(visited) = self.visited else { return Ok(true) };
        let scope = system::across(CrossTenant::Platform, "events");
        let company = app.db().within::<Company>(&scope).find_one(Filter::id(visited)).await?;
        Ok(company.is_some_and(|company| company.support_access != SupportAccess::Off))
    }

    fn is_of(&self, app: &App, session: &Session) -> bool {
        let now = app.clock().now();
        session.expires_at > now
            && session.idle_expires_at > now
            && session.epoch == self.epoch
            && session.role == self.role
            && session.user_company_id == self.company
    }
}

async fn find(app: &App, id: ObjectId) -> Result<Option<Session>> {
    app.db().global::<Session>().find_one(Session::key(id)).await
}
