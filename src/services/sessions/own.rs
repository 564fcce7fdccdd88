//! What a person sees of their own account: profile, company, permissions and sessions.

use crate::app::App;
use crate::db::{Filter, from_document};
use crate::engine::render;
use crate::errors::{AppError, Result};
use crate::models::{Company, Session, User};
use crate::permissions::{Actor, CompaniesRead, Mask, Permission, Reach, TABLE, masks};
use crate::schema::format_time;
use crate::services::mfa;
use crate::web::Reply;
use serde_json::{Value, json};

/// Most sessions that are listed.
const MAX_SESSIONS: i64 = 200;

/// The caller's profile with company, permissions and session.
pub async fn me(app: &App, actor: &Actor) -> Result<Reply> {
    let scope = actor.home_scope();
    let own = Filter::<User>::id(actor.user_id()).into_expr();
    // A person sees their whole own record, whatever of it their role sees of others.
    let user = app.db().within::<User>(&scope).document(&own).await?.ok_or_else(AppError::not_found)?;
    let mut body = render::<User>(&user, Mask::All)?.body;
    let found = match actor.home_company() {
        Some(company) => {
            let wanted = Filter::<Company>::id(company).into_expr();
            app.db().within::<Company>(&scope).document(&wanted).await?
        }
        None => None,
    };
    let stored: Option<Company> = found.as_ref().map(from_document).transpose()?;
    let required = mfa::is_required(app, actor.role(), stored.as_ref());
    let mask = masks::read_mask(CompaniesRead::ROW.resource, actor.role());
    let company = found.map(|company| render::<Company>(&company, mask)).transpose()?;
    body["company"] = company.map_or(Value::Null, |company| company.body);
    body["permissions"] = permissions(actor);
    body["mfa"] = mfa::describe(app, actor, required).await?;
    body["must_enroll_mfa"] = json!(actor.must_enroll_mfa());
    body["session_id"] = json!(actor.session_id().map(|id| id.to_hex()));
    body["auth_time"] = json!(format_time(actor.auth_time()));
    Ok(Reply::ok(body))
}

/// Names of the permissions that the caller's role holds.
fn permissions(actor: &Actor) -> Value {
    TABLE.iter().filter(|row| row.reach_of(actor.role()) != Reach::None).map(|row| row.name).collect()
}

/// The caller's sessions that are in force, newest first.
pub async fn list(app: &App, actor: &Actor) -> Result<Reply> {
    let own = Filter::eq(Session::user_id(), actor.user_id());
    let sessions = app.db().global::<Session>().find(own, MAX_SESSIONS).await?;
    let now = app.clock().now();
    let live = |session: &&Session| session.expires_at > now && session.idle_expires_at > now;
    let data: Vec<Value> = sessions.iter().filter(live).map(|session| describe(session, actor)).collect();
    Ok(Reply::ok(json!({ "total": data.len(), "data": data })))
}

/// A session as its owner sees it.
pub(super) fn describe(session: &Session, actor: &Actor) -> Value {
    json!({
        "id": session.id.to_hex(),
        "current": actor.session_id() == Some(session.id),
        "created_at": format_time(session.created_at),
        "last_seen_at": format_time(session.last_seen_at),
        "expires_at": format_time(session.expires_at),
        "idle_expires_at": format_time(session.idle_expires_at),
        "auth_time": format_time(session.auth_time),
        "amr": session.amr,
        "ip": session.ip,
        "user_agent": session.user_agent,
    })
}
