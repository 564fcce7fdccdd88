//! Takes mail in over a secret address of a mailbox, where each delivery is signed: address and key are shown once.

use super::places::DeliveryPlace;
use super::{Incoming, Stored, store};
use crate::app::App;
use crate::auth::random::{BASE62_LEN_256, base62};
use crate::db::{Draft, Expr, Filter, Patch, Tx};
use crate::engine::record_act;
use crate::errors::{AppError, Code, Result};
use crate::models::{InboundToken, Mailbox};
use crate::permissions::{CrossTenant, MailboxesWebhook, Permit, TenantScope, system};
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

/// A delivery whose mail is not read yet.
pub struct Delivery {
    mailbox: Mailbox,
    scope: TenantScope,
    secret: Vec<u8>,
    signature: Signature,
    _place: DeliveryPlace,
}

/// Looks at all of a delivery that can be looked at before its mail is read: `t=<seconds since 1970>,v1=<hex HMAC-SHA256 of
/// "t.body">` is its signature. Nobody but those who know an address makes the program read a mail.
///
/// # Errors
/// 401 when the address is unknown or the signature none or old, in the words of [`deliver`]; 503 when too many mails arrive.
pub async fn expect(app: &App, token: &str, signature: Option<&str>) -> Result<Delivery> {
    let now = app.clock().now().timestamp_millis() / 1000;
    let signature = signature.and_then(|header| Signature::read(header, now)).ok_or_else(refused)?;
    let held = app.db().global::<InboundToken>().find_one(InboundToken::key(key(token))).await?;
    let held = held.ok_or_else(refused)?;
    let secret = app.data_keys().open(PURPOSE, held.mailbox_id.to_hex().as_bytes(), &held.secret)?;
    let across = system::across(CrossTenant::InboundMail, uuid::Uuid::now_v7().to_string());
    let found = app.db().within::<Mailbox>(&across).find_one(Filter::id(held.mailbox_id)).await?;
    let mailbox = found.filter(|mailbox| mailbox.is_active).ok_or_else(refused)?;
    let scope = system::company_of(&mailbox, across.request_id()).ok_or_else(refused)?;
    let place = app.lines().deliveries.take(scope.company().ok_or_else(refused)?)?;
    Ok(Delivery { mailbox, scope, secret, signature, _place: place })
}

/// Takes a delivery in. The same mail may come any number of times.
///
/// # Errors
/// 401 when the signature is not that of the mail.
pub async fn deliver(app: &App, delivery: &Delivery, raw: &[u8]) -> Result<Stored> {
    if !delivery.signature.is_of(&delivery.secret, raw) {
        return Err(refused());
    }
    let incoming = Incoming { mailbox: &delivery.mailbox, source: "webhook", raw, size: raw.len() };
    store(app, &delivery.scope, incoming).await
}

fn refused() -> AppError {
    AppError::problem(Code::Unauthenticated, "The address or the signature is wrong.")
}

fn key(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// A fresh signature.
struct Signature {
    at: String,
    given: Vec<u8>,
}

impl Signature {
    fn read(header: &str, now: i64) -> Option<Self> {
        let field = |name: &str| {
            let mut fields = header.split(',').filter_map(|part| part.trim().split_once('='));
            fields.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        let at = field("t")?;
        let fresh = at.parse::<i64>().is_ok_and(|at| now.abs_diff(at) <= TOLERANCE_S.unsigned_abs());
        let given = hex::decode(field("v1")?).ok()?;
        fresh.then(|| Self { at: at.to_owned(), given })
    }

    /// In constant time.
    fn is_of(&self, secret: &[u8], raw: &[u8]) -> bool {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return false };
        mac.update(self.at.as_bytes());
        mac.update(b".");
        mac.update(raw);
        mac.verify_slice(&self.given).is_ok()
    }
}
