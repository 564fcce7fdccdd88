//! Checks one JSON value against its field and turns it into what the database stores.

use super::{FieldSpec, Kind, parse_time};
use crate::auth::email::EmailAddress;
use crate::errors::{Code, FieldErrors};
use bson::{Bson, Document, oid::ObjectId};
use serde_json::Value;

/// Parses `value` for `spec`, noting faults under `path`. `None` when there was a fault.
pub fn parse_value(spec: &FieldSpec, path: &str, value: &Value, errors: &mut FieldErrors) -> Option<Bson> {
    if value.is_null() {
        if spec.nullable {
            return Some(Bson::Null);
        }
        errors.add(
            path,
            Code::ValidationFailed,
            format!("May not be null; must be {}.", spec.kind.expectation()),
        );
        return None;
    }
    if let Kind::Object(fields) = spec.kind {
        return parse_object(fields, path, value, errors);
    }
    if let Kind::Objects { fields, max } = spec.kind
        && let Some(items) = value.as_array().filter(|items| items.len() <= max)
    {
        let parse = |(at, item)| parse_object(fields, &format!("{path}.{at}"), item, errors);
        return items.iter().enumerate().map(parse).collect::<Option<Vec<_>>>().map(Bson::Array);
    }
    let empty = spec.required && spec.kind.is_list() && value.as_array().is_some_and(Vec::is_empty);
    let parsed = if empty { None } else { parse_kind(&spec.kind, value) };
    if parsed.is_none() {
        let also = if empty { ", with one at least" } else { "" };
        errors.add(path, Code::ValidationFailed, format!("Must be {}{also}.", spec.kind.expectation()));
    }
    parsed
}

/// Trimmed text, or `None` when it holds control characters that no field allows.
pub fn plain_text(text: &str, lines: bool) -> Option<String> {
    let allowed = |c: char| !c.is_control() || (lines && matches!(c, '\n' | '\r' | '\t'));
    text.chars().all(allowed).then(|| text.trim().to_owned())
}

fn parse_kind(kind: &Kind, value: &Value) -> Option<Bson> {
    match kind {
        Kind::Text { min, max, lines } => {
            let text = plain_text(value.as_str()?, *lines)?;
            let length = text.chars().count();
            (*min..=*max).contains(&length).then_some(Bson::String(text))
        }
        Kind::Email => EmailAddress::parse(value.as_str()?).map(|email| Bson::from(email.as_str())),
        Kind::Format(accepts, _) => value.as_str().filter(|text| accepts(text)).map(Bson::from),
        Kind::Enum(names) => value.as_str().filter(|name| names.contains(name)).map(Bson::from),
        Kind::Bool => value.as_bool().map(Bson::Boolean),
        Kind::Int { min, max } => whole_number(value).filter(|n| (*min..=*max).contains(n)).map(Bson::Int64),
        Kind::Time => parse_time(value.as_str()?).map(Bson::DateTime),
        Kind::Id { .. } => parse_id(value).map(Bson::ObjectId),
        Kind::Ids { max, .. } => distinct(value, *max, |item| parse_id(item).map(Bson::ObjectId)),
        Kind::Texts { max, max_len } => distinct(value, *max, |item| {
            let text = plain_text(item.as_str()?, false)?;
            (1..=*max_len).contains(&text.chars().count()).then_some(Bson::String(text))
        }),
        Kind::Json { max_bytes } => {
            let object = value.as_object().filter(|_| value.to_string().len() <= *max_bytes)?;
            json_to_document(object, 0).map(Bson::Document)
        }
        Kind::Object(_) | Kind::Objects { .. } => None,
    }
}

/// An object replaces the whole stored object: absent members take their initial value.
fn parse_object(fields: &[FieldSpec], path: &str, value: &Value, errors: &mut FieldErrors) -> Option<Bson> {
    let Some(members) = value.as_object() else {
        let names: Vec<_> = fields.iter().map(|field| field.name).collect();
        errors.add(path, Code::ValidationFailed, format!("Must be an object with {}.", names.join(", ")));
        return None;
    };
    let mut document = Document::new();
    let mut sound = true;
    for name in members.keys().filter(|name| !fields.iter().any(|field| field.name == name.as_str())) {
        errors.add(format!("{path}.{name}"), Code::UnknownField, "There is no such field.");
        sound = false;
    }
    for field in fields {
        let inner = format!("{path}.{}", field.name);
        match members.get(field.name) {
            Some(given) => match parse_value(field, &inner, given, errors) {
                Some(parsed) => drop(document.insert(field.name, parsed)),
                None => sound = false,
            },
            None if field.required => {
                errors.add(inner, Code::ValidationFailed, "Required.");
                sound = false;
            }
            None => drop(document.insert(field.name, field.initial())),
        }
    }
    sound.then_some(Bson::Document(document))
}

/// A whole number, also written as `5.0`: JSON knows no difference (RFC 8259 section 6, JSON Schema `integer`).
pub fn whole_number(value: &Value) -> Option<i64> {
    /// Up to here every whole number has a floating-point form of its own (RFC 7493 section 2.2).
    const EXACT: f64 = 9_007_199_254_740_991.0;
    value.as_i64().or_else(|| {
        let number = value.as_f64().filter(|number| number.fract() == 0.0 && number.abs() <= EXACT)?;
        // The text of a whole float has no fraction, so that no cast can go wrong.
        format!("{number:.0}").parse().ok()
    })
}

fn parse_id(value: &Value) -> Option<ObjectId> {
    let text = value.as_str().filter(|text| text.len() == 24)?;
    ObjectId::parse_str(text).ok()
}

fn distinct(value: &Value, max: usize, parse: impl Fn(&Value) -> Option<Bson>) -> Option<Bson> {
    let items = value.as_array().filter(|items| items.len() <= max)?;
    let mut kept = Vec::with_capacity(items.len());
    for item in items {
        let parsed = parse(item)?;
        if !kept.contains(&parsed) {
            kept.push(parsed);
        }
    }
    Some(Bson::Array(kept))
}

/// Free JSON; names that the database would read as operators or paths are refused.
fn json_to_document(object: &serde_json::Map<String, Value>, depth: usize) -> Option<Document> {
    if depth > 8 {
        return None;
    }
    object
        .iter()
        .map(|(name, value)| {
            let sound = !name.is_empty() && !name.starts_with('$') && !name.contains(['.', '\0']);
            sound.then_some(())?;
            json_to_bson(value, depth).map(|value| (name.clone(), value))
        })
        .collect()
}

fn json_to_bson(value: &Value, depth: usize) -> Option<Bson> {
    Some(match value {
        Value::Null => Bson::Null,
        Value::Bool(flag) => Bson::Boolean(*flag),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Bson::Int64(whole),
            None => Bson::Double(number.as_f64()?),
        },
        Value::String(text) => Bson::String(text.clone()),
        Value::Array(items) => {
            Bson::Array(items.iter().map(|item| json_to_bson(item, depth + 1)).collect::<Option<_>>()?)
        }
        Value::Object(object) => Bson::Document(json_to_document(object, depth + 1)?),
    })
}
