//! Parameters of operations in path and headers.

use super::components::model;
use super::list::query;
use crate::permissions::Guard;
use crate::web::Operation;
use http::Method;
use serde_json::{Value, json};

/// The parameters in the path.
pub fn path(operation: &Operation) -> Vec<Value> {
    let names = operation.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names.map(|name| path_parameter(operation.resource, name.trim_start_matches('*'))).collect()
}

fn path_parameter(resource: &str, name: &str) -> Value {
    let numbered = name == "id"
        && model(resource).is_some_and(|info| info.fields.iter().any(|field| field.name == "number"));
    let (schema, doc) = if numbered {
        (
            json!({ "type": "string", "pattern": "^([0-9a-fA-F]{24}|[0-9]{1,18})$" }),
            "Id, or the record's number.",
        )
    } else if name == "id" || name.ends_with("_id") {
        (json!({ "type": "string", "pattern": "^[0-9a-fA-F]{24}$" }), "Id, 24 hex digits.")
    } else {
        (json!({ "type": "string", "minLength": 1 }), "Part of the address.")
    };
    json!({ "name": name, "in": "path", "required": true, "description": doc, "schema": schema })
}

/// Query parameters of the operation's own.
pub fn own(operation: &Operation) -> Vec<Value> {
    operation.doc.query.iter().map(|spec| query(spec.name, spec.doc, spec.kind.json_schema())).collect()
}

/// Whether the operation looks at `If-Match`.
pub fn has_if_match(operation: &Operation) -> bool {
    let record = operation.path.contains("{id}") && operation.method != Method::GET;
    record
        && !matches!(operation.guard, Guard::Public)
        && operation.doc.codes.contains(&crate::errors::Code::PreconditionFailed)
}

/// Whether the operation answers 304 to a client that is up to date.
pub fn is_conditional(operation: &Operation) -> bool {
    use crate::web::AnswerDoc::{Record, RecordOf};
    let record = operation.method == Method::GET && matches!(operation.doc.answer, Record | RecordOf(_));
    operation.doc.conditional || record
}

/// Whether the operation writes through the shared extractor: body, preconditions, idempotency key.
pub fn is_write(operation: &Operation) -> bool {
    operation.method != Method::GET
        && matches!(operation.guard, Guard::Permission(_))
        && !operation.doc.passing
}

/// The headers that the operation looks at.
pub fn headers(operation: &Operation) -> Vec<Value> {
    let mut all = Vec::new();
    if has_if_match(operation) {
        let schema = json!({ "type": "string", "examples": ["*"] });
        all.push(header(
            "If-Match",
            "`ETag` of the record that the change was made on; else 412 (RFC 9110).",
            schema,
        ));
    }
    if is_conditional(operation) {
        let doc = "`ETag` of what the client has: answered with 304 when it is still that (RFC 9110).";
        all.push(header("If-None-Match", doc, json!({ "type": "string" })));
    }
    if is_write(operation) {
        let doc =
            "A key of the client's own for this request: sent again within a day, it gets the first answer.";
        let schema =
            json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[\x21-\x7e]+$" });
        let mut key = header("Idempotency-Key", doc, schema);
        key["required"] = json!(operation.doc.keyed);
        all.push(key);
        let doc = "`handling=lenient` drops fields that cannot be set instead of refusing them (RFC 7240).";
        all.push(header("Prefer", doc, json!({ "type": "string", "examples": ["handling=lenient"] })));
    }
    if matches!(operation.guard, Guard::Permission(_)) {
        let doc = "Company in which a superadmin acts; for others it may only be their own.";
        all.push(header("X-Company-Id", doc, json!({ "type": "string", "pattern": "^([0-9a-fA-F]{24})?$" })));
    }
    if operation.method != Method::GET && matches!(operation.guard, Guard::Permission(_)) {
        let doc = "Why a superadmin acts inside the company; the company's audit log shows it.";
        all.push(header("X-Act-Reason", doc, json!({ "type": "string" })));
    }
    all
}

fn header(name: &str, doc: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "header", "description": doc, "schema": schema })
}
