//! The key by which a mailbox's mail is signed.

use crate::answer_once;
use crate::app::App;
use crate::db::{Patch, from_document};
use crate::engine::{WriteRequest, apply, record_act, reply, visible};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::Mailbox;
use crate::permissions::{MailboxesUpdate, Permit};
use crate::services::mail::{DKIM_PURPOSE, dkim};
use crate::services::sessions::require_recent_proof;
use crate::web::Reply;
use bson::doc;
use serde_json::Value;

/// Makes a new key and answers with the mailbox. Mail is signed from then on; servers that do not find the DNS record yet
/// take it as not signed.
pub async fn make_key(
    app: &App,
    permit: &Permit<MailboxesUpdate>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    require_recent_proof(permit.actor(), app.clock().now())?;
    let text = |name: &str| request.body.get(name).and_then(Value::as_str);
    let algorithm = text("algorithm").unwrap_or("rsa-sha256").to_owned();
    let selector = match text("selector") {
        Some(selector) => read_selector(selector)?,
        None => format!("stoa{}", app.clock().now().timestamp_millis() / 86_400_000),
    };
    // Finding primes takes a while: not on the threads that answer requests.
    let made = tokio::task::spawn_blocking(move || dkim::generate(&algorithm)).await;
    let key = made.map_err(AppError::internal)??;
    answer_once!(app.db(), permit, request, |tx| {
        let stored = visible::<Mailbox, _>(&mut tx, permit, id, false).await?;
        let mailbox: Mailbox = from_document(&stored)?;
        request.conditions.check(mailbox.version)?;
        let domain = mailbox.address.rsplit_once('@').map_or("", |(_, domain)| domain);
        let sealed = app.data_keys().seal(DKIM_PURPOSE, &mailbox.id.bytes(), key.private.as_bytes())?;
        let told = doc! {
            "selector": selector.as_str(), "domain": domain, "algorithm": key.algorithm,
            "dns_name": format!("{selector}._domainkey.{domain}"), "dns_value": key.record.as_str(),
        };
        let patch = Patch::new().set(Mailbox::dkim(), told).set(Mailbox::dkim_key(), sealed);
        let after = apply::<Mailbox, _>(&mut tx, permit, &stored, patch).await?;
        record_act::<Mailbox>(&mut tx, permit, "dkim", Some(&stored), &after).await?;
        reply::<Mailbox, _>(permit, &after)
    })
}

/// What the name of a key has to be.
pub const SELECTOR: &str = "1 to 63 letters, digits and hyphens";

/// Whether a text can be the name of a key: one label of the DNS.
pub fn is_selector(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn read_selector(text: &str) -> Result<String> {
    if is_selector(text) {
        return Ok(text.to_ascii_lowercase());
    }
    Err(FieldErrors::one("selector", Code::ValidationFailed, format!("Must be {SELECTOR}.")).into())
}
