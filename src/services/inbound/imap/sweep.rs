//! Asks for a look into every mailbox, once a minute however many instances ask.

use super::poll::{Payload, PollMailbox};
use crate::app::App;
use crate::db::{Author, Expr, Filter, Op, Page, Patch, Tx};
use crate::errors::Result;
use crate::jobs::{Failure, Kind, Lease, Nothing, Policy, When, enqueue};
use crate::models::{Job, JobState, Mailbox};
use crate::permissions::{CrossTenant, TenantScope, system};
use crate::transaction;
use bson::{Bson, doc, oid::ObjectId};
use std::time::Duration;

/// Mailboxes that are looked for at a time.
const BATCH: i64 = 200;
const MINUTE_MS: i64 = 60_000;

/// The periodic job that asks. One that fails is not tried again: the next one comes a minute later.
pub struct PollMailboxes;

impl Kind for PollMailboxes {
    const NAME: &'static str = "mailboxes.sweep";
    const POLICY: Policy = Policy {
        max_attempts: 1,
        first_pause: Duration::from_secs(1),
        longest_pause: Duration::from_secs(1),
    };
    type Payload = Nothing;

    async fn run(app: &App, _: &Lease, _: Nothing) -> Result<(), Failure> {
        sweep(app).await?;
        Ok(())
    }
}

/// Adds a job for each mailbox that has a server to fetch from, in its own company's scope, and tells how many. A mailbox
/// whose job waits or is being done gets no further one, nor one that had one in this minute: a slow server does not take
/// more places each minute, and a second instance adds nothing.
pub async fn sweep(app: &App) -> Result<u64> {
    let (db, across) = (app.db(), system::across(CrossTenant::Sweep, uuid::Uuid::now_v7().to_string()));
    let mut after = ObjectId::from_bytes([0; 12]);
    let mut added = 0;
    loop {
        let due = Expr::eq("is_active", true).and(Expr::cmp("imap", Op::Ne, Bson::Null)).and(Expr::cmp(
            "_id",
            Op::Gt,
            after,
        ));
        let hint = Some("mailbox_sweep".to_owned());
        let page = Page { sort: doc! { "_id": 1 }, limit: BATCH, hint, ..Page::default() };
        let rows = db.within::<Mailbox>(&across).page(&due, &page).await?;
        for row in &rows {
            let mailbox: Mailbox = bson::deserialize_from_slice(row.as_bytes())?;
            after = mailbox.id;
            let Some(scope) = system::company_of(&mailbox, across.request_id()) else { continue };
            let author = Author { user: None, company: scope.company() };
            let asked: Result<bool> = transaction!(db, author, |tx| ask(&mut tx, &scope, mailbox.id).await);
            match asked {
                Ok(is_new) => added += u64::from(is_new),
                // One company must not keep the others from their mail.
                Err(error) => tracing::error!(code = error.code().as_str(), "a mailbox was not asked for"),
            }
        }
        if i64::try_from(rows.len()).unwrap_or(i64::MAX) < BATCH {
            return Ok(added);
        }
    }
}

/// Adds the job of a mailbox, whose key is that of the mailbox: the one before gives it up when it is over. `false` when
/// there is one to do, or was one in this minute.
async fn ask(tx: &mut Tx, scope: &TenantScope, mailbox: ObjectId) -> Result<bool> {
    let key = format!("mailboxes.poll:{}", mailbox.to_hex());
    let minute = |at: bson::DateTime| at.timestamp_millis() / MINUTE_MS;
    let held = Filter::eq(Job::unique_key(), key.as_str());
    if let Some(before) = tx.within::<Job>(scope).with_trash().find_one(held).await? {
        let is_open = matches!(before.state, JobState::Ready | JobState::Leased);
        if is_open || minute(before.created_at) >= minute(tx.now()) {
            return Ok(false);
        }
        let guard = Filter::eq(Job::state(), before.state);
        let patch = Patch::new().set(Job::unique_key(), Bson::Null);
        tx.within::<Job>(scope).with_trash().update(before.id, guard, patch).await?;
    }
    let when = When { unique_key: Some(key), ..When::default() };
    Ok(enqueue::<PollMailbox>(tx, scope, &Payload { mailbox_id: mailbox }, when).await?.is_some())
}
