//! Takes a mail in: its bytes are kept before anyone is told that it arrived. The same mail is kept once.

use super::{ReceiveEmail, raw};
use crate::app::App;
use crate::db::{Author, Draft, Filter};
use crate::errors::{Code, Result};
use crate::jobs::{When, enqueue};
use crate::mail::{MAX_HEAD, MAX_MAIL, peek};
use crate::models::{InboundEmail, InboundState, Mailbox};
use crate::permissions::TenantScope;
use crate::transaction;
use bson::oid::ObjectId;
use sha2::{Digest, Sha256};

/// A mail that arrived.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// Where it arrived.
    pub mailbox: &'a Mailbox,
    /// `imap` or `webhook`.
    pub source: &'static str,
    /// The bytes; of a mail that is too large the headers are enough.
    pub raw: &'a [u8],
    /// How many bytes it has on the server.
    pub size: usize,
}

/// What became of a mail that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It is kept now.
    New(ObjectId),
    /// It was kept before.
    Known(ObjectId),
}

/// Keeps a mail and a job that will look at it, both or neither.
pub async fn store(app: &App, scope: &TenantScope, incoming: Incoming<'_>) -> Result<Stored> {
    match keep(app, scope, incoming).await {
        // Someone else kept the same mail, or another with its message id, at the same moment: now it is seen.
        Err(error) if error.code() == Code::UniqueViolation => keep(app, scope, incoming).await,
        kept => kept,
    }
}

async fn keep(app: &App, scope: &TenantScope, incoming: Incoming<'_>) -> Result<Stored> {
    let too_large = incoming.size > MAX_MAIL;
    let bytes = if too_large { head(incoming.raw) } else { incoming.raw };
    let hash = hex::encode(Sha256::digest(bytes));
    let glance = peek(bytes);
    let message_id = glance
        .message_id
        .unwrap_or_else(|| format!("{}@no-message-id.invalid", hash.get(..40).unwrap_or_default()));
    let author = Author { user: None, company: scope.company() };
    let mailbox = incoming.mailbox.id;
    transaction!(app.db(), author, |tx| {
        let ours = || Filter::eq(InboundEmail::mailbox_id(), mailbox);
        let same = ours().and(Filter::eq(InboundEmail::hash(), hash.as_str()));
        if let Some(known) = tx.within::<InboundEmail>(scope).with_trash().find_one(same).await? {
            return Ok(Stored::Known(known.id));
        }
        let first = ours().and(Filter::eq(InboundEmail::first_key(), message_id.as_str()));
        let repeats = tx.within::<InboundEmail>(scope).with_trash().find_one(first).await?;
        let is_known = match &repeats {
            Some(first) => body(&raw::read(app.db(), scope, first.id).await?) == body(bytes),
            None => false,
        };
        let mut draft = Draft::new()
            .set(InboundEmail::mailbox_id(), mailbox)
            .set(InboundEmail::source(), incoming.source)
            .set(InboundEmail::hash(), hash.as_str())
            .set(InboundEmail::message_id(), message_id.as_str())
            .set(InboundEmail::size(), i64::try_from(incoming.size).unwrap_or(i64::MAX))
            .set(InboundEmail::too_large(), too_large)
            .set(InboundEmail::from(), glance.from.as_deref())
            .set(InboundEmail::subject(), glance.subject.as_str());
        match &repeats {
            // Servers deliver twice with other trace headers: these alone are kept then, and it was dealt with already.
            Some(first) => {
                draft.put(InboundEmail::state(), InboundState::Ignored);
                draft.put(InboundEmail::reason(), "duplicate");
                draft.put(InboundEmail::ticket_id(), first.ticket_id);
                draft.put(InboundEmail::processed_at(), tx.now());
            }
            None => draft.put(InboundEmail::first_key(), message_id.as_str()),
        }
        let kept = tx.within::<InboundEmail>(scope).insert(draft).await?;
        let bytes = if is_known { head(bytes) } else { bytes };
        raw::write(&mut tx, scope, kept.id, bytes).await?;
        if repeats.is_none() {
            let when = When { unique_key: Some(ReceiveEmail::key(kept.id, kept.runs)), ..When::default() };
            enqueue::<ReceiveEmail>(&mut tx, scope, &ReceiveEmail::payload(kept.id), when).await?;
        }
        Ok(Stored::New(kept.id))
    })
}

/// The headers of a mail with the line that ends them.
fn head(raw: &[u8]) -> &[u8] {
    let ends =
        |mark: &[u8]| raw.windows(mark.len()).position(|window| window == mark).map(|at| at + mark.len());
    let end = ends(b"\r\n\r\n").or_else(|| ends(b"\n\n")).unwrap_or(raw.len());
    raw.get(..end.min(MAX_HEAD)).unwrap_or(raw)
}

/// What follows the headers.
fn body(raw: &[u8]) -> &[u8] {
    raw.get(head(raw).len()..).unwrap_or_default()
}
