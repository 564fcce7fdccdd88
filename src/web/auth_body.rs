//! Bodies of log-in and the other acts with credentials: small, as form (RFC 6749 section 4.3.2) or as JSON, with texts
//! only, so that no value can be taken for anything else.

use super::body::{MAX_AUTH, read_bytes, read_json};
use crate::errors::{AppError, Code, FieldErrors, Result};
use axum::extract::{FromRequest, Request};
use http::header;
use secrecy::SecretString;
use serde_json::{Map, Value};

/// The fields of a body with credentials. It has no `Debug`: it holds passwords.
pub struct AuthBody(Map<String, Value>);

impl<S: Send + Sync> FromRequest<S> for AuthBody {
    type Rejection = AppError;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let bytes = read_bytes(body, MAX_AUTH).await?;
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return read_form(&bytes).map(Self);
        }
        read_json(&parts.headers, &bytes).map(Self).map_err(|error| match error.code() {
            Code::UnsupportedMediaType => AppError::problem(
                Code::UnsupportedMediaType,
                "Send the body as application/x-www-form-urlencoded or application/json.",
            ),
            _ => error,
        })
    }
}

impl AuthBody {
    /// The text of a field that must be there.
    pub fn text(&self, field: &str) -> Result<&str> {
        let fault = |message| FieldErrors::one(field, Code::ValidationFailed, message).into();
        match self.0.get(field) {
            Some(Value::String(text)) if !text.is_empty() => Ok(text),
            None => Err(fault("Required.")),
            Some(_) => Err(fault("Must be a text that is not empty.")),
        }
    }

    /// As [`AuthBody::text`], for what is answered or kept as it came: at most `max` characters of one line.
    pub fn line(&self, field: &str, max: usize) -> Result<&str> {
        let text = self.text(field)?;
        if text.chars().count() > max || text.chars().any(char::is_control) || text.trim().is_empty() {
            let message = format!("Must be a text of 1 to {max} characters on one line.");
            return Err(FieldErrors::one(field, Code::ValidationFailed, message).into());
        }
        Ok(text)
    }

    /// As [`AuthBody::text`], for passwords.
    pub fn secret(&self, field: &str) -> Result<SecretString> {
        self.text(field).map(SecretString::from)
    }

    /// As [`AuthBody::secret`], for fields that may be left out.
    pub fn optional_secret(&self, field: &str) -> Result<Option<SecretString>> {
        if self.has(field) { self.secret(field).map(Some) } else { Ok(None) }
    }

    /// Whether a field was sent.
    pub fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// Refuses fields that are not among `known`.
    pub fn only(&self, known: &[&str]) -> Result<()> {
        let mut errors = FieldErrors::default();
        for name in self.0.keys().filter(|name| !known.contains(&name.as_str())) {
            errors.add(name, Code::UnknownField, "There is no such field.");
        }
        errors.into_result()
    }
}

/// A parameter may come once (RFC 6749 section 3.2).
fn read_form(bytes: &[u8]) -> Result<Map<String, Value>> {
    let mut fields = Map::new();
    for (name, value) in form_urlencoded::parse(bytes) {
        if fields.insert(name.into_owned(), Value::String(value.into_owned())).is_some() {
            return Err(AppError::problem(Code::MalformedRequest, "A parameter was sent twice."));
        }
    }
    Ok(fields)
}
