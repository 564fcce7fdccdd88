//! Query pairs and the answers of lists, in the dialect in which they were asked for.

use crate::engine::{Dialect, ListQuery, Listing, Total};
use crate::errors::{AppError, Code, FieldErrors, Result};
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderName, HeaderValue, header};
use serde::Serialize;
use serde_json::json;

/// Query parameters in the order sent, repeated ones included.
pub struct Pairs(pub Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Pairs {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs: Vec<(String, String)> =
            form_urlencoded::parse(query.as_bytes()).map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
        match pairs.iter().find(|(key, value)| key.contains('\0') || value.contains('\0')) {
            Some((key, _)) => {
                let key = key.replace('\0', "");
                Err(FieldErrors::one(key, Code::InvalidParameter, "May not contain NUL.").into())
            }
            None => Ok(Self(pairs)),
        }
    }
}

/// The answer of a list.
pub fn listing_response(resource: &str, query: &ListQuery, listing: Listing) -> Result<Response> {
    let exact = match listing.total {
        Total::Exact(total) => Some(total),
        Total::AtLeast(_) | Total::Unknown => None,
    };
    let count = listing.rows.stored().len() as u64;
    let mut response = match query.dialect {
        Dialect::SimpleRest | Dialect::JsonServer => json_response(&listing.rows, &listing)?,
        Dialect::SkipLimit => json_response(&json_with(&listing, exact, false)?, &listing)?,
        Dialect::Canonical => json_response(&json_with(&listing, exact, true)?, &listing)?,
    };
    let headers = response.headers_mut();
    if let Some(total) = exact {
        headers.insert(HeaderName::from_static("x-total-count"), HeaderValue::from(total));
        let last = (listing.skip + count).saturating_sub(1).max(listing.skip);
        let range = match count {
            0 => format!("{resource} */{total}"),
            _ => format!("{resource} {}-{last}/{total}", listing.skip),
        };
        if let Ok(value) = HeaderValue::try_from(range) {
            headers.insert(header::CONTENT_RANGE, value);
        }
    }
    Ok(response)
}

#[derive(Serialize)]
struct Envelope<'a> {
    data: &'a crate::engine::Rows,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
    #[serde(rename = "pageInfo", skip_serializing_if = "Option::is_none")]
    page_info: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<serde_json::Value>,
}

fn json_with(listing: &Listing, exact: Option<u64>, whole: bool) -> Result<Envelope<'_>> {
    let page_info = json!({
        "hasNextPage": listing.has_next, "hasPreviousPage": listing.has_previous, "nextCursor": listing.next_cursor,
    });
    let mut meta = json!({ "total_exact": exact.is_some() });
    if let Total::AtLeast(least) = listing.total {
        meta["total_min"] = json!(least);
    }
    Ok(Envelope {
        data: &listing.rows,
        total: exact,
        page_info: whole.then_some(page_info),
        meta: whole.then_some(meta),
    })
}

fn json_response(value: &impl Serialize, listing: &Listing) -> Result<Response> {
    // About as long as the records are stored: a long list is not copied a dozen times while it grows.
    let stored: usize = listing.rows.stored().iter().map(|row| row.as_bytes().len()).sum();
    let mut bytes = Vec::with_capacity(stored + stored / 4 + 256);
    serde_json::to_writer(&mut bytes, value).map_err(AppError::internal)?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response())
}
