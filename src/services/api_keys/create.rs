//! Makes API keys. The answer is the only place where the key is ever told.

use super::{networks, scopes};
use crate::app::App;
use crate::auth::api_key::ApiKeyText;
use crate::db::{Draft, Expr, Filter, Op, Tx, from_document};
use crate::engine::{
    Action, Input, Reading, WriteRequest, location, parse_input, recall, record_change, remember, reply,
};
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::ApiKey;
use crate::permissions::{ApiKeysCreate, Permit};
use crate::services::sessions::require_recent_proof;
use crate::support::later;
use crate::transaction;
use crate::web::Reply;
use bson::{Bson, DateTime};
use serde_json::json;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3600);
/// Life of a key when nothing is said.
const USUAL: Duration = Duration::from_secs(90 * 24 * 3600);
/// Longest life.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);
/// Most keys of a company that are in force.
const MOST: u64 = 100;

/// Makes a key for the caller. A request that is repeated with its idempotency key is answered with the record, but not with
/// the key: that is kept nowhere.
pub async fn create(app: &App, permit: &Permit<ApiKeysCreate>, request: &WriteRequest) -> Result<Reply> {
    let reading = Reading {
        write: permit.write_mask(),
        read: permit.read_mask(),
        current: None,
        company: permit.scope().company(),
        lenient: request.lenient,
    };
    let input = parse_input::<ApiKey>(&request.body, &reading)?;
    let text = ApiKeyText::generate();
    let (made, reply) = transaction!(app.db(), permit.actor().author(), |tx| {
        match recall(&mut tx, request.idempotency.as_ref()).await? {
            Some(reply) => Ok((false, reply)),
            None => {
                let reply = insert(&mut tx, permit, &input, &text).await?;
                remember(&mut tx, request.idempotency.as_ref(), &reply).await?;
                Ok((true, reply))
            }
        }
    })?;
    Ok(told(reply, made.then_some(&text)))
}

/// The answer with the key, or with `null` when it was told before. No cache keeps it.
pub(super) fn told(mut reply: Reply, text: Option<&ApiKeyText>) -> Reply {
    reply.body_mut()["key"] = json!(text.map(ApiKeyText::expose));
    reply.no_store()
}

async fn insert(
    tx: &mut Tx,
    permit: &Permit<ApiKeysCreate>,
    input: &Input,
    text: &ApiKeyText,
) -> Result<Reply> {
    let (actor, now) = (permit.actor(), tx.now());
    require_recent_proof(actor, now)?;
    let texts = |name: &str| -> Vec<String> {
        let list = input.fields.get_array(name).ok().into_iter().flatten();
        list.filter_map(Bson::as_str).map(str::to_owned).collect()
    };
    scopes::check(&texts("scopes"), actor)?;
    let networks = networks::normalise(&texts("allowed_ips"))?;
    let expires_at = end(input, now)?;
    refuse_too_many(tx, permit, now).await?;
    let draft = Draft::<ApiKey>::from_input(input.fields.clone())
        .set(ApiKey::prefix(), text.name())
        .set(ApiKey::last_four(), text.last_four())
        .set(ApiKey::secret_hash(), text.hash())
        .set(ApiKey::allowed_ips(), networks)
        .set(ApiKey::expires_at(), expires_at)
        .set(ApiKey::owner_id(), actor.user_id());
    let stored = tx.of(permit).insert_document(draft).await?;
    let key: ApiKey = from_document(&stored)?;
    record_change::<ApiKey>(tx, permit, Action::Create, None, &stored).await?;
    let reply = reply::<ApiKey, _>(permit, &stored)?;
    Ok(reply.created(location::<ApiKey>(key.id)).with_ignored(&input.ignored))
}

fn end(input: &Input, now: DateTime) -> Result<DateTime> {
    let Some(end) = input.fields.get("expires_at").and_then(Bson::as_datetime).copied() else {
        return Ok(later(now, USUAL));
    };
    // A day of grace: 365 days are counted in the client's calendar.
    if end <= now || end > later(now, LONGEST + DAY) {
        let message = "Must lie in the future, at most 365 days ahead.";
        return Err(FieldErrors::one("expires_at", Code::ValidationFailed, message).into());
    }
    Ok(end)
}

async fn refuse_too_many(tx: &mut Tx, permit: &Permit<ApiKeysCreate>, now: DateTime) -> Result<()> {
    let live = Expr::eq("revoked_at", Bson::Null).and(Expr::cmp("expires_at", Op::Gt, now));
    if tx.within::<ApiKey>(permit.scope()).count(Filter::from(live)).await? < MOST {
        return Ok(());
    }
    let problem = Problem::new(Code::Conflict, "The company has as many keys in force as it may have.");
    Err(AppError::from(problem.with("limit", MOST)))
}
