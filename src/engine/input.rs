//! Reads the body of a create or update: which fields it sets, which it only carries along, and what is wrong with it.

use crate::db::TenantModel;
use crate::errors::{Code, FieldErrors, Result};
use crate::permissions::Mask;
use crate::schema::{Access, FieldSpec, bson_to_json, parse_value, whole_number};
use bson::{Bson, Document};
use serde_json::{Map, Value};

/// Fields that React Admin sends back with every record and that say nothing.
const CARRIED: &[&str] = &["created_at", "created_by", "updated_at", "updated_by", "deleted_at"];

/// What a body says.
#[derive(Debug, Default)]
pub struct Input {
    /// Fields to set, checked and typed.
    pub fields: Document,
    /// The version that the client had before it.
    pub version: Option<i64>,
    /// Fields that were dropped because the client asked for leniency.
    pub ignored: Vec<String>,
    /// The program chose the references itself: they may lie beyond what the caller sees.
    pub trusted: bool,
}

/// How a body is read.
pub struct Reading<'a> {
    /// Fields that the caller may set.
    pub write: Mask,
    /// Fields that the caller may see.
    pub read: Mask,
    /// The record to be changed; none for a create.
    pub current: Option<&'a Document>,
    /// Company of the request, which a create may repeat.
    pub company: Option<bson::oid::ObjectId>,
    /// Drop what may not be set instead of refusing it (`Prefer: handling=lenient`, RFC 7240).
    pub lenient: bool,
}

/// Reads a body for a record of `M`. All faults are reported at once.
pub fn parse_input<M: TenantModel>(body: &Map<String, Value>, how: &Reading<'_>) -> Result<Input> {
    let mut errors = FieldErrors::default();
    // Taken for none, a version in another form would switch the protection off that it asks for.
    if body
        .get("version")
        .is_some_and(|version| !version.is_null() && whole_number(version).is_none_or(|n| n < 1))
    {
        errors.add("version", Code::ValidationFailed, "Must be the whole number that came with the record.");
    }
    let mut input = Input { version: body.get("version").and_then(whole_number), ..Input::default() };
    let current_version = how.current.and_then(|record| record.get_i64("version").ok());
    // What a stale client carries along may rightly differ from what is stored now.
    let stale = input.version.is_some() && input.version < current_version;
    for (key, value) in body {
        let name = if key == "_id" { "id" } else { key.as_str() };
        if name == "version" || CARRIED.contains(&name) {
            continue;
        }
        let spec = M::field(name).filter(|spec| spec.access != Access::Hidden && how.known(spec));
        let Some(spec) = spec else {
            if how.lenient {
                input.ignored.push(key.clone());
            } else {
                errors.add(key, Code::UnknownField, "There is no such field.");
            }
            continue;
        };
        if spec.is_writable(how.current.is_none()) && how.write.admits(name) {
            if let Some(parsed) = parse_value(spec, name, value, &mut errors) {
                input.fields.insert(name, parsed);
            }
        } else if how.same(spec, value) || stale {
            // Sent back unchanged: says nothing.
        } else if how.lenient {
            input.ignored.push(key.clone());
        } else {
            errors.add(key, Code::ReadOnlyField, "Cannot be set here.");
        }
    }
    if how.current.is_none() {
        for spec in M::FIELDS.iter().filter(|spec| spec.required && how.write.admits(spec.name)) {
            if !body.contains_key(spec.name) {
                errors.add(
                    spec.name,
                    Code::ValidationFailed,
                    format!("Required; must be {}.", spec.kind.expectation()),
                );
            }
        }
    }
    errors.into_result()?;
    Ok(input)
}

impl Reading<'_> {
    /// Fields that the caller neither sees nor sets do not exist for it: comparing would tell their values.
    fn known(&self, spec: &FieldSpec) -> bool {
        self.read.shows(spec.name) || self.write.admits(spec.name) && spec.access != Access::ReadOnly
    }

    fn same(&self, spec: &FieldSpec, value: &Value) -> bool {
        let stored = match (self.current, spec.name) {
            (Some(record), "id") => record.get("_id").cloned(),
            (Some(record), name) => record.get(name).cloned(),
            (None, "company_id") => self.company.map(Bson::ObjectId),
            (None, "id") => None,
            (None, _) => Some(spec.initial()),
        };
        spec.is_shown() && self.read.shows(spec.name) && bson_to_json(&stored.unwrap_or(Bson::Null)) == *value
    }
}
