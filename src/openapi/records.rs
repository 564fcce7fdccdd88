//! Schemas of records: as they are read, created and changed.

use super::components::{Components, any_object, model};
use super::example::example_of;
use crate::models::ModelInfo;
use crate::permissions::{Mask, Role, TABLE, masks};
use crate::schema::{FieldSpec, object_schema};
use serde_json::{Value, json};
use std::fmt::Write;

/// A record as it is read.
pub fn record(resource: &str, components: &mut Components) -> Value {
    let Some(info) = model(resource) else { return any_object() };
    components.schema(info.name(), |_| {
        let shown = |field: &FieldSpec| {
            field.is_shown() && !(field.name == "company_id" && info.scope_field == Some("_id"))
        };
        let mut schema = open(object_schema(info.fields, shown));
        let names = || info.fields.iter().map(|field| field.name);
        // Others can be left out by `fields` or by the role.
        schema["required"] = json!(["id"]);
        if names().all(|name| name != "id") {
            schema["properties"]["id"] = json!({ "type": "string", "readOnly": true });
        }
        schema["description"] = json!(format!("{}{}", info.doc.trim(), read_masks(info)));
        schema
    })
}

/// A new record.
pub fn new_record(resource: &str, components: &mut Components) -> Value {
    let Some(info) = model(resource) else { return any_object() };
    components.schema(&format!("New{}", info.name()), |_| {
        let mut schema = object_schema(info.fields, |field| field.is_writable(true));
        let fields: Vec<_> = info.fields.iter().filter(|field| field.is_writable(true)).collect();
        schema["description"] = json!(format!("A new record.{}", write_masks(info, "create")));
        schema["examples"] = json!([example_of(&fields)]);
        schema
    })
}

/// The fields of a record that a change may name.
pub fn changes(resource: &str, components: &mut Components) -> Value {
    let Some(info) = model(resource) else { return any_object() };
    components.schema(&format!("{}Changes", info.name()), |_| {
        let mut schema = object_schema(info.fields, |field| field.is_writable(false));
        if let Some(object) = schema.as_object_mut() {
            object.remove("required");
        }
        // An absent field stays as it is: a default would say otherwise.
        for property in schema["properties"].as_object_mut().into_iter().flat_map(|all| all.values_mut()) {
            if let Some(property) = property.as_object_mut() {
                property.remove("default");
            }
        }
        schema["properties"]["version"] = json!({
            "type": ["integer", "null"], "minimum": 1, "maximum": 9_007_199_254_740_991_i64,
            "description": "The version that the changes were made on. Changes by others to other fields are kept.",
        });
        let all = "Fields to set; the others stay. Fields that only the server sets may be sent back unchanged.";
        schema["description"] = json!(format!("{all}{}", write_masks(info, "update")));
        schema
    })
}

/// The object of these fields, as a body.
pub fn input_fields(fields: &'static [FieldSpec]) -> Value {
    let mut schema = object_schema(fields, |field| field.is_writable(true));
    let fields: Vec<_> = fields.iter().filter(|field| field.is_writable(true)).collect();
    schema["examples"] = json!([example_of(&fields)]);
    schema
}

/// The object of these fields, as an answer.
pub fn output_fields(fields: &'static [FieldSpec]) -> Value {
    let mut schema = open(object_schema(fields, |field| field.is_shown()));
    let certain: Vec<_> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    schema["required"] = json!(certain);
    schema
}

/// Answers may gain fields without notice, so their schemas stay open.
fn open(mut schema: Value) -> Value {
    if let Some(object) = schema.as_object_mut() {
        object.remove("additionalProperties");
    }
    schema
}

fn read_masks(info: &ModelInfo) -> String {
    lines("Seen by", info, |role| masks::read_mask(info.resource, role))
}

fn write_masks(info: &ModelInfo, action: &str) -> String {
    let name = format!("{}.{action}", info.resource);
    match TABLE.iter().find(|row| row.name == name) {
        Some(row) => lines("Set by", info, |role| masks::write_mask(row.name, role)),
        None => String::new(),
    }
}

/// A line for each role whose mask leaves something out.
fn lines(what: &str, _: &ModelInfo, mask: impl Fn(Role) -> Mask) -> String {
    let mut out = String::new();
    for role in Role::ALL {
        let fields = |names: &[&str]| names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
        // Writing into a String cannot fail.
        let _ = match mask(*role) {
            Mask::All => Ok(()),
            Mask::Only(names) => write!(out, "\n\n{what} {role}: {}.", fields(names)),
            Mask::Except(names) => write!(out, "\n\n{what} {role}: all but {}.", fields(names)),
        };
    }
    out
}
