//! Asks for a look into every mailbox, once a minute however many instances ask.

use super::poll::{Payload, PollMailbox};
use crate::app::App;
use crate::db::{Author, Expr, Op, Page};
use crate::errors::Result;
use crate::jobs::{Failure, Kind, Lease, Nothing, Policy, When, enqueue};
use crate::models::Mailbox;
use crate::permissions::{CrossTenant, system};
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

/// Adds a job for each mailbox that has a server to fetch from, in its own company's scope, and tells how many. The minute
/// is part of the job's key: a second instance adds nothing.
pub async fn sweep(app: &App) -> Result<u64> {
    let (db, across) = (app.db(), system::across(CrossTenant::Sweep, uuid::Uuid::now_v7().to_string()));
    let minute = app.clock().now().timestamp_millis() / MINUTE_MS;
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
            let payload = Payload { mailbox_id: mailbox.id };
            let key = format!("mailboxes.poll:{}:{minute}", mailbox.id.to_hex());
            let asked: Result<_> = transaction!(db, author, |tx| {
                let when = When { unique_key: Some(key.clone()), priority: Some(6), ..When::default() };
                enqueue::<PollMailbox>(&mut tx, &scope, &payload, when).await
            });
            match asked {
                Ok(job) => added += u64::from(job.is_some()),
                // One company must not keep the others from their mail.
                Err(error) => tracing::error!(code = error.code().as_str(), "a mailbox was not asked for"),
            }
        }
        if i64::try_from(rows.len()).unwrap_or(i64::MAX) < BATCH {
            return Ok(added);
        }
    }
}
