//! Request bodies.

use super::components::Components;
use super::records;
use crate::engine::MAX_BULK;
use crate::web::{BodyDoc, Operation};
use serde_json::{Value, json};

/// The body of an operation; none when it takes none.
pub fn describe(operation: &Operation, components: &mut Components) -> Option<Value> {
    match operation.doc.body {
        BodyDoc::Form => return Some(form_with_file()),
        BodyDoc::Bytes => {
            return Some(json!({ "required": true, "content": { "*/*": { "schema": {} } } }));
        }
        _ => {}
    }
    let resource = operation.resource;
    let (schema, form) = match operation.doc.body {
        BodyDoc::None | BodyDoc::Form | BodyDoc::Bytes => return None,
        BodyDoc::New => (records::new_record(resource, components), false),
        BodyDoc::Changes => (records::changes(resource, components), false),
        BodyDoc::BulkChanges => (bulk(Some(each(resource, components))), false),
        BodyDoc::BulkIds => (bulk(None), false),
        BodyDoc::Fields(fields) => (records::input_fields(fields), false),
        BodyDoc::FormOrFields(fields) => (records::input_fields(fields), true),
    };
    // No body is an empty object: it is required where something in it is.
    let required = match operation.doc.body {
        BodyDoc::Fields(fields) | BodyDoc::FormOrFields(fields) => fields.iter().any(|field| field.required),
        BodyDoc::Changes => false,
        _ => true,
    };
    let mut content = json!({ "application/json": { "schema": schema } });
    if form {
        content["application/x-www-form-urlencoded"] = json!({ "schema": schema });
    }
    Some(json!({ "required": required, "content": content }))
}

fn form_with_file() -> Value {
    let file = json!({ "type": "string", "contentMediaType": "application/octet-stream", "minLength": 1 });
    let schema = json!({ "type": "object", "required": ["file"], "properties": { "file": file } });
    json!({ "required": true, "content": { "multipart/form-data": { "schema": schema } } })
}

/// What is set in each record. Each is checked for itself, so one fault does not refuse the whole call.
fn each(resource: &str, components: &mut Components) -> Value {
    let name = records::changes(resource, components);
    let name = name["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or("the record");
    json!({
        "type": "object",
        "description": format!("Fields to set in each record, as in `{name}`; they are checked record by record."),
    })
}

fn bulk(data: Option<Value>) -> Value {
    let id = json!({ "type": "string" });
    let mut schema = json!({
        "type": "object",
        "required": ["ids"],
        "additionalProperties": false,
        "properties": {
            "ids": { "type": "array", "items": id, "minItems": 1, "maxItems": MAX_BULK },
            "atomic": { "type": "boolean", "default": false, "description": "All or none." },
        },
    });
    if let Some(data) = data {
        schema["required"] = json!(["ids", "data"]);
        schema["properties"]["data"] = data;
    }
    schema
}
