//! The JSON Schema (draft 2020-12, as OpenAPI 3.1 uses it) of fields.

use super::{Access, Default, FieldSpec, Kind, bson_to_json};
use serde_json::{Map, Value, json};

/// The formats of [`Kind::Format`] as regular expressions, with a value of each.
const PATTERNS: &[(&str, &str, &str)] = &[
    ("a colour such as #1a73e8", r"^#[0-9a-fA-F]{6}$", "#1a73e8"),
    ("a language tag such as en or pt-BR", r"^[a-z]{2,3}(-[0-9A-Za-z]{2,8})*$", "pt-BR"),
    ("an IANA time zone such as Europe/Berlin", r"^[A-Z][0-9A-Za-z/_+-]{0,63}$", "Europe/Berlin"),
    (
        "2 to 40 lower-case letters, digits and hyphens, beginning with a letter",
        r"^[a-z][0-9a-z-]{1,39}$",
        "acme",
    ),
    (
        "an address such as https://example.com/hooks",
        r"^https?://[^\s\\/\x00-\x1f\x7f-\x9f][^\s\\\x00-\x1f\x7f-\x9f]*$",
        "https://example.com/hooks",
    ),
    ("1 to 10 upper-case letters and digits, beginning with a letter", r"^[A-Z][0-9A-Z]{0,9}$", "ACME"),
    (
        "a media type such as image/png",
        r"^[0-9A-Za-z][0-9A-Za-z!#$&^_.+-]{0,62}/[0-9A-Za-z][0-9A-Za-z!#$&^_.+-]{0,62}$",
        "image/png",
    ),
    (
        "a host name or an address such as mail.example.com",
        concat!(
            r"^([0-9A-Za-z_]([0-9A-Za-z_-]{0,61}[0-9A-Za-z_])?(\.[0-9A-Za-z_]([0-9A-Za-z_-]{0,61}[0-9A-Za-z_])?)*",
            r"|([0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}|([0-9A-Fa-f]{1,4}:){1,7}:|([0-9A-Fa-f]{1,4}:){1,6}:[0-9A-Fa-f]{1,4}|::1)$"
        ),
        "mail.example.com",
    ),
    ("1 to 63 letters, digits and hyphens", r"^[0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?$", "mail2026"),
    (
        "64 hex digits in lower case",
        r"^[0-9a-f]{64}$",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ),
];

/// One line: no control characters, and something besides blanks when it may not be empty.
fn line_pattern(min: usize) -> &'static str {
    match min {
        0 => r"^[^\x00-\x1f\x7f-\x9f]*$",
        _ => r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$",
    }
}

/// Several lines: as one, with line breaks and tabs.
fn prose_pattern(min: usize) -> &'static str {
    match min {
        0 => r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$",
        _ => concat!(
            r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f]",
            r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
        ),
    }
}

impl Kind {
    /// Schema of a value of this kind.
    pub fn json_schema(&self) -> Value {
        match self {
            Self::Text { min, max, lines } => {
                let pattern = if *lines { prose_pattern(*min) } else { line_pattern(*min) };
                json!({ "type": "string", "minLength": min, "maxLength": max, "pattern": pattern })
            }
            Self::Email => json!({ "type": "string", "format": "email", "maxLength": 254 }),
            Self::Format(_, name) => match PATTERNS.iter().find(|(format, ..)| format == name) {
                Some((_, pattern, example)) => {
                    json!({ "type": "string", "pattern": pattern, "examples": [example] })
                }
                None => json!({ "type": "string", "description": format!("Must be {name}.") }),
            },
            Self::Enum(names) => json!({ "type": "string", "enum": names }),
            Self::Bool => json!({ "type": "boolean" }),
            Self::Int { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
            Self::Time => json!({ "type": "string", "format": "date-time" }),
            Self::Id { .. } => id_schema(),
            Self::Ids { max, .. } => json!({ "type": "array", "items": id_schema(), "maxItems": max }),
            Self::Texts { max, max_len } => json!({
                "type": "array", "maxItems": max,
                "items": { "type": "string", "minLength": 1, "maxLength": max_len, "pattern": line_pattern(1) },
            }),
            Self::Object(fields) => object_schema(fields, |_| true),
            Self::Json { .. } => json!({
                "type": "object", "additionalProperties": true,
                "propertyNames": { "pattern": r"^[^$.\x00][^.\x00]*$" },
            }),
            Self::Objects { fields, max } => {
                json!({ "type": "array", "items": object_schema(fields, |_| true), "maxItems": max })
            }
        }
    }
}

impl FieldSpec {
    /// Schema of the field with its sentence; read-only fields say so.
    pub fn json_schema(&self) -> Value {
        let mut schema = match (self.access, self.kind) {
            // What the server sets may be any JSON.
            (Access::ReadOnly, Kind::Json { .. }) => json!({}),
            (_, kind) => kind.json_schema(),
        };
        if self.nullable && schema.get("type").is_some() {
            match &mut schema["enum"] {
                Value::Array(names) => names.push(Value::Null),
                _ => schema = without_null_enum(schema),
            }
            let kind = schema["type"].take();
            schema["type"] = json!([kind, "null"]);
        }
        if self.required && self.kind.is_list() {
            schema["minItems"] = json!(1);
        }
        if !self.choices.is_empty() {
            schema["items"] = json!({ "type": "string", "enum": self.choices });
        }
        if !self.doc.trim().is_empty() {
            schema["description"] = json!(self.doc.trim());
        }
        if self.access == Access::ReadOnly {
            schema["readOnly"] = json!(true);
        }
        if self.access == Access::WriteOnly {
            schema["writeOnly"] = json!(true);
        }
        if self.default != Default::Empty {
            schema["default"] = bson_to_json(&self.initial());
        }
        schema
    }
}

/// Schema of an object with the fields that `wanted` accepts.
pub fn object_schema(fields: &[FieldSpec], wanted: impl Fn(&FieldSpec) -> bool) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields.iter().filter(|field| wanted(field)) {
        properties.insert(field.name.to_owned(), field.json_schema());
        if field.required {
            required.push(field.name);
        }
    }
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

fn id_schema() -> Value {
    json!({ "type": "string", "pattern": "^[0-9a-fA-F]{24}$" })
}

/// Indexing a missing member of a JSON object inserts `null`; this takes it out again.
fn without_null_enum(mut schema: Value) -> Value {
    if let Some(object) = schema.as_object_mut()
        && object.get("enum").is_some_and(Value::is_null)
    {
        object.remove("enum");
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::{Kind, PATTERNS};
    use crate::models::ALL;
    use crate::schema::FieldSpec;

    type Format = (fn(&str) -> bool, &'static str);

    fn formats(fields: &'static [FieldSpec], found: &mut Vec<Format>) {
        for field in fields {
            match field.kind {
                Kind::Format(accepts, name) => found.push((accepts, name)),
                Kind::Object(inner) => formats(inner, found),
                _ => {}
            }
        }
    }

    #[test]
    fn every_format_has_a_pattern_and_accepts_its_example() {
        let mut found = Vec::new();
        for model in ALL {
            formats(model.fields, &mut found);
        }
        assert!(!found.is_empty());
        for (accepts, name) in found {
            let (_, _, example) = PATTERNS
                .iter()
                .find(|(format, ..)| *format == name)
                .unwrap_or_else(|| panic!("{name} has no pattern for the API documentation"));
            assert!(accepts(example), "{example} is not {name}");
        }
    }
}
