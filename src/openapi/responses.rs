//! Responses: the answer of an operation and its headers.

use super::components::{Components, any_object};
use super::parameters::{is_conditional, is_write};
use super::problems::{self, header};
use super::{list, records};
use crate::permissions::Guard;
use crate::web::{AnswerDoc, Operation};
use serde_json::{Map, Value, json};

/// All responses of an operation.
pub fn describe(operation: &Operation, components: &mut Components) -> Value {
    let mut all = problems::responses(&problems::codes(operation), components);
    let (status, response) = answer(operation, components);
    all.insert(status.to_owned(), response);
    if operation.resource == "health" && matches!(operation.doc.answer, AnswerDoc::Json) {
        // A probe reads the same whether the answer is yes or no.
        let content = json!({ JSON: { "schema": any_object() } });
        all.insert("503".to_owned(), json!({ "description": "Not now.", "content": content }));
    }
    if matches!(operation.doc.answer, AnswerDoc::Bytes) {
        let content = json!({ "*/*": { "schema": {} } });
        all.insert(
            "206".to_owned(),
            json!({ "description": "The part that `Range` asks for.", "content": content }),
        );
        let headers = json!({ "Location": { "schema": { "type": "string" } } });
        all.insert(
            "303".to_owned(),
            json!({ "description": "The file is there, for 5 minutes.", "headers": headers }),
        );
        all.insert("304".to_owned(), json!({ "description": "The client has it already." }));
    }
    if is_conditional(operation) {
        let headers = json!({ "ETag": header("ETag"), "X-Request-Id": header("X-Request-Id") });
        all.insert(
            "304".to_owned(),
            json!({ "description": "The client has it already.", "headers": headers }),
        );
    }
    Value::Object(all)
}

fn answer(operation: &Operation, components: &mut Components) -> (&'static str, Value) {
    let mut headers = Map::from_iter([("X-Request-Id".to_owned(), header("X-Request-Id"))]);
    let mut with =
        |names: &[&str]| headers.extend(names.iter().map(|name| ((*name).to_owned(), header(name))));
    if !matches!(operation.guard, Guard::Public) {
        with(&["RateLimit-Policy", "RateLimit"]);
    }
    if is_write(operation) {
        with(&["Idempotency-Replayed", "Preference-Applied", "Stoa-Ignored-Fields"]);
    }
    let resource = operation.resource;
    let (status, description, media, schema) = match operation.doc.answer {
        AnswerDoc::Record => ("200", "The record.", JSON, records::record(resource, components)),
        AnswerDoc::RecordOf(other) => ("200", "The record.", JSON, records::record(other, components)),
        AnswerDoc::Created => ("201", "The new record.", JSON, records::record(resource, components)),
        AnswerDoc::CreatedOf(other) => ("201", "The new record.", JSON, records::record(other, components)),
        AnswerDoc::List => ("200", "A page of the list.", JSON, list::envelope(resource, components)),
        AnswerDoc::ListOf(other) => ("200", "A page of the list.", JSON, list::envelope(other, components)),
        AnswerDoc::Bulk => ("200", "What was done and what was not.", JSON, list::bulk_result(components)),
        AnswerDoc::Fields(fields) => ("200", "Done.", JSON, records::output_fields(fields)),
        AnswerDoc::Accepted(fields) => ("202", "Taken down.", JSON, records::output_fields(fields)),
        AnswerDoc::Json => ("200", "Done.", JSON, json!({ "type": ["object", "array"] })),
        AnswerDoc::Events => {
            ("200", "Server-sent events, until the client leaves.", "text/event-stream", text())
        }
        AnswerDoc::Bytes => ("200", "The file.", "*/*", json!({})),
        AnswerDoc::Text => ("200", "A text.", "text/*", text()),
    };
    match operation.doc.answer {
        AnswerDoc::Record | AnswerDoc::RecordOf(_) => with(&["ETag"]),
        AnswerDoc::Created | AnswerDoc::CreatedOf(_) => with(&["ETag", "Location"]),
        AnswerDoc::List | AnswerDoc::ListOf(_) => with(&["Content-Range", "X-Total-Count"]),
        _ if is_conditional(operation) => with(&["ETag"]),
        _ => {}
    }
    let content = json!({ media: { "schema": schema } });
    (status, json!({ "description": description, "headers": headers, "content": content }))
}

const JSON: &str = "application/json";

fn text() -> Value {
    json!({ "type": "string" })
}

/// The headers that responses refer to.
pub fn headers() -> Value {
    let text = |doc: &str| json!({ "description": doc, "schema": { "type": "string" } });
    let number = |doc: &str| json!({ "description": doc, "schema": { "type": "integer", "minimum": 0 } });
    json!({
        "X-Request-Id": text("Finds the request in the log; the client's own when it sent one."),
        "ETag": text("Version of the record as this role sees it, for `If-Match` and `If-None-Match`."),
        "Location": text("Address of the new record."),
        "WWW-Authenticate": text("How to authenticate (RFC 6750, RFC 9470)."),
        "Retry-After": number("Seconds after which a retry makes sense; sent where that is known."),
        "RateLimit-Policy": text("The quotas that the request counts for: `q` in `w` seconds (draft-ietf-httpapi-ratelimit-headers)."),
        "RateLimit": text("What is left of each: `r`, and in `t` seconds all of it."),
        "X-Total-Count": number("All records of the list, when known exactly."),
        "Content-Range": text("Place of the page in the list, as in `tags 0-24/319`; sent when the total is known exactly."),
        "Idempotency-Replayed": text("`true` when this is the answer to an earlier request with the same key."),
        "Preference-Applied": text("`handling=lenient` when fields were dropped (RFC 7240)."),
        "Stoa-Ignored-Fields": text("The fields that were dropped."),
    })
}
