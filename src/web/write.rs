//! The extractor of writes: permit, body, preconditions and idempotency key together.

use super::body::{MAX_JSON, read_bytes, read_json};
use crate::app::App;
use crate::engine::{Idempotency, Preconditions, WriteRequest};
use crate::errors::{AppError, Result};
use axum::extract::{FromRequest, Request};
use http::HeaderMap;

/// A write request as the engine takes it. The caller is known from the [`Authorized`](crate::permissions::Authorized)
/// argument that comes before it.
pub struct Write(pub WriteRequest);

impl FromRequest<App> for Write {
    type Rejection = AppError;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let (parts, body) = request.into_parts();
        let bytes = read_bytes(body, MAX_JSON).await?;
        let actor = parts.extensions.get::<crate::permissions::Actor>();
        let actor = actor.ok_or_else(|| AppError::bug("a write without a caller"))?;
        let key = text(&parts.headers, "idempotency-key");
        let idempotency = key.map(|key| {
            let (method, path) = (parts.method.as_str(), parts.uri.path());
            Idempotency::new(key, actor, method, path, &bytes)
        });
        Ok(Self(WriteRequest {
            body: read_json(&parts.headers, &bytes)?,
            conditions: Preconditions::read(&parts.headers)?,
            idempotency: idempotency.transpose()?,
            keys: Some(app.data_keys().clone()),
            lenient: text(&parts.headers, "prefer").is_some_and(|prefer| prefer.contains("handling=lenient")),
        }))
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("\u{7f}"))
}
