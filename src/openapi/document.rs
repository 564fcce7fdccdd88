//! The frame of the document: information, servers, tags, security schemes and the table of paths.

use super::components::{Components, model};
use super::{operation, responses};
use crate::web::Operation;
use serde_json::{Map, Value, json};

const INTRODUCTION: &str = "\
Stoa is a multi-tenant backend for customer support.

**Identity.** Get a token at `POST /auth/token` and send it as `Authorization: Bearer …`. What a role may do is told \
at each operation (`x-stoa-permission`, `x-stoa-roles`). A superadmin names the company in `X-Company-Id` and the \
reason of every write in `X-Act-Reason`.

**Programs** send an API key in the same place; each operation that a key may use names the scope. Rates are told in \
`RateLimit-Policy` and `RateLimit`; an operation takes its `x-stoa-cost` of them.

**Records.** `id` is 24 hex digits, times are RFC 3339 in UTC with milliseconds, names are snake_case. A record that \
does not exist and one that the caller may not see are the same: 404. Lists and single records have the same shape.

**Writes.** `PATCH` and `PUT` both merge the given fields. `ETag` and `If-Match` guard against lost updates, \
`Idempotency-Key` against doing a thing twice. `DELETE` moves to the trash and answers with the record.

**Lists.** Documented is the canonical form (`page`, `per_page`, `sort`, `filter`). The same addresses understand \
`skip` and `limit` with flat filters, and what the packages `ra-data-simple-rest` and `ra-data-json-server` send; \
these get the bodies and headers that the packages expect.

**Errors** are problem documents (RFC 9457) with a stable `code`; see [the list of codes](/docs/problems).";

/// What the tags of resources that are no records stand for.
const TAGS: &[(&str, &str)] = &[
    ("auth", "Log-in, sessions and one's own account."),
    ("docs", "This description, pages to read it, and the list of problem codes."),
    ("email_preferences", "Of which events one wants to be told by mail."),
    ("notification_preferences", "Of which events one wants to be notified."),
    ("reports", "Numbers of the tickets that one sees."),
    ("events", "The live stream of what concerns one."),
    ("health", "The state of the program."),
];

/// The OpenAPI 3.1 document of these operations.
pub fn document(operations: &[Operation]) -> Value {
    let mut components = Components::default();
    let mut paths: Map<String, Value> = Map::new();
    let mut tags: Vec<&str> = Vec::new();
    for operation in operations {
        let item = paths.entry(operation.path.replace("{*", "{")).or_insert_with(|| json!({}));
        item[operation.method.as_str().to_ascii_lowercase()] =
            operation::describe(operation, &mut components);
        if !tags.contains(&operation.resource) {
            tags.push(operation.resource);
        }
    }
    let tags: Vec<Value> =
        tags.into_iter().map(|name| json!({ "name": name, "description": meaning(name) })).collect();
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": {
            "title": "Stoa",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": env!("CARGO_PKG_DESCRIPTION"),
            "description": INTRODUCTION,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "The server that this document came from" }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": components.into_schemas(),
            "headers": responses::headers(),
            "securitySchemes": security_schemes(),
        },
    })
}

fn meaning(tag: &str) -> &'static str {
    match (model(tag), TAGS.iter().find(|(name, _)| *name == tag)) {
        (Some(info), _) => info.doc.trim(),
        (None, Some((_, meaning))) => meaning,
        (None, None) => "",
    }
}

fn security_schemes() -> Value {
    json!({
        "bearer": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "An access token of `POST /auth/token`.",
        },
        "apiKey": {
            "type": "http", "scheme": "bearer", "bearerFormat": "stoa_live_…",
            "description": "An API key of `POST /api/api_keys`, which acts for its owner as far as its scopes and the \
                owner's role both go (`x-stoa-api-key-scope`).",
        },
        "password": {
            "type": "oauth2",
            "description": "Resource owner password grant (RFC 6749 section 4.3), as FastAPI applications use it.",
            "flows": { "password": { "tokenUrl": "/auth/token", "refreshUrl": "/auth/refresh", "scopes": {} } },
        },
    })
}
