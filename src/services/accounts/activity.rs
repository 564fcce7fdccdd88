//! What happened to one's own account, as the audit log tells it.

use crate::app::App;
use crate::db::{Expr, Page};
use crate::errors::Result;
use crate::models::AuditEntry;
use crate::permissions::Actor;
use crate::schema::format_time;
use crate::web::Reply;
use bson::doc;
use serde_json::{Value, json};

/// Entries that are shown.
const MOST: i64 = 100;

/// Entries that are looked at: changes of the profile stand between those of security.
const LOOKED_AT: i64 = 500;

/// Acts on an account that decide about who can use it.
const ACTS: &[&str] = &[
    "users.create",
    "users.set_role",
    "users.disable",
    "users.enable",
    "users.unlock",
    "users.revoke_sessions",
    "users.invite",
    "users.reset_password",
    "users.reset_mfa",
];

/// The latest log-ins, failed ones too, and changes that concern the security of the caller's account; newest first.
pub async fn activity(app: &App, actor: &Actor) -> Result<Reply> {
    // With the company, also where there is none: the index begins with it.
    let own = Expr::eq("company_id", actor.home_company()).and(Expr::eq("resource_id", actor.user_id()));
    let page = Page { sort: doc! { "created_at": -1, "_id": -1 }, limit: LOOKED_AT, ..Page::default() };
    let rows = app.db().within::<AuditEntry>(&actor.home_scope()).page(&own, &page).await?;
    let mut data: Vec<Value> = Vec::new();
    for row in &rows {
        let entry: AuditEntry = bson::deserialize_from_slice(row.as_bytes())?;
        if entry.action.starts_with("auth.") || ACTS.contains(&entry.action.as_str()) {
            data.push(describe(&entry, actor));
        }
    }
    data.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    Ok(Reply::ok(json!({ "total": data.len(), "data": data })))
}

/// Of others only that it was they: from where they work is not the person's business.
fn describe(entry: &AuditEntry, actor: &Actor) -> Value {
    let by_other = entry.actor_id.is_some_and(|id| id != actor.user_id());
    json!({
        "id": entry.id.to_hex(),
        "action": entry.action,
        "at": format_time(entry.created_at),
        "by_other": by_other,
        "ip": entry.ip.as_ref().filter(|_| !by_other),
        "user_agent": entry.user_agent.as_ref().filter(|_| !by_other),
    })
}
