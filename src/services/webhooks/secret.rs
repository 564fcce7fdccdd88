//! Secrets of webhooks and the signatures made with them, as Standard Webhooks has it: receivers have libraries for that.

use crate::app::App;
use crate::auth::random;
use crate::errors::{AppError, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use bson::oid::ObjectId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bound into the seal.
const PURPOSE: &str = "webhook secret";

/// How a secret begins when it is shown.
const PREFIX: &str = "whsec_";

/// A new secret, as its receiver is given it.
pub fn make() -> String {
    format!("{PREFIX}{}", BASE64.encode(random::bytes_256()))
}

/// A secret as it is stored with its webhook.
pub fn seal(app: &App, webhook: ObjectId, secret: &str) -> Result<String> {
    app.data_keys().seal(PURPOSE, &webhook.bytes(), secret.as_bytes())
}

/// `v1,<base64>` of a message by a sealed secret.
pub fn sign(app: &App, webhook: ObjectId, sealed: &str, id: &str, unix: i64, body: &str) -> Result<String> {
    let secret = app.data_keys().open(PURPOSE, &webhook.bytes(), sealed)?;
    let unreadable = || AppError::bug("the secret of a webhook has another form");
    let text = std::str::from_utf8(&secret).ok().and_then(|text| text.strip_prefix(PREFIX));
    let key = BASE64.decode(text.ok_or_else(unreadable)?).map_err(|_| unreadable())?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| unreadable())?;
    mac.update(format!("{id}.{unix}.{body}").as_bytes());
    Ok(format!("v1,{}", BASE64.encode(mac.finalize().into_bytes())))
}
