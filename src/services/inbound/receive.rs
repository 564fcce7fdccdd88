//! The job that looks at a kept mail and does what follows from it, once.

use super::act::{Outcome, Work, act};
use super::raw;
use crate::app::App;
use crate::db::{Author, Filter, Patch};
use crate::errors::{AppError, Result};
use crate::jobs::{Failure, Kind, Lease, Policy};
use crate::mail::parse;
use crate::models::{InboundEmail, InboundState, Mailbox};
use crate::transaction;
use bson::{Bson, doc, oid::ObjectId};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Turns a kept mail into a ticket or a message.
pub struct ReceiveEmail;

/// Which mail.
#[derive(Debug, Serialize, Deserialize)]
pub struct Payload {
    inbound_id: ObjectId,
}

impl ReceiveEmail {
    pub(super) fn payload(email: ObjectId) -> Payload {
        Payload { inbound_id: email }
    }

    /// One job for each time that someone asks.
    pub(super) fn key(email: ObjectId, run: i64) -> String {
        format!("emails.receive:{}:{run}", email.to_hex())
    }
}

impl Kind for ReceiveEmail {
    const NAME: &'static str = "emails.receive";
    const POLICY: Policy = Policy {
        max_attempts: 12,
        first_pause: Duration::from_secs(2),
        longest_pause: Duration::from_secs(3600),
    };
    type Payload = Payload;

    async fn run(app: &App, lease: &Lease, payload: Payload) -> Result<(), Failure> {
        match receive(app, lease, payload.inbound_id).await {
            Ok(()) => Ok(()),
            Err(error) => {
                let code = error.code().as_str();
                tracing::error!(code, ?error, "a mail was not dealt with");
                if let Err(more) = failed(app, lease, payload.inbound_id, code).await {
                    tracing::error!(code = more.code().as_str(), "the failure was not noted");
                }
                Err(Failure::Retry(code.to_owned(), None))
            }
        }
    }
}

async fn receive(app: &App, lease: &Lease, id: ObjectId) -> Result<()> {
    let (db, scope) = (app.db(), &lease.scope);
    let author = Author { user: None, company: scope.company() };
    let inbound = db.within::<InboundEmail>(scope).get(id).await?;
    let open = matches!(inbound.state, InboundState::Received | InboundState::Failed);
    // In the trash or not: what was sent to it has to go somewhere.
    let mailbox = db.within::<Mailbox>(scope).with_trash().get(inbound.mailbox_id).await?;
    let bytes = raw::read(db, scope, id).await?;
    // Long mails take a while to read, and other work must not wait for them.
    let (bytes, mail) = tokio::task::spawn_blocking(move || {
        let mail = parse(&bytes);
        (bytes, mail)
    })
    .await
    .map_err(AppError::internal)?;
    transaction!(db, author, |tx| {
        if open {
            let outcome = match &mail {
                Ok(mail) => {
                    let work = Work { app, scope, mailbox: &mailbox, inbound: &inbound, mail, raw: &bytes };
                    act(&mut tx, &work).await?
                }
                Err(reason) => Outcome::ignored(reason.as_str()),
            };
            let (guard, patch) = (Filter::version(inbound.version), note(&outcome, tx.now()));
            let noted = tx.within::<InboundEmail>(scope).update(id, guard, patch).await?;
            noted.ok_or_else(|| AppError::bug("a mail that changed while it was dealt with"))?;
        }
        lease.finish(&mut tx).await
    })
}

fn note(outcome: &Outcome, now: bson::DateTime) -> Patch<InboundEmail> {
    let found = doc! { "rule": outcome.rule, "ticket_id": outcome.matched };
    Patch::new()
        .set(InboundEmail::state(), outcome.state)
        .set(InboundEmail::r#match(), found)
        .set(InboundEmail::ticket_id(), outcome.ticket)
        .set(InboundEmail::message(), outcome.message)
        .set(InboundEmail::reason(), outcome.reason)
        .set(InboundEmail::filed_key(), outcome.filed_key.as_deref())
        .set(InboundEmail::error(), Bson::Null)
        .set(InboundEmail::processed_at(), now)
}

/// Notes why a mail could not be dealt with; it stays where it is and is tried again.
async fn failed(app: &App, lease: &Lease, id: ObjectId, code: &str) -> Result<()> {
    let author = Author { user: None, company: lease.scope.company() };
    transaction!(app.db(), author, |tx| {
        let open = crate::db::Expr::is_in("state", [InboundState::Received, InboundState::Failed]);
        let patch =
            Patch::new().set(InboundEmail::state(), InboundState::Failed).set(InboundEmail::error(), code);
        tx.within::<InboundEmail>(&lease.scope).update(id, open.into(), patch).await.map(drop)
    })
}
