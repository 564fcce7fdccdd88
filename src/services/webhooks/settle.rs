//! What follows from a try: the delivery's state, the webhook's health, and the next event of the ticket.

use super::deliver::{Deliver, Sent};
use crate::app::App;
use crate::db::{Author, Expr, Filter, Patch, Tx};
use crate::engine::audit::{self, Act};
use crate::errors::Result;
use crate::jobs::{Failure, Lease, Unfinished, When, enqueue};
use crate::models::{DeliveryState, Webhook, WebhookDelivery};
use crate::permissions::TenantScope;
use crate::services::notifications;
use crate::support::later;
use crate::transaction;
use bson::{Bson, DateTime, doc, oid::ObjectId};
use std::time::Duration;

/// A webhook that has only failed for so long is switched off.
const PATIENCE: Duration = Duration::from_secs(5 * 86_400);

/// What is to be done after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing: it arrived.
    Delivered,
    /// Another try after a pause.
    Again(Duration),
    /// Nothing: it will never arrive.
    Failed,
    /// The receiver says that it is no more.
    Gone,
    /// Nothing was tried.
    Cancelled,
}

/// What came of a try.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What is to be done.
    pub next: Next,
    /// Why it failed.
    pub error: Option<String>,
    /// Status of the answer.
    pub status: Option<i64>,
    /// Begin of the answer.
    pub excerpt: Option<String>,
    /// Milliseconds that it took.
    pub duration_ms: Option<i64>,
}

impl Outcome {
    /// An outcome without an answer.
    pub fn of(next: Next, error: Option<String>) -> Self {
        Self { next, error, status: None, excerpt: None, duration_ms: None }
    }

    /// It will never arrive.
    pub fn failed(why: &str) -> Self {
        Self::of(Next::Failed, Some(why.to_owned()))
    }

    /// Nobody wants it any more.
    pub fn cancelled() -> Self {
        Self::of(Next::Cancelled, Some("The webhook is switched off or gone.".to_owned()))
    }
}

/// Why the server switches a webhook off.
#[derive(Clone, Copy, Debug)]
pub enum Reason {
    /// It answered 410.
    Gone,
    /// It failed for days.
    Failing,
    /// Its events seem to cause each other.
    Loop,
}

impl Reason {
    /// As the webhook tells it, and as its administrators read it.
    fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::Gone => ("gone", "the receiver says that it is gone (410)"),
            Self::Failing => ("failing", "it has failed for five days"),
            Self::Loop => ("loop", "its events seem to cause each other"),
        }
    }
}

/// Writes what came of a try, and tells the queue.
pub async fn settle(
    app: &App,
    lease: &Lease,
    hook: Option<&Webhook>,
    delivery: &WebhookDelivery,
    outcome: Outcome,
) -> Result<(), Failure> {
    write(app, lease, hook, delivery, &outcome).await?;
    let why = || outcome.error.clone().unwrap_or_default();
    match outcome.next {
        Next::Delivered | Next::Cancelled | Next::Again(_) => Ok(()),
        Next::Failed | Next::Gone => Err(Failure::Final(why())),
    }
}

async fn write(
    app: &App,
    lease: &Lease,
    hook: Option<&Webhook>,
    delivery: &WebhookDelivery,
    outcome: &Outcome,
) -> Result<()> {
    let scope = &lease.scope;
    let author = Author { user: None, company: scope.company() };
    transaction!(app.db(), author, |tx| {
        let patch = patched(delivery, outcome, &tx);
        let ours = Expr::eq("state", DeliveryState::Pending).and(Expr::eq("attempts", delivery.attempts));
        let settled = tx.within::<WebhookDelivery>(scope).update(delivery.id, ours.into(), patch).await?;
        // A try of a worker that was taken for dead came back late: what the other one wrote holds.
        if settled.is_none() {
            return Ok(());
        }
        if let Some(hook) = hook.filter(|_| delivery.event_type != super::TEST) {
            health(&mut tx, scope, hook, outcome.next).await?;
        }
        if !matches!(outcome.next, Next::Failed | Next::Gone) {
            lease.finish(&mut tx).await?;
        }
        let now = tx.now();
        match outcome.next {
            Next::Again(pause) => again(&mut tx, scope, delivery, later(now, pause)).await,
            _ => call_next(&mut tx, scope, delivery).await,
        }
    })
}

fn patched(delivery: &WebhookDelivery, outcome: &Outcome, tx: &Tx) -> Patch<WebhookDelivery> {
    let patch = Patch::new();
    if outcome.next == Next::Cancelled {
        return patch
            .set(WebhookDelivery::state(), DeliveryState::Cancelled)
            .set(WebhookDelivery::error(), outcome.error.as_deref())
            .set(WebhookDelivery::next_at(), Bson::Null)
            .set(WebhookDelivery::finished_at(), tx.now());
    }
    let patch = patch
        .set(WebhookDelivery::attempts(), delivery.attempts + 1)
        .set(WebhookDelivery::status_code(), outcome.status)
        .set(WebhookDelivery::error(), outcome.error.as_deref())
        .set(WebhookDelivery::response_excerpt(), outcome.excerpt.as_deref())
        .set(WebhookDelivery::duration_ms(), outcome.duration_ms);
    let ended = |state| {
        patch
            .clone()
            .set(WebhookDelivery::state(), state)
            .set(WebhookDelivery::next_at(), Bson::Null)
            .set(WebhookDelivery::finished_at(), tx.now())
    };
    match outcome.next {
        Next::Again(pause) => patch.set(WebhookDelivery::next_at(), later(tx.now(), pause)),
        Next::Delivered => ended(DeliveryState::Delivered),
        Next::Failed | Next::Gone | Next::Cancelled => ended(DeliveryState::Failed),
    }
}

