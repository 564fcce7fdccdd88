//! Headers of every answer: security (OWASP Secure Headers) and caching.

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

/// Sets what an answer lacks; a handler that set its own keeps it.
pub fn harden(headers: &mut HeaderMap, method: &Method) {
    let reads = method == Method::GET || method == Method::HEAD;
    let cache = if reads { "private, no-cache" } else { "no-store" };
    let usual = [
        (header::CACHE_CONTROL, cache),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-site"),
    ];
    for (name, value) in usual {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // What one role may read another may not: caches must tell the callers apart.
    headers.append(header::VARY, HeaderValue::from_static("Authorization, X-Company-Id, Origin"));
}
