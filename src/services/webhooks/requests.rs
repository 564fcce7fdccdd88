//! What people ask of webhooks: a test, the log of one, an event once more.

use super::deliver::{Deliver, Sent};
use super::payload;
use crate::answer_once;
use crate::app::App;
use crate::db::{Db, Draft, Expr, Filter, TenantModel, Tx};
use crate::engine::audit::{self, Act};
use crate::engine::{self, ListQuery, Listing, WriteRequest, list_where, location, render};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::jobs::{When, enqueue};
use crate::models::{DeliveryState, Webhook, WebhookDelivery};
use crate::permissions::{
    Permission, Permit, WebhookDeliveriesRead, WebhookDeliveriesReplay, WebhooksRead, WebhooksUpdate,
};
use crate::web::Reply;
use bson::oid::ObjectId;

/// The deliveries of a webhook.
pub async fn list_of(
    db: &Db,
    permit: &Permit<WebhookDeliveriesRead>,
    webhook: &str,
    query: &ListQuery,
) -> Result<Listing> {
    let hook = engine::get(db, &permit.other::<WebhooksRead>(), webhook).await?;
    let id = hook.get_object_id("_id").map_err(|_| AppError::bug("a webhook without id"))?;
    list_where(db, permit, query, Expr::eq("webhook_id", id)).await
}

/// Sends something to a webhook, active or not, for a person to see whether it arrives. It is tried once.
pub async fn test(
    app: &App,
    permit: &Permit<WebhooksUpdate>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    no_fields(request)?;
    answer_once!(app.db(), permit, request, |tx| {
        let wanted = Webhook::lookup(id).ok_or_else(AppError::not_found)?;
        let hook = tx.of(permit).find_one(wanted.into()).await?.ok_or_else(AppError::not_found)?;
        let draft = Draft::new()
            .set(WebhookDelivery::webhook_id(), hook.id)
            .set(WebhookDelivery::event_id(), format!("evt_{}", ObjectId::new().to_hex()))
            .set(WebhookDelivery::event_type(), super::TEST)
            .set(WebhookDelivery::payload(), payload::of_test(hook.company_id, &hook.name, tx.now()));
        record(&mut tx, permit, "webhooks.test", "webhooks", hook.id).await?;
        send(&mut tx, permit, draft).await
    })
}

/// Sends an event once more: the same id and body, so a receiver that has it already can tell.
pub async fn replay(
    app: &App,
    permit: &Permit<WebhookDeliveriesReplay>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    no_fields(request)?;
    answer_once!(app.db(), permit, request, |tx| {
        let wanted = WebhookDelivery::lookup(id).ok_or_else(AppError::not_found)?;
        let old = tx.of(permit).find_one(wanted.into()).await?.ok_or_else(AppError::not_found)?;
        let conflict = |detail: &str| Err(AppError::problem(Code::Conflict, detail));
        if old.state == DeliveryState::Pending {
            return conflict("It is still under way.");
        }
        let hook = tx.within::<Webhook>(permit.scope()).find_one(Filter::id(old.webhook_id)).await?;
        if !hook.is_some_and(|hook| hook.is_active) {
            return conflict("The webhook is switched off or gone.");
        }
        let draft = Draft::new()
            .set(WebhookDelivery::webhook_id(), old.webhook_id)
            .set(WebhookDelivery::event_id(), old.event_id.as_str())
            .set(WebhookDelivery::event_type(), old.event_type.as_str())
            .set(WebhookDelivery::ticket_id(), old.ticket_id)
            .set(WebhookDelivery::payload(), old.payload.clone())
            .set(WebhookDelivery::message_id(), old.message_id)
            .set(WebhookDelivery::replay_of(), old.id);
        record(&mut tx, permit, "webhook_deliveries.replay", "webhook_deliveries", old.id).await?;
        send(&mut tx, permit, draft).await
    })
}

fn no_fields(request: &WriteRequest) -> Result<()> {
    match request.body.keys().next() {
        Some(name) => Err(FieldErrors::one(name, Code::UnknownField, "There is no such field.").into()),
        None => Ok(()),
    }
}

async fn record(
    tx: &mut Tx,
    permit: &Permit<impl Permission>,
    action: &str,
    resource: &str,
    id: ObjectId,
) -> Result<()> {
    let act = Act { action, resource, id: Some(id), changes: Vec::new(), version: None };
    audit::append(tx, permit.scope(), Some(permit.actor()), act).await
}

/// Writes a delivery that stands in no line, and answers 201 with it.
async fn send(tx: &mut Tx, permit: &Permit<impl Permission>, draft: Draft<WebhookDelivery>) -> Result<Reply> {
    let (scope, now) = (permit.scope(), tx.now());
    let draft = draft.set(WebhookDelivery::next_at(), now);
    let stored = tx.within::<WebhookDelivery>(scope).insert_document(draft).await?;
    let view = permit.other::<WebhookDeliveriesRead>();
    let rendered = render::<WebhookDelivery>(&stored, view.read_mask())?;
    enqueue::<Deliver>(tx, scope, &Sent { delivery_id: rendered.id }, When::default()).await?;
    Ok(Reply::ok(rendered.body).created(location::<WebhookDelivery>(rendered.id)))
}
