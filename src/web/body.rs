//! Bodies: size, content type and shape are checked before anything reads them.

use crate::errors::{AppError, Code, Result};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::{Map, Value};

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

/// The whole body, if it is no larger than `limit` bytes.
pub async fn read_bytes(body: Body, limit: usize) -> Result<Bytes> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => {
            Err(AppError::problem(Code::PayloadTooLarge, format!("The body may have {limit} bytes at most.")))
        }
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
    // The parser itself refuses more than 128 levels; no field needs a tenth of that.
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
