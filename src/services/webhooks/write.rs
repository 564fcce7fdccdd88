//! Creates and changes webhooks: the address is checked first, and a secret is told once.

use super::secret;
use crate::answer_once;
use crate::app::App;
use crate::db::{Filter, Patch, TenantModel, from_document};
use crate::egress::Target;
use crate::engine::{self, Reading, WriteRequest, apply, create_in, parse_input, record_act, visible};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{Webhook, is_web_address};
use crate::permissions::{Permit, WebhooksCreate, WebhooksRead, WebhooksUpdate};
use crate::schema::format_time;
use crate::services::sessions::require_recent_proof;
use crate::support::later;
use crate::web::Reply;
use bson::oid::ObjectId;
use reqwest::Url;
use serde_json::{Value, json};
use std::time::Duration;

/// How long the secret before the last rotation signs too.
const OVERLAP: Duration = Duration::from_secs(86_400);

/// Adds a webhook. The answer holds its secret, this time only: one that is given again for the same idempotency key
/// does not.
pub async fn create(app: &App, permit: &Permit<WebhooksCreate>, request: &WriteRequest) -> Result<Reply> {
    let reading = Reading {
        write: permit.write_mask(),
        read: permit.read_mask(),
        current: None,
        company: permit.scope().company(),
        lenient: request.lenient,
    };
    let input = parse_input::<Webhook>(&request.body, &reading)?;
    check_url(app, input.fields.get_str("url").unwrap_or_default())?;
    let (secret, mut fresh) = (secret::make(), false);
    let mut reply = answer_once!(app.db(), permit, request, |tx| {
        let reply = create_in::<Webhook>(&mut tx, permit, &input).await?;
        let id = reply.body()["id"].as_str().and_then(|id| ObjectId::parse_str(id).ok());
        let id = id.ok_or_else(|| AppError::bug("a new webhook without id"))?;
        let patch = Patch::new().set(Webhook::secret(), secret::seal(app, id, &secret)?);
        tx.within::<Webhook>(permit.scope()).update_many(Filter::id(id), patch, false).await?;
        fresh = true;
        Ok(reply)
    })?;
    if fresh {
        reply.body_mut()["secret"] = Value::from(secret);
    }
    Ok(reply.no_store())
}

/// Changes a webhook.
pub async fn update(
    app: &App,
    permit: &Permit<WebhooksUpdate>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    if let Some(url) = request.body.get("url").and_then(Value::as_str).filter(|url| is_web_address(url)) {
        let wanted = Webhook::lookup(id).ok_or_else(AppError::not_found)?;
        let stored = app.db().of(&permit.other::<WebhooksRead>()).document(&wanted).await?;
        let stored = stored.ok_or_else(AppError::not_found)?;
        // Clients send back what they do not change, and a setting may have closed the way to it meanwhile.
        if stored.get_str("url").ok() != Some(url) {
            check_url(app, url)?;
        }
    }
    engine::update::<Webhook>(app.db(), permit, id, request).await
}

/// Gives a webhook a new secret, which the answer holds this time only. The one before signs too for a day.
pub async fn rotate_secret(
    app: &App,
    permit: &Permit<WebhooksUpdate>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    if let Some(name) = request.body.keys().next() {
        return Err(FieldErrors::one(name, Code::UnknownField, "There is no such field.").into());
    }
    let (secret, mut fresh) = (secret::make(), false);
    let mut reply = answer_once!(app.db(), permit, request, |tx| {
        require_recent_proof(permit.actor(), tx.now())?;
        let stored = visible::<Webhook, _>(&mut tx, permit, id, false).await?;
        let hook: Webhook = from_document(&stored)?;
        request.conditions.check(hook.version)?;
        let until = later(tx.now(), OVERLAP);
        let patch = Patch::new()
            .set(Webhook::secret(), secret::seal(app, hook.id, &secret)?)
            .set(Webhook::previous_secret(), hook.secret.clone())
            .set(Webhook::previous_secret_until(), until);
        let changed = apply::<Webhook, _>(&mut tx, permit, &stored, patch).await?;
        record_act::<Webhook>(&mut tx, permit, "rotate_secret", Some(&stored), &changed).await?;
        fresh = true;
        Ok(Reply::ok(json!({ "id": hook.id.to_hex(), "previous_secret_until": format_time(until) })))
    })?;
    if fresh {
        reply.body_mut()["secret"] = Value::from(secret);
    }
    Ok(reply.no_store())
}

/// Refuses addresses that may not be called, and our own: its events would come back as requests.
fn check_url(app: &App, text: &str) -> Result<()> {
    let refuse = |message: String| AppError::from(FieldErrors::one("url", Code::AddressNotAllowed, message));
    let target = Target::parse(app.egress(), text, false).map_err(|error| match error {
        AppError::Problem(problem) => refuse(problem.detail.clone()),
        other => other,
    })?;
    let own = Url::parse(&app.limits().public_url).ok();
    if own.is_some_and(|own| own.host_str() == Some(target.host())) {
        return Err(refuse("This server does not call itself.".to_owned()));
    }
    Ok(())
}
