//! The problems that an operation can answer with: by what it is, and by what its documentation adds.

use super::components::{Components, model};
use super::parameters::{has_if_match, is_conditional, is_write};
use crate::errors::Code;
use crate::permissions::Guard;
use crate::web::{AnswerDoc, BodyDoc, Operation};
use http::Method;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Every code that the operation can answer with.
pub fn codes(operation: &Operation) -> BTreeSet<Code> {
    use Code::*;
    let mut all = BTreeSet::from([UriTooLong, RateLimited, Internal, Overloaded, DependencyUnavailable]);
    all.extend(operation.doc.codes);
    all.extend(operation.doc.refusals);
    let reads = operation.method == Method::GET;
    if operation.path.contains('{') {
        all.insert(NotFound);
    }
    if !matches!(operation.guard, Guard::Public) {
        all.extend([Unauthenticated, TokenExpired, SessionRevoked, Forbidden, TenantMismatch]);
        all.extend([CompanySuspended, SupportAccessDenied, ReferenceNotFound]);
    }
    if matches!(operation.guard, Guard::Permission(_)) {
        // Of what operators may use on the whole platform, parts are about one company all the same.
        all.extend([PasswordChangeRequired, MfaEnrollmentRequired, CompanyRequired]);
        if !reads {
            all.insert(ActReasonRequired);
        }
    }
    if matches!(operation.doc.answer, AnswerDoc::List | AnswerDoc::ListOf(_)) {
        all.extend([InvalidParameter, FilterNotAllowed, FilterNotIndexed, SortNotAllowed, UseCursor]);
        all.extend([ValidationFailed, UnknownField]);
    }
    let has_body = !matches!(operation.doc.body, BodyDoc::None);
    if is_write(operation) || has_body {
        all.extend([MalformedRequest, PayloadTooLarge, UnsupportedMediaType, RequestTimeout]);
    }
    if has_body {
        all.extend([ValidationFailed, ReadOnlyField, UnknownField, ReferenceNotFound]);
    }
    let keeps_a_list = model(operation.resource).is_some_and(|info| {
        ["filter", "sort"].iter().all(|name| info.fields.iter().any(|field| field.name == *name))
    });
    if has_body && keeps_a_list {
        // What a record keeps of a list is checked as that list would.
        all.extend([InvalidParameter, FilterNotAllowed, SortNotAllowed]);
    }
    if matches!(operation.doc.answer, AnswerDoc::Bulk) {
        // What one record answers alone, all of them together may answer.
        all.extend([NotFound, InUse, VersionConflict]);
    }
    if is_write(operation) {
        all.extend([InvalidParameter, IdempotencyInFlight, IdempotencyMismatch, UniqueViolation, Conflict]);
        // Where no body is expected, members of one are refused, too.
        all.insert(UnknownField);
    }
    if has_if_match(operation) || is_conditional(operation) || !operation.doc.query.is_empty() {
        all.insert(InvalidParameter);
    }
    all
}

/// The responses with these codes, one for each status.
pub fn responses(codes: &BTreeSet<Code>, components: &mut Components) -> Map<String, Value> {
    let problem = components.schema("Problem", |_| schema());
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in codes {
        by_status.entry(code.status().as_u16()).or_default().push(*code);
    }
    by_status
        .into_iter()
        .map(|(status, codes)| (status.to_string(), response(status, &codes, &problem)))
        .collect()
}

fn response(status: u16, codes: &[Code], problem: &Value) -> Value {
    let names: Vec<_> = codes.iter().map(|code| code.as_str()).collect();
    let lines: Vec<_> =
        codes.iter().map(|code| format!("- `{}`: {}", code.as_str(), code.meaning().trim())).collect();
    let mut headers = Map::from_iter([("X-Request-Id".to_owned(), header("X-Request-Id"))]);
    if status == 401 {
        headers.insert("WWW-Authenticate".into(), header("WWW-Authenticate"));
    }
    if status == 429 {
        headers.insert("RateLimit-Policy".into(), header("RateLimit-Policy"));
        headers.insert("RateLimit".into(), header("RateLimit"));
    }
    if status == 429 || status == 503 {
        headers.insert("Retry-After".into(), header("Retry-After"));
    }
    if status == 414 {
        // Addresses beyond 64 KiB are refused below the program, without a document and without a request id.
        return json!({ "description": lines.join("\n") });
    }
    json!({
        "description": lines.join("\n"),
        "headers": headers,
        "content": { "application/problem+json": {
            "schema": { "allOf": [problem, { "properties": { "code": { "enum": names } } }] },
        } },
    })
}

/// A reference to a shared header.
pub fn header(name: &str) -> Value {
    json!({ "$ref": format!("#/components/headers/{name}") })
}

fn schema() -> Value {
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let fault = json!({
        "type": "object",
        "required": ["message"],
        "properties": { "message": { "type": "string" }, "code": { "type": "string", "enum": codes } },
    });
    json!({
        "type": "object",
        "description": "A problem document (RFC 9457). Branch on `code`; show `message`. A code may add members.",
        "required": ["type", "title", "status", "code", "detail", "message", "instance", "request_id"],
        "properties": {
            "type": { "type": "string", "format": "uri-reference", "description": "Where the code is explained." },
            "title": { "type": "string", "description": "Short, the same for each problem of the code." },
            "status": { "type": "integer", "minimum": 400, "maximum": 599 },
            "code": { "type": "string", "enum": codes },
            "detail": { "type": "string", "description": "This case, in a sentence." },
            "message": { "type": "string", "description": "The same as `detail`, where React Admin looks for it." },
            "instance": { "type": "string", "description": "Path of the request." },
            "request_id": { "type": "string", "description": "Finds the request in the log." },
            "errors": {
                "type": "object",
                "description": "Faults by field, dotted for nested ones; `root.serverError` sums up.",
                "additionalProperties": { "anyOf": [
                    fault,
                    { "type": "object", "required": ["serverError"], "properties": { "serverError": { "type": "string" } } },
                ] },
            },
        },
    })
}
