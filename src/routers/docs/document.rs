//! Serves the OpenAPI document.

use crate::app::App;
use crate::engine::Preconditions;
use crate::errors::Result;
use crate::permissions::Public;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};

/// `GET /api/openapi.json`.
pub async fn show(_: Public, State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let description = app.description();
    let tag = [(header::ETAG, description.etag.clone())];
    if Preconditions::read(&headers)?.has(&description.etag) {
        return Ok((StatusCode::NOT_MODIFIED, tag).into_response());
    }
    let content_type = [(header::CONTENT_TYPE, "application/json")];
    Ok((tag, content_type, description.bytes.clone()).into_response())
}
