//! Outgoing mail: queued in the transaction of what it tells of, sent by a job.

use crate::app::App;
use crate::db::{Draft, Filter, Tx};
use crate::errors::{AppError, Result};
use crate::models::OutboundEmail;
use crate::permissions::TenantScope;
use bson::oid::ObjectId;
use serde_json::Value;

/// Bound into the seal of a mail's variables.
const PURPOSE: &str = "outbound email variables";

/// A mail that is about to be queued.
#[derive(Clone, Debug)]
pub struct NewEmail {
    /// Key of the template, such as `password_reset`.
    pub template: &'static str,
    /// Address.
    pub to: String,
    /// Display name.
    pub to_name: Option<String>,
    /// Language that the recipient prefers.
    pub locale: Option<String>,
    /// What the template is filled with.
    pub variables: Value,
    /// It carries a credential.
    pub sensitive: bool,
    /// There is no second mail of the company with this key.
    pub dedupe_key: String,
    /// Ticket that it is about.
    pub ticket_id: Option<ObjectId>,
    /// Message of the ticket that it carries.
    pub message_id: Option<ObjectId>,
}

/// Queues a mail of the scope's company (of the platform, when the scope spans companies). `false` when there is one with
/// the same key.
pub async fn queue(app: &App, tx: &mut Tx, scope: &TenantScope, email: &NewEmail) -> Result<bool> {
    let same = Filter::eq(OutboundEmail::dedupe_key(), email.dedupe_key.as_str());
    if tx.within::<OutboundEmail>(scope).with_trash().exists(same).await? {
        return Ok(false);
    }
    let variables = serde_json::to_vec(&email.variables).map_err(AppError::internal)?;
    let sealed = app.data_keys().seal(PURPOSE, email.dedupe_key.as_bytes(), &variables)?;
    let draft = Draft::new()
        .set(OutboundEmail::template(), email.template)
        .set(OutboundEmail::to(), email.to.as_str())
        .set(OutboundEmail::to_name(), email.to_name.as_deref())
        .set(OutboundEmail::locale(), email.locale.as_deref())
        .set(OutboundEmail::sensitive(), email.sensitive)
        .set(OutboundEmail::variables(), sealed)
        .set(OutboundEmail::dedupe_key(), email.dedupe_key.as_str())
        .set(OutboundEmail::ticket_id(), email.ticket_id)
        .set(OutboundEmail::message_id(), email.message_id);
    tx.within::<OutboundEmail>(scope).insert(draft).await?;
    Ok(true)
}

/// What the template of a queued mail is filled with.
pub fn variables(app: &App, email: &OutboundEmail) -> Result<Value> {
    let plain = app.data_keys().open(PURPOSE, email.dedupe_key.as_bytes(), &email.variables)?;
    serde_json::from_slice(&plain).map_err(AppError::internal)
}
