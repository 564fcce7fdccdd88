//! A valid value for every field, made from its declaration; a kind that it cannot feed fails the test.

use bson::{Bson, oid::ObjectId};
use serde_json::{Map, Value, json};
use stoa::errors::FieldErrors;
use stoa::schema::{Default, FieldSpec, Kind, parse_value};

/// Whose values they are.
pub struct Voice<'a> {
    /// Begins every text, so that it can be recognised wherever it comes out.
    pub mark: &'a str,
    /// Tells apart what must be unique.
    pub n: u64,
    /// The record of a resource to which references point.
    pub refer: &'a dyn Fn(&str) -> Option<ObjectId>,
}

/// Fields whose declaration does not say all of their rules: resource, field, value.
const RULED: &[(&str, &str, fn() -> Value)] = &[
    ("users", "role", || json!("client")),
    ("categories", "required_for_solved", || json!(["category_id"])),
    ("saved_views", "filter", || json!({ "status": "open" })),
    ("saved_views", "sort", || json!("-created_at")),
    ("saved_views", "columns", || json!(["subject"])),
    ("users", "notification_preferences", || Value::Null),
    // People of the world have no second factor.
    ("companies", "mfa_required_roles", || json!([])),
    // Of a time at which the database would forget the record.
    ("account_tokens", "expires_at", || json!("2100-01-31T09:30:00.000Z")),
    ("uploads", "link", || Value::Null),
    ("uploads", "transfer", || Value::Null),
    ("uploads", "quarantine_reason", || Value::Null),
    // Clients may send pictures.
    ("uploads", "content_type", || json!("image/png")),
    ("uploads", "sha256", || json!("ab".repeat(32))),
    ("users", "email_preferences", || Value::Null),
    ("email_templates", "key", || json!("ticket_reply")),
    ("email_templates", "versions", || json!([])),
    ("mailboxes", "aliases", || json!([])),
    // A whole mail, whose first part is its text.
    ("inbound_chunks", "data", || json!("RnJvbTogYUBiLmV4YW1wbGUNClRvOiBjQGQuZXhhbXBsZQ0KDQpoaQ0K")),
    ("inbound_emails", "state", || json!("failed")),
    (
        "ticket_messages",
        "email_parts",
        || json!([{ "part": 0, "filename": "a.txt", "content_type": "text/plain", "size": 2, "content_id": null }]),
    ),
    ("ticket_messages", "redacted_at", || Value::Null),
    ("api_keys", "scopes", || json!(["tickets.read"])),
    ("api_keys", "allowed_ips", || json!([])),
    ("api_keys", "expires_at", in_a_month),
    ("api_keys", "revoked_at", || Value::Null),
    ("webhooks", "events", || json!(["ticket.created", "message.added"])),
    ("webhooks", "disabled_at", || Value::Null),
    ("teams_connections", "url", || json!("https://prod-1.westus.logic.azure.com/workflows/sample")),
    ("teams_connections", "events", || json!(["ticket.created"])),
    ("teams_connections", "priorities", || json!(["urgent"])),
    // Finished, so that it may be replayed; and not yet forgotten when the database looks.
    ("webhook_deliveries", "state", || json!("delivered")),
    ("webhook_deliveries", "finished_at", || json!("2100-01-31T09:30:00.000Z")),
    // Not yet gone when the database looks.
    ("jobs", "finished_at", || json!("2100-01-31T09:30:00.000Z")),
    ("jobs", "finished_at", || Value::Null),
    ("workers", "seen_at", || json!("2100-01-31T09:30:00.000Z")),
    ("ticket_presences", "seen_at", || json!("2100-01-31T09:30:00.000Z")),
];

fn in_a_month() -> Value {
    let time = time::OffsetDateTime::now_utc() + time::Duration::days(30);
    json!(time.format(&time::format_description::well_known::Rfc3339).expect("a time"))
}

/// Candidates for texts whose format is a function.
const FORMATTED: &[&str] =
    &["mail.example.com", "Europe/Berlin", "en", "#1a73e8", "ACME", "https://example.com/x"];

/// A value that the field accepts.
pub fn sample(resource: &str, spec: &FieldSpec, voice: &Voice<'_>) -> Value {
    if (resource, spec.name) == ("email_templates", "locale") {
        // A company has one text for each language.
        return json!(format!("en-t{}", voice.n));
    }
    if (resource, spec.name) == ("api_keys", "prefix") {
        // No two companies have the same one either.
        let own: String = voice
            .mark
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .chain(voice.n.to_string().chars())
            .collect();
        let own = own.get(own.len().saturating_sub(12)..).unwrap_or_default();
        return json!(format!("stoa_live_{own:0>12}"));
    }
    if let Some((_, _, value)) = RULED.iter().find(|(r, f, _)| *r == resource && *f == spec.name) {
        return value();
    }
    let text = |min: usize, max: usize| {
        let whole = format!("{} {} {}", voice.mark, spec.name, voice.n);
        let cut: String = whole.chars().take(max).collect();
        format!("{cut:x<min$}").trim().to_owned()
    };
    match spec.kind {
        Kind::Text { min, max, .. } => json!(text(min, max)),
        Kind::Email => json!(format!("{}-{}@{}.example", spec.name, voice.n, voice.mark)),
        Kind::Format(accepts, name) => {
            let slug = format!("{}-{}", voice.mark, voice.n);
            let slug: String = slug.chars().take(40).collect();
            let fits =
                [slug.as_str()].into_iter().chain(FORMATTED.iter().copied()).find(|text| accepts(text));
            json!(fits.unwrap_or_else(|| panic!("no sample of {name}: add one to FORMATTED")))
        }
        Kind::Enum(names) => match spec.default {
            Default::Text(name) => json!(name),
            _ => json!(names[0]),
        },
        Kind::Bool => json!(spec.default == Default::Bool(true)),
        Kind::Int { min, max } => match spec.default {
            Default::Int(value) => json!(value),
            _ => json!((900_000 + i64::try_from(voice.n).unwrap()).clamp(min, max)),
        },
        Kind::Time => json!("2026-01-31T09:30:00.000Z"),
        Kind::Id { of: "" } => json!(ObjectId::new().to_hex()),
        Kind::Id { of } => (voice.refer)(of).map_or(Value::Null, |id| json!(id.to_hex())),
        Kind::Ids { of: "", .. } => json!([]),
        Kind::Ids { of, .. } => {
            json!((voice.refer)(of).map(|id| id.to_hex()).into_iter().collect::<Vec<_>>())
        }
        Kind::Texts { max_len, .. } => json!([text(1, max_len)]),
        Kind::Objects { fields, .. } => {
            let one = fields.iter().map(|f| (f.name.to_owned(), sample(resource, f, voice))).collect();
            json!([Value::Object(one)])
        }
        Kind::Object(fields) => {
            Value::Object(fields.iter().map(|f| (f.name.to_owned(), sample(resource, f, voice))).collect())
        }
        Kind::Json { .. } => {
            let mut object = Map::new();
            object.insert("note".to_owned(), json!(text(0, 200)));
            Value::Object(object)
        }
    }
}

/// The same as the database stores it.
pub fn stored(resource: &str, spec: &FieldSpec, voice: &Voice<'_>) -> Bson {
    let value = sample(resource, spec, voice);
    if value.is_null() {
        return Bson::Null;
    }
    let mut errors = FieldErrors::default();
    let parsed = parse_value(spec, spec.name, &value, &mut errors);
    parsed.unwrap_or_else(|| panic!("{resource}.{} refuses its sample {value}: {errors:?}", spec.name))
}
