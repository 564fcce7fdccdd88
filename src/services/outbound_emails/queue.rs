//! Queues mails in the transaction of what they tell of.

use crate::app::App;
use crate::db::{Draft, Filter, Tx};
use crate::errors::{AppError, Result};
use crate::jobs::{When, enqueue};
use crate::models::{OutboundEmail, User};
use crate::permissions::TenantScope;
use crate::services::mail::{EmailJob, SendEmail, retry_key};
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
    let stored = tx.within::<OutboundEmail>(scope).insert(draft).await?;
    enqueue_sending(tx, scope, &stored, 0).await?;
    Ok(true)
}

/// A mail to a person about an event of a ticket. Its text is made up when it is sent: what the person may see is asked then.
#[derive(Clone, Debug)]
pub struct TicketEmail<'a> {
    /// Key of the template.
    pub template: &'static str,
    /// The person.
    pub user: &'a User,
    /// Ticket.
    pub ticket_id: ObjectId,
    /// Event.
    pub event_id: ObjectId,
    /// Message that it carries.
    pub message_id: Option<ObjectId>,
}

/// Queues a mail about a ticket; a person gets one for an event.
pub async fn queue_about_ticket(tx: &mut Tx, scope: &TenantScope, email: &TicketEmail<'_>) -> Result<()> {
    let key = format!("event:{}:{}", email.event_id.to_hex(), email.user.id.to_hex());
    let same = Filter::eq(OutboundEmail::dedupe_key(), key.as_str());
    if tx.within::<OutboundEmail>(scope).with_trash().exists(same).await? {
        return Ok(());
    }
    let draft = Draft::new()
        .set(OutboundEmail::template(), email.template)
        .set(OutboundEmail::to(), email.user.email.as_str())
        .set(OutboundEmail::to_name(), email.user.name.as_str())
        .set(OutboundEmail::locale(), email.user.locale.as_deref())
        .set(OutboundEmail::variables(), "")
        .set(OutboundEmail::dedupe_key(), key)
        .set(OutboundEmail::user_id(), email.user.id)
        .set(OutboundEmail::event_id(), email.event_id)
        .set(OutboundEmail::ticket_id(), email.ticket_id)
        .set(OutboundEmail::message_id(), email.message_id);
    let stored = tx.within::<OutboundEmail>(scope).insert(draft).await?;
    enqueue_sending(tx, scope, &stored, 0).await
}

/// Priority of mails that never go by a company's server: what the servers of companies do must not keep anyone waiting who
/// wants to log in.
const OWN: i64 = 5;

/// Asks for a mail to be sent, for the `round`th time.
pub(crate) async fn enqueue_sending(
    tx: &mut Tx,
    scope: &TenantScope,
    email: &OutboundEmail,
    round: i64,
) -> Result<()> {
    let priority = email.sensitive.then_some(OWN);
    let when = When { unique_key: Some(retry_key(email.id, round)), priority, ..When::default() };
    enqueue::<SendEmail>(tx, scope, &EmailJob { email_id: email.id }, when).await.map(drop)
}

/// Sealed variables of a mail that needs none any more.
pub(crate) fn emptied(app: &App, email: &OutboundEmail) -> Result<String> {
    app.data_keys().seal(PURPOSE, email.dedupe_key.as_bytes(), b"{}")
}

/// What the template of a queued mail is filled with.
pub fn variables(app: &App, email: &OutboundEmail) -> Result<Value> {
    let plain = app.data_keys().open(PURPOSE, email.dedupe_key.as_bytes(), &email.variables)?;
    serde_json::from_slice(&plain).map_err(AppError::internal)
}
