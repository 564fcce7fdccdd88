//! Cross-origin rules: whose pages may call the API, what they may send and what they may read.

use http::{HeaderName, HeaderValue, Method};
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// The rules for an exact list of origins; no origin when it is empty.
pub fn cors(origins: &[String]) -> CorsLayer {
    let origins = origins.iter().filter_map(|origin| HeaderValue::try_from(origin).ok());
    let names =
        |names: &[&'static str]| names.iter().map(|name| HeaderName::from_static(name)).collect::<Vec<_>>();
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers(names(ALLOWED_HEADERS))
        .expose_headers(names(EXPOSED_HEADERS))
        .max_age(Duration::from_secs(600))
}

const ALLOWED_HEADERS: &[&str] = &[
    "authorization",
    "content-type",
    "if-match",
    "if-none-match",
    "idempotency-key",
    "x-company-id",
    "x-act-reason",
    "x-request-id",
    "prefer",
    "range",
    "traceparent",
    "last-event-id",
];

const EXPOSED_HEADERS: &[&str] = &[
    "etag",
    "content-range",
    "content-disposition",
    "accept-ranges",
    "x-total-count",
    "x-request-id",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "location",
    "idempotency-replayed",
    "preference-applied",
    "stoa-ignored-fields",
    "www-authenticate",
];
