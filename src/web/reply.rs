//! The answer to a request about one record: status, JSON, `ETag`, `Location`; it can be kept and sent again.

use crate::engine::{Kept, Remembered};
use crate::errors::{AppError, Result};
use crate::models::IdempotencyKey;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::Value;

/// An answer before it becomes bytes.
#[derive(Clone, Debug)]
pub struct Reply {
    status: StatusCode,
    body: Value,
    etag: Option<String>,
    location: Option<String>,
    ignored: Vec<String>,
    replayed: bool,
    no_store: bool,
}

impl Reply {
    /// 200 with a body.
    pub fn ok(body: impl Into<Value>) -> Self {
        Self {
            status: StatusCode::OK,
            body: body.into(),
            etag: None,
            location: None,
            ignored: Vec::new(),
            replayed: false,
            no_store: false,
        }
    }

    /// 200 with a serialised value.
    pub fn json(value: &impl Serialize) -> Result<Self> {
        serde_json::to_value(value).map(Self::ok).map_err(AppError::internal)
    }

    /// 304 without a body.
    pub fn not_modified(etag: String) -> Self {
        Self { status: StatusCode::NOT_MODIFIED, ..Self::ok(Value::Null).with_etag(etag) }
    }

    /// Makes it a 201 with the place of the new record.
    pub fn created(mut self, location: String) -> Self {
        self.status = StatusCode::CREATED;
        self.location = Some(location);
        self
    }

    /// Makes it a 202: what it leads to comes later.
    pub fn accepted(mut self) -> Self {
        self.status = StatusCode::ACCEPTED;
        self
    }

    /// Sets the entity tag.
    pub fn with_etag(mut self, etag: String) -> Self {
        self.etag = Some(etag);
        self
    }

    /// Names the fields that leniency dropped.
    pub fn with_ignored(mut self, ignored: &[String]) -> Self {
        self.ignored = ignored.to_vec();
        self
    }

    /// Forbids every cache to keep it: it holds a credential.
    pub fn no_store(mut self) -> Self {
        self.no_store = true;
        self
    }

    /// The JSON.
    pub fn body(&self) -> &Value {
        &self.body
    }

    /// The JSON, to be completed.
    pub fn body_mut(&mut self) -> &mut Value {
        &mut self.body
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = match self.status {
            StatusCode::NOT_MODIFIED => self.status.into_response(),
            status => (status, axum::Json(self.body)).into_response(),
        };
        let headers = response.headers_mut();
        let mut set = |name: HeaderName, value: Option<String>| {
            if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
                headers.insert(name, value);
            }
        };
        set(header::ETAG, self.etag);
        set(header::LOCATION, self.location);
        if !self.ignored.is_empty() {
            set(HeaderName::from_static("preference-applied"), Some("handling=lenient".to_owned()));
            set(HeaderName::from_static("stoa-ignored-fields"), Some(self.ignored.join(", ")));
        }
        if self.replayed {
            set(HeaderName::from_static("idempotency-replayed"), Some("true".to_owned()));
        }
        if self.no_store {
            set(header::CACHE_CONTROL, Some("no-store".to_owned()));
        }
        response
    }
}

impl Remembered for Reply {
    fn keep(&self) -> Kept {
        Kept {
            status: self.status.as_u16(),
            body: self.body.to_string(),
            etag: self.etag.clone(),
            location: self.location.clone(),
        }
    }

    fn found(kept: &IdempotencyKey) -> Result<Self> {
        let status = u16::try_from(kept.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
        let body: Value = serde_json::from_str(&kept.body).map_err(AppError::internal)?;
        Ok(Self {
            status: status.ok_or_else(|| AppError::bug("a kept answer without status"))?,
            etag: kept.etag.clone(),
            location: kept.location.clone(),
            replayed: true,
            ..Self::ok(body)
        })
    }
}
