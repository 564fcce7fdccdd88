//! Reads the bodies of ticket actions: named fields, all faults at once, `me` for the caller.

use crate::errors::{Code, FieldErrors, Result};
use crate::permissions::Actor;
use crate::schema::{FieldSpec, parse_value};
use bson::{Document, oid::ObjectId};
use serde_json::{Map, Value};

/// The members of `body` as `fields` describe them; those not sent are not there.
///
/// # Errors
/// 422 naming each unknown, missing or malformed field.
pub fn parse_body(fields: &[FieldSpec], body: &Map<String, Value>, actor: &Actor) -> Result<Document> {
    let mut errors = FieldErrors::default();
    let mut parsed = Document::new();
    for name in body.keys().filter(|name| !fields.iter().any(|field| field.name == name.as_str())) {
        errors.add(name, Code::UnknownField, "There is no such field.");
    }
    for field in fields {
        match body.get(field.name) {
            Some(Value::String(me)) if me == "me" && field.kind.reference() == Some("users") => {
                parsed.insert(field.name, actor.user_id());
            }
            Some(value) => {
                if let Some(value) = parse_value(field, field.name, value, &mut errors) {
                    parsed.insert(field.name, value);
                }
            }
            None if field.required => {
                let message = format!("Required; must be {}.", field.kind.expectation());
                errors.add(field.name, Code::ValidationFailed, message);
            }
            None => {}
        }
    }
    errors.into_result()?;
    Ok(parsed)
}

/// The ids in a list of a parsed body.
pub fn ids(body: &Document, name: &str) -> Vec<ObjectId> {
    let list = body.get_array(name).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(bson::Bson::as_object_id).collect()
}