/// Counts the webhook's failures, and switches it off when there is no hope. A success is written at most once a minute:
/// workers that deliver side by side would otherwise stand in each other's way.
async fn health(tx: &mut Tx, scope: &TenantScope, hook: &Webhook, next: Next) -> Result<()> {
    let Some(current) = tx.within::<Webhook>(scope).find_one(Filter::id(hook.id)).await? else {
        return Ok(());
    };
    let now = tx.now();
    let patch = match next {
        Next::Cancelled => return Ok(()),
        Next::Delivered => {
            let fresh = current.last_ok_at.is_some_and(|at| later(at, Duration::from_secs(60)) > now);
            if fresh && current.failures == 0 {
                return Ok(());
            }
            Patch::new()
                .set(Webhook::failures(), 0_i64)
                .set(Webhook::failing_since(), Bson::Null)
                .set(Webhook::last_ok_at(), now)
        }
        Next::Again(_) | Next::Failed | Next::Gone => {
            let since = current.failing_since.unwrap_or(now);
            Patch::new().inc(Webhook::failures(), 1).set(Webhook::failing_since(), since)
        }
    };
    tx.within::<Webhook>(scope).update_many(Filter::id(hook.id), patch, false).await?;
    let lost = current.failing_since.is_some_and(|since| later(since, PATIENCE) <= now);
    match next {
        Next::Gone => disable(tx, scope, &current, Reason::Gone).await,
        Next::Again(_) | Next::Failed if lost => disable(tx, scope, &current, Reason::Failing).await,
        _ => Ok(()),
    }
}

/// Switches a webhook off, and tells the company's administrators.
pub async fn disable(tx: &mut Tx, scope: &TenantScope, hook: &Webhook, reason: Reason) -> Result<()> {
    if !hook.is_active {
        return Ok(());
    }
    let (name, sentence) = reason.told();
    let patch = Patch::new()
        .set(Webhook::is_active(), false)
        .set(Webhook::disabled_reason(), name)
        .set(Webhook::disabled_at(), tx.now());
    let changed = tx.within::<Webhook>(scope).update(hook.id, Filter::all(), patch).await?;
    let act = Act {
        action: "webhooks.disabled",
        resource: "webhooks",
        id: Some(hook.id),
        changes: Vec::new(),
        version: changed.map(|changed| changed.version),
    };
    audit::append(tx, scope, None, act).await?;
    let title = format!("The webhook “{}” was switched off: {sentence}.", hook.name);
    notifications::tell_admins(tx, scope, "webhook.disabled", &title).await
}

/// Ends a delivery whose job ended without a try that said so, and lets the next event of the ticket go: it would wait for
/// ever.
pub async fn leave(tx: &mut Tx, scope: &TenantScope, id: ObjectId, end: Unfinished) -> Result<()> {
    let (state, why) = match end {
        Unfinished::Cancelled => (DeliveryState::Cancelled, "Its job was cancelled."),
        Unfinished::GivenUp => (DeliveryState::Failed, "Its job was given up."),
    };
    let patch = Patch::new()
        .set(WebhookDelivery::state(), state)
        .set(WebhookDelivery::error(), why)
        .set(WebhookDelivery::next_at(), Bson::Null)
        .set(WebhookDelivery::finished_at(), tx.now());
    let pending = Filter::eq(WebhookDelivery::state(), DeliveryState::Pending);
    match tx.within::<WebhookDelivery>(scope).update(id, pending, patch).await? {
        Some(left) => call_next(tx, scope, &left).await,
        None => Ok(()),
    }
}

/// Writes the job of the next try: it comes with what this one left behind, or not at all.
async fn again(tx: &mut Tx, scope: &TenantScope, delivery: &WebhookDelivery, at: DateTime) -> Result<()> {
    let when = When { run_at: Some(at), ..When::default() };
    enqueue::<Deliver>(tx, scope, &Sent { delivery_id: delivery.id }, when).await.map(drop)
}

/// Lets the next event of the ticket go.
async fn call_next(tx: &mut Tx, scope: &TenantScope, done: &WebhookDelivery) -> Result<()> {
    let Some(lane) = done.lane else { return Ok(()) };
    let waiting = Filter::eq(WebhookDelivery::webhook_id(), done.webhook_id)
        .and(Filter::eq(WebhookDelivery::lane(), lane))
        .and(Filter::eq(WebhookDelivery::state(), DeliveryState::Pending));
    let next = tx.within::<WebhookDelivery>(scope).find(waiting, doc! { "seq": 1 }, 1).await?;
    let Some(next) = next.first().filter(|next| next.next_at.is_none()) else { return Ok(()) };
    let patch = Patch::new().set(WebhookDelivery::next_at(), tx.now());
    tx.within::<WebhookDelivery>(scope).update_many(Filter::id(next.id), patch, false).await?;
    enqueue::<Deliver>(tx, scope, &Sent { delivery_id: next.id }, When::default()).await.map(drop)
}
