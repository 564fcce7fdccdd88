//! Examples of bodies that work as pasted: values of every field that needs no other record.

use crate::schema::{Access, FieldSpec, Kind, bson_to_json};
use serde_json::{Map, Value, json};

/// An object with the required fields, and the optional ones that tell something.
pub fn example_of(fields: &[&FieldSpec]) -> Value {
    let told =
        |field: &&&FieldSpec| field.required || (field.access == Access::Writable && is_telling(field));
    let members: Map<String, Value> =
        fields.iter().filter(told).map(|field| (field.name.to_owned(), value(field))).collect();
    Value::Object(members)
}

/// Optional fields worth showing: texts and choices, nothing that names another record.
fn is_telling(field: &FieldSpec) -> bool {
    matches!(field.kind, Kind::Text { .. } | Kind::Enum(_) | Kind::Bool)
}

fn value(field: &FieldSpec) -> Value {
    match field.kind {
        Kind::Text { max, .. } => json!(text(field.name).chars().take(max).collect::<String>()),
        Kind::Email => json!("someone@example.com"),
        Kind::Format(..) => field.kind.json_schema()["examples"][0].clone(),
        Kind::Enum(names) => match bson_to_json(&field.initial()) {
            Value::Null => json!(names.last()),
            initial => initial,
        },
        Kind::Bool => bson_to_json(&field.initial()),
        Kind::Int { min, .. } => json!(min.max(1)),
        Kind::Time => json!("2026-01-31T09:30:00.000Z"),
        Kind::Id { .. } => json!("65a1b2c3d4e5f60718293a4b"),
        Kind::Ids { .. } if field.required => json!(["65a1b2c3d4e5f60718293a4b"]),
        Kind::Texts { .. } if field.required => json!(["1"]),
        Kind::Ids { .. } | Kind::Texts { .. } | Kind::Objects { .. } => json!([]),
        Kind::Object(fields) => example_of(&fields.iter().collect::<Vec<_>>()),
        Kind::Json { .. } => json!({}),
    }
}

/// A text that suits the name of the field.
fn text(name: &str) -> &'static str {
    match name {
        "name" => "Billing",
        "subject" => "Invoice shows the wrong amount",
        "title" => "Open invoices",
        "description" | "body" => "The total does not match what was agreed.",
        "sort" => "-created_at",
        "avatar_url" => "https://example.com/avatar.png",
        "phone" => "+49 30 1234567",
        "username" => "someone@example.com",
        "password" | "new_password" | "current_password" => "correct horse battery staple",
        _ => "example",
    }
}
