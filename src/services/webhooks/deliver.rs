//! The job that sends a delivery: one try each time it runs.

use super::attempt::attempt;
use super::settle::{self, Outcome};
use crate::app::App;
use crate::db::{Filter, Tx};
use crate::errors;
use crate::jobs::{Failure, Kind, Lease, Policy, Unfinished};
use crate::models::{DeliveryState, Webhook, WebhookDelivery};
use crate::permissions::TenantScope;
use bson::oid::ObjectId;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Sends one delivery.
pub struct Deliver;

/// Which one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sent {
    /// The delivery.
    pub delivery_id: ObjectId,
}

impl Kind for Deliver {
    const NAME: &'static str = "webhooks.deliver";
    const OUTWARD: bool = true;
    // The delivery counts its tries, each of which is a job: these are for what a crash takes away.
    const POLICY: Policy = Policy {
        max_attempts: 10,
        first_pause: Duration::from_secs(10),
        longest_pause: Duration::from_secs(86_400),
    };
    type Payload = Sent;

    async fn run(app: &App, lease: &Lease, sent: Sent) -> Result<(), Failure> {
        let (db, scope) = (app.db(), &lease.scope);
        let found = db.within::<WebhookDelivery>(scope).find_one(Filter::id(sent.delivery_id)).await?;
        let Some(delivery) = found else { return Ok(()) };
        // Settled by a try whose worker then died, or by another one.
        if delivery.state != DeliveryState::Pending {
            return Ok(());
        }
        let hook = db.within::<Webhook>(scope).find_one(Filter::id(delivery.webhook_id)).await?;
        let hook = hook.filter(|hook| hook.is_active || delivery.event_type == super::TEST);
        let outcome = match &hook {
            Some(hook) => attempt(app, hook, &delivery).await?,
            None => Outcome::cancelled(),
        };
        settle::settle(app, lease, hook.as_ref(), &delivery, outcome).await
    }

    async fn unfinished(tx: &mut Tx, scope: &TenantScope, sent: Sent, end: Unfinished) -> errors::Result<()> {
        settle::leave(tx, scope, sent.delivery_id, end).await
    }
}
