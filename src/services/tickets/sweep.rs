//! What becomes due by itself: sleeping tickets wake, solved ones are closed.

use super::change::Change;
use super::core::status::enter;
use super::events::NewEvent;
use super::find::Found;
use super::settings::defaults;
use crate::app::App;
use crate::db::{Author, Db, Expr, Filter, Op, Page, Patch};
use crate::errors::Result;
use crate::jobs::{Failure, Kind, Lease, Nothing, Policy};
use crate::models::{EventKind, Settings, Status, Ticket};
use crate::permissions::{CrossTenant, TenantScope, system};
use crate::transaction;
use bson::{Bson, DateTime, RawDocumentBuf, doc, oid::ObjectId};
use std::collections::BTreeMap;
use std::time::Duration;

/// Tickets that are looked for at a time.
const BATCH: i64 = 200;
/// Batches of one sweep; what is left is due in the next one.
const MAX_BATCHES: usize = 20;
const HOUR_MS: i64 = 3_600_000;

/// The periodic job that sweeps. One that fails is not tried again: the next one comes half a minute later.
pub struct Sweep;

impl Kind for Sweep {
    const NAME: &'static str = "tickets.sweep";
    const POLICY: Policy = Policy {
        max_attempts: 1,
        first_pause: Duration::from_secs(1),
        longest_pause: Duration::from_secs(1),
    };
    type Payload = Nothing;

    async fn run(app: &App, _: &Lease, _: Nothing) -> Result<(), Failure> {
        let swept = sweep(app.db()).await?;
        if swept != Swept::default() {
            tracing::info!(woken = swept.woken, closed = swept.closed, "due tickets settled");
        }
        Ok(())
    }
}

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Tickets that were opened as their time had come.
    pub woken: u64,
    /// Solved tickets that were closed.
    pub closed: u64,
}

/// Wakes and closes what is due in all companies, each ticket in its own company's scope. Any number of instances may
/// sweep at once: each ticket is looked at again in its transaction.
pub async fn sweep(db: &Db) -> Result<Swept> {
    let scope = system::across(CrossTenant::Sweep, uuid::Uuid::now_v7().to_string());
    let now = db.clock().now();
    let asleep =
        Expr::cmp("wake_at", Op::Lte, now).and(Expr::is_in("status", [Status::Pending, Status::OnHold]));
    let woken = each(db, &scope, asleep, doc! { "wake_at": 1 }, "ticket_wake").await?;
    let mut closed = 0;
    for (hours, companies) in closing_times(db, &scope).await? {
        let before = DateTime::from_millis(now.timestamp_millis() - hours * HOUR_MS);
        let due = Expr::eq("status", Status::Solved).and(Expr::cmp("solved_at", Op::Lte, before));
        closed += each(db, &scope, due.and(companies), doc! { "solved_at": 1 }, "ticket_solved").await?;
    }
    Ok(Swept { woken, closed })
}

/// Hours after which solved tickets close, each with the companies where that holds.
async fn closing_times(db: &Db, scope: &TenantScope) -> Result<Vec<(i64, Expr)>> {
    let usual = defaults(None)?.auto_close_hours;
    let other = Expr::cmp("auto_close_hours", Op::Ne, usual);
    let mut by_hours: BTreeMap<i64, Vec<ObjectId>> = BTreeMap::new();
    let mut unusual = Vec::new();
    let mut after = ObjectId::from_bytes([0; 12]);
    loop {
        let rest = other.clone().and(Expr::cmp("_id", Op::Gt, after));
        let batch = db.within::<Settings>(scope).find(rest.into(), BATCH).await?;
        let Some(last) = batch.last() else { break };
        after = last.id;
        for settings in &batch {
            if let Some(company) = settings.company_id {
                by_hours.entry(settings.auto_close_hours).or_default().push(company);
                unusual.push(Bson::ObjectId(company));
            }
        }
    }
    let all_others = if unusual.is_empty() { Expr::All } else { Expr::cmp("company_id", Op::Nin, unusual) };
    let named = by_hours.into_iter().map(|(hours, ids)| (hours, Expr::is_in("company_id", ids)));
    Ok(std::iter::once((usual, all_others)).chain(named).collect())
}

/// Settles every ticket that satisfies `due` and tells how many it changed.
async fn each(db: &Db, scope: &TenantScope, due: Expr, sort: bson::Document, index: &str) -> Result<u64> {
    let mut settled = 0;
    for _ in 0..MAX_BATCHES {
        let page = Page { sort: sort.clone(), limit: BATCH, hint: Some(index.to_owned()), ..Page::default() };
        let rows = db.within::<Ticket>(scope).page(&due, &page).await?;
        let mut done = 0;
        for row in &rows {
            match settle(db, row, &due).await {
                Ok(changed) => done += u64::from(changed),
                // One broken ticket must not keep the others from their turn.
                Err(error) => tracing::error!(code = error.code().as_str(), "a due ticket was not settled"),
            }
        }
        settled += done;
        // Nothing changed: the rest belongs to other instances, or cannot be settled now.
        if done == 0 || i64::try_from(rows.len()).unwrap_or(i64::MAX) < BATCH {
            break;
        }
    }
    Ok(settled)
}

/// Wakes or closes one ticket, if it is still due.
async fn settle(db: &Db, row: &RawDocumentBuf, due: &Expr) -> Result<bool> {
    let ticket: Ticket = bson::deserialize_from_slice(row.as_bytes())?;
    let Some(scope) = system::company_of(&ticket, uuid::Uuid::now_v7().to_string()) else { return Ok(false) };
    let author = Author { user: None, company: scope.company() };
    transaction!(db, author, |tx| {
        // The condition once more with status and time: whoever reopened or rescheduled it meanwhile wins.
        let still = due.clone().and(Filter::<Ticket>::id(ticket.id).into_expr());
        let Some(stored) = tx.within::<Ticket>(&scope).document(&still).await? else { return Ok(false) };
        let current = Found::read(stored)?;
        let to = match current.ticket.status {
            Status::Pending | Status::OnHold => Status::Open,
            Status::Solved => Status::Closed,
            Status::New | Status::Open | Status::Closed => return Ok(false),
        };
        let mut patch = Patch::new();
        enter(&current.ticket, to, tx.now(), &mut patch);
        let change = Change {
            scope: &scope,
            actor: None,
            action: "tickets.transition",
            patch,
            events: vec![NewEvent::public(EventKind::StatusChanged)],
            message: None,
        };
        change.apply(&mut tx, &current).await?;
        Ok(true)
    })
}
