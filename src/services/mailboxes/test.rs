//! Tries the servers of a mailbox: connection, certificate, log-in. Nothing is sent and nothing is fetched.

use super::imap;
use super::reach::words;
use crate::app::App;
use crate::db::{Patch, from_document};
use crate::engine::{WriteRequest, apply, record_act, visible};
use crate::errors::{AppError, Code, Problem, Result};
use crate::models::Mailbox;
use crate::permissions::{MailboxesUpdate, Permit};
use crate::services::mail::OwnServer;
use crate::transaction;
use crate::web::Reply;
use bson::oid::ObjectId;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Longest time for one server: both must fit into the time of a request.
const PATIENCE: Duration = Duration::from_secs(6);

/// Tries the servers and answers `{smtp: {ok, error}, imap: {ok, error}}`; the mailbox keeps the first error.
pub async fn test(
    app: &App,
    permit: &Permit<MailboxesUpdate>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let oid = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    let mailbox: Mailbox = app.db().of(permit).get(oid).await?;
    request.conditions.check(mailbox.version)?;
    let _only = Trying::begin(mailbox.company_id)?;
    let smtp = match mailbox.smtp {
        Some(_) => Some(within(try_smtp(app, &mailbox)).await),
        None => None,
    };
    let imap = match mailbox.imap {
        Some(_) => Some(within(imap::log_in(app, &mailbox)).await),
        None => None,
    };
    let failed = [&smtp, &imap].into_iter().find_map(|outcome| outcome.as_ref()?.as_ref().err()).cloned();
    transaction!(app.db(), permit.actor().author(), |tx| {
        let stored = visible::<Mailbox, _>(&mut tx, permit, id, false).await?;
        let _: Mailbox = from_document(&stored)?;
        let patch = Patch::new()
            .set(Mailbox::last_checked_at(), tx.now())
            .set(Mailbox::last_error(), failed.as_deref());
        let after = apply::<Mailbox, _>(&mut tx, permit, &stored, patch).await?;
        record_act::<Mailbox>(&mut tx, permit, "test", Some(&stored), &after).await
    })?;
    Ok(Reply::ok(json!({ "smtp": told(smtp.as_ref()), "imap": told(imap.as_ref()) })))
}

/// Companies whose mailbox is being tried.
static TRYING: Mutex<BTreeSet<Option<ObjectId>>> = Mutex::new(BTreeSet::new());

/// A company that tries a mailbox: one at a time, so that nobody holds many connections to servers of their own.
struct Trying(Option<ObjectId>);

impl Trying {
    fn begin(company: Option<ObjectId>) -> Result<Self> {
        if TRYING.lock().unwrap_or_else(PoisonError::into_inner).insert(company) {
            return Ok(Self(company));
        }
        let detail = "Another test of a mailbox is running. Wait until it is over.";
        Err(Problem::new(Code::RateLimited, detail).retry_after(PATIENCE.as_secs() * 2).into())
    }
}

impl Drop for Trying {
    fn drop(&mut self) {
        TRYING.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

fn told(outcome: Option<&std::result::Result<(), String>>) -> Value {
    match outcome {
        None => json!({ "ok": null, "error": null }),
        Some(Ok(())) => json!({ "ok": true, "error": null }),
        Some(Err(why)) => json!({ "ok": false, "error": why }),
    }
}

async fn within(
    work: impl Future<Output = std::result::Result<(), String>>,
) -> std::result::Result<(), String> {
    let late = |_| Err("The server took too long.".to_owned());
    tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(late)
}

async fn try_smtp(app: &App, mailbox: &Mailbox) -> std::result::Result<(), String> {
    OwnServer::of(app, mailbox).map_err(|error| words(&error))?.test(app).await
}
