//! `/api/webhooks`: the shared routes but for bulk changes, test, rotation and log; `/api/webhook_deliveries` with replay.

use crate::app::App;
use crate::engine::ListQuery;
use crate::errors::{Code, Result};
use crate::models::{Webhook, WebhookDelivery};
use crate::permissions::{
    Authorized, WebhookDeliveriesRead, WebhookDeliveriesReplay, WebhooksCreate, WebhooksUpdate,
};
use crate::schema::FieldSpec;
use crate::services::webhooks;
use crate::web::{
    AnswerDoc, BodyDoc, Doc, Pairs, Path, Reply, Routes, Write, deletes, listing_response, reads,
};
use axum::extract::State;
use axum::response::Response;

const ONE: &str = "/api/webhooks/{id}";

/// All routes of webhooks and their deliveries.
pub fn routes() -> Routes {
    let create = Doc::new(
        "Add a webhook. The answer has one member more than the record: `secret`, which is told this time only. \
         docs/webhooks.md tells receivers what comes and how to verify it.",
    )
    .body(BodyDoc::New)
    .answer(AnswerDoc::Created)
    .codes(&[Code::AddressNotAllowed, Code::Conflict, Code::InsufficientUserAuthentication]);
    let change = Doc::new("Change the given fields of a webhook.").body(BodyDoc::Changes).codes(&[
        Code::AddressNotAllowed,
        Code::InsufficientUserAuthentication,
        Code::PreconditionFailed,
        Code::VersionConflict,
    ]);
    let rotate = Doc::new(
        "Give a webhook a new secret, told this time only. For a day, events are signed with the one before too.",
    )
    .answer(AnswerDoc::Fields(ROTATED))
    .codes(&[Code::InsufficientUserAuthentication, Code::PreconditionFailed]);
    let test =
        Doc::new("Send a test to a webhook, active or not; the answer is the delivery to look at then.")
            .answer(AnswerDoc::CreatedOf("webhook_deliveries"));
    let log = Doc::new("List what was sent to a webhook, newest first.")
        .answer(AnswerDoc::ListOf("webhook_deliveries"));
    Routes::of("webhooks")
        .merge(reads::<Webhook>())
        .post("/api/webhooks", "create", create, create_one)
        .change(ONE, "update", change, update_one)
        .merge(deletes::<Webhook>())
        .post(&format!("{ONE}/rotate_secret"), "rotate_secret", rotate, rotate_secret)
        .post(&format!("{ONE}/test"), "test", test, test_one)
        .get(&format!("{ONE}/deliveries"), "deliveries", log, deliveries)
        .merge(of_deliveries())
}

fn of_deliveries() -> Routes {
    let replay = Doc::new(
        "Send an event once more, with the same id and body; the answer is the delivery to look at then.",
    )
    .answer(AnswerDoc::Created)
    .codes(&[Code::Conflict]);
    Routes::of("webhook_deliveries").merge(reads::<WebhookDelivery>()).post(
        "/api/webhook_deliveries/{id}/replay",
        "replay",
        replay,
        replay_one,
    )
}

const ROTATED: &[FieldSpec] = &[
    FieldSpec::id_of("").named("id", "The webhook."),
    FieldSpec::text(1, 100).named("secret", "The new secret."),
    FieldSpec::time().named("previous_secret_until", "Until then the one before signs too."),
];

async fn create_one(
    Authorized(permit): Authorized<WebhooksCreate>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    webhooks::create(&app, &permit, &request).await
}

async fn update_one(
    Authorized(permit): Authorized<WebhooksUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    webhooks::update(&app, &permit, &id, &request).await
}

async fn rotate_secret(
    Authorized(permit): Authorized<WebhooksUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    webhooks::rotate_secret(&app, &permit, &id, &request).await
}

async fn test_one(
    Authorized(permit): Authorized<WebhooksUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    webhooks::test(&app, &permit, &id, &request).await
}

async fn deliveries(
    Authorized(permit): Authorized<WebhookDeliveriesRead>,
    State(app): State<App>,
    Path(id): Path<String>,
    Pairs(pairs): Pairs,
) -> Result<Response> {
    let query = ListQuery::parse::<WebhookDelivery>(&pairs, permit.read_mask(), permit.actor())?;
    let listing = webhooks::list_of(app.db(), &permit, &id, &query).await?;
    listing_response("webhook_deliveries", &query, listing)
}

async fn replay_one(
    Authorized(permit): Authorized<WebhookDeliveriesReplay>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    webhooks::replay(&app, &permit, &id, &request).await
}
