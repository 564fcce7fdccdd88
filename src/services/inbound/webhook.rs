//! Takes mail in over a secret address of a mailbox, where each delivery is signed: address and key are shown once.

use super::{Incoming, Stored, store};
use crate::app::App;
use crate::auth::random::{BASE62_LEN_256, base62};
use crate::db::{Draft, Expr, Filter, Patch, Tx};
use crate::engine::record_act;
use crate::errors::{AppError, Code, Result};
use crate::models::{InboundToken, Mailbox};
use crate::permissions::{CrossTenant, MailboxesWebhook, Permit, system};
use crate::services::sessions::require_recent_proof;
use crate::transaction;
use bson::oid::ObjectId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Bound into the seal of a signing key.
const PURPOSE: &str = "inbound webhook secret";
/// How far the time of a delivery may be from ours, in seconds.
const TOLERANCE_S: i64 = 300;

/// A new address with its key.
#[derive(Clone, Debug)]
pub struct Rotated {
    /// Where to deliver.
    pub url: String,
    /// What deliveries are signed with.
    pub secret: String,
}

/// Makes an address for a mailbox. An earlier one ends.
///
/// # Errors
/// 401 without a fresh proof of identity, 404 when the mailbox is not seen.
pub async fn rotate(app: &App, permit: &Permit<MailboxesWebhook>, id: &str) -> Result<Rotated> {
    require_recent_proof(permit.actor(), app.clock().now())?;
    let (token, secret) = (base62(BASE62_LEN_256), base62(BASE62_LEN_256));
    let mailbox = named(app, permit, id).await?;
    let sealed = app.data_keys().seal(PURPOSE, mailbox.to_hex().as_bytes(), secret.as_bytes())?;
    transaction!(app.db(), permit.actor().author(), |tx| {
        switch(&mut tx, permit, mailbox, true).await?;
        let row = Draft::new()
            .set(InboundToken::mailbox_id(), mailbox)
            .set(InboundToken::secret(), sealed.as_str());
        tx.global::<InboundToken>().insert_keyed(&key(&token), row).await
    })?;
    let url = format!("{}/email/inbound/{token}", app.limits().public_url);
    Ok(Rotated { url, secret })
}

/// Ends the address of a mailbox.
pub async fn end(app: &App, permit: &Permit<MailboxesWebhook>, id: &str) -> Result<()> {
    require_recent_proof(permit.actor(), app.clock().now())?;
    let mailbox = named(app, permit, id).await?;
    transaction!(app.db(), permit.actor().author(), |tx| switch(&mut tx, permit, mailbox, false).await)
}

async fn named(app: &App, permit: &Permit<MailboxesWebhook>, id: &str) -> Result<ObjectId> {
    let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    Ok(app.db().of(permit).get(id).await?.id)
}

/// Ends all addresses of a mailbox and notes whether there will be one.
async fn switch(
    tx: &mut Tx,
    permit: &Permit<MailboxesWebhook>,
    mailbox: ObjectId,
    active: bool,
) -> Result<()> {
    let ours = Filter::eq(InboundToken::mailbox_id(), mailbox);
    tx.global::<InboundToken>().remove(ours).await?;
    let before = tx.of(permit).document(&Expr::eq("_id", mailbox)).await?.ok_or_else(AppError::not_found)?;
    let patch = Patch::new().set(Mailbox::webhook_active(), active);
    let after = tx.of(permit).update_document(mailbox, &Expr::All, patch).await?;
    let after = after.ok_or_else(AppError::not_found)?;
    record_act::<Mailbox>(tx, permit, "webhook", Some(&before), &after).await
}

/// Takes a delivery in: `t=<seconds since 1970>,v1=<hex HMAC-SHA256 of "t.body">` signs the body. The same mail may come any
/// number of times.
///
/// # Errors
/// 401 when address or signature are wrong or old, in the same words.
pub async fn deliver(app: &App, token: &str, signature: Option<&str>, raw: &[u8]) -> Result<Stored> {
    let refused = || AppError::problem(Code::Unauthenticated, "The address or the signature is wrong.");
    let held = app.db().global::<InboundToken>().find_one(InboundToken::key(key(token))).await?;
    let secret = match &held {
        Some(held) => app.data_keys().open(PURPOSE, held.mailbox_id.to_hex().as_bytes(), &held.secret)?,
        // Whoever guesses addresses learns nothing from the time that the answer takes.
        None => vec![0; BASE62_LEN_256],
    };
    let now = app.clock().now().timestamp_millis() / 1000;
    let sound = signature.is_some_and(|signature| verify(&secret, signature, raw, now));
    let held = held.filter(|_| sound).ok_or_else(refused)?;
    let across = system::across(CrossTenant::InboundMail, uuid::Uuid::now_v7().to_string());
    let found = app.db().within::<Mailbox>(&across).find_one(Filter::id(held.mailbox_id)).await?;
    let mailbox = found.filter(|mailbox| mailbox.is_active).ok_or_else(refused)?;
    let scope = system::company_of(&mailbox, across.request_id()).ok_or_else(refused)?;
    store(app, &scope, Incoming { mailbox: &mailbox, source: "webhook", raw, size: raw.len() }).await
}

fn key(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

fn verify(secret: &[u8], header: &str, raw: &[u8], now: i64) -> bool {
    let field = |name: &str| {
        header
            .split(',')
            .filter_map(|part| part.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    };
    let (Some(at), Some(given)) = (field("t"), field("v1")) else { return false };
    let fresh = at.parse::<i64>().is_ok_and(|at| now.abs_diff(at) <= TOLERANCE_S.unsigned_abs());
    let (Ok(mut mac), Ok(given)) = (Hmac::<Sha256>::new_from_slice(secret), hex::decode(given)) else {
        return false;
    };
    mac.update(at.as_bytes());
    mac.update(b".");
    mac.update(raw);
    // In constant time.
    mac.verify_slice(&given).is_ok() && fresh
}
