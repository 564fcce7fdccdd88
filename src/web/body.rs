//! Bodies: size, content type and shape are checked before anything reads them.

use crate::errors::{AppError, Code, Result};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body as _;
use serde_json::{Map, Value};
use std::time::Duration;

/// Largest JSON body.
pub const MAX_JSON: usize = 1 << 20;
/// Largest body of a log-in.
pub const MAX_AUTH: usize = 16 << 10;

/// The members of a JSON body; empty when there is none.
pub struct JsonObject(pub Map<String, Value>);

impl<S: Send + Sync> FromRequest<S> for JsonObject {
    type Rejection = AppError;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let bytes = read_bytes(body, MAX_JSON).await?;
        read_json(&parts.headers, &bytes).map(Self)
    }
}

/// Time for a whole body.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most levels of objects and lists in a JSON body; no field needs a third of it.
const MAX_DEPTH: usize = 32;

/// The whole body, if it is no larger than `limit` bytes and comes within ten seconds.
pub async fn read_bytes(body: Body, limit: usize) -> Result<Bytes> {
    let too_large =
        || AppError::problem(Code::PayloadTooLarge, format!("The body may have {limit} bytes at most."));
    // One that says how long it is need not be read to be refused.
    if body.size_hint().lower() > limit as u64 {
        return Err(too_large());
    }
    let read = tokio::time::timeout(PATIENCE, Limited::new(body, limit).collect()).await;
    let Ok(read) = read else {
        let detail = format!("The body did not arrive within {} seconds.", PATIENCE.as_secs());
        return Err(AppError::problem(Code::RequestTimeout, detail));
    };
    match read {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(_) => Err(AppError::problem(Code::MalformedRequest, "The body ended early.")),
    }
}

/// The members of a JSON object. No body is an empty object, whatever its content type says.
pub fn read_json(headers: &HeaderMap, bytes: &[u8]) -> Result<Map<String, Value>> {
    if bytes.is_empty() {
        return Ok(Map::new());
    }
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence != "application/json" && !(essence.starts_with("application/") && essence.ends_with("+json")) {
        return Err(AppError::problem(Code::UnsupportedMediaType, "Send the body as application/json."));
    }
    if is_deeper(bytes, MAX_DEPTH) {
        let detail = format!("The body may be nested {MAX_DEPTH} levels deep at most.");
        return Err(AppError::problem(Code::MalformedRequest, detail));
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(AppError::problem(Code::MalformedRequest, "The body must be a JSON object.")),
        Err(error) => {
            let place = format!("line {} column {}", error.line(), error.column());
            Err(AppError::problem(
                Code::MalformedRequest,
                format!("The body is not valid JSON: see {place}."),
            ))
        }
    }
}

/// Whether brackets outside of texts are nested deeper than `most`. Looked at before anything is built of them.
fn is_deeper(bytes: &[u8], most: usize) -> bool {
    let (mut depth, mut text, mut escaped) = (0_usize, false, false);
    for byte in bytes {
        match (text, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => text = !text,
            (false, b'{' | b'[') => depth += 1,
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > most {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_brackets_outside_of_texts() {
        let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert!(!is_deeper(nested(32).as_bytes(), 32) && is_deeper(nested(33).as_bytes(), 32));
        assert!(!is_deeper(format!("{:?}", nested(500)).as_bytes(), 32));
        assert!(!is_deeper("[],".repeat(500).as_bytes(), 32));
        assert!(!is_deeper(br#"{"a":"\\\"[[[[\"","b":"\\"}"#, 2));
        assert!(is_deeper(br#"["\\", [[["#, 2));
    }
}
