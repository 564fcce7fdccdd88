//! The schema as the models declare it: what the steps must arrive at.

use crate::db::{BY_ID, Index};
use bson::{Document, doc};
use std::fmt::Write;

/// Collections whose records may belong to the platform instead of a company.
const OF_PLATFORM_TOO: &[&str] = &["users", "audit_log", "jobs", "outbound_emails", "workers"];

/// A collection as the program expects it.
#[derive(Clone, Debug)]
pub struct Declared {
    /// Name.
    pub name: &'static str,
    /// Validator; none when every document is let in.
    pub validator: Option<Document>,
    /// Indexes as the command `createIndexes` takes them.
    pub indexes: Vec<Document>,
}

/// What all models declare.
pub fn declared() -> Vec<Declared> {
    let of = |model: &crate::models::ModelInfo| {
        // Every list can be sorted by id.
        let common = (model.scope_field == Some("company_id")).then_some(&BY_ID);
        Declared {
            name: model.collection,
            validator: model.scope_field.map(|field| validator(model.collection, field)),
            indexes: model.indexes.iter().chain(common).map(Index::specification).collect(),
        }
    };
    crate::models::ALL.iter().map(of).collect()
}

/// The second wall, in the database: a tenant record names its company, whoever writes it.
fn validator(collection: &str, scope_field: &str) -> Document {
    let mut required = vec!["version", "created_at"];
    let mut properties = doc! { "version": { "bsonType": "long" }, "created_at": { "bsonType": "date" } };
    if scope_field == "company_id" {
        required.insert(0, scope_field);
        let types =
            if OF_PLATFORM_TOO.contains(&collection) { vec!["objectId", "null"] } else { vec!["objectId"] };
        properties.insert(scope_field, doc! { "bsonType": types });
    }
    doc! { "$jsonSchema": { "bsonType": "object", "required": required, "properties": properties } }
}

/// The declared schema as the Rust text of a step, for whoever writes one: steps hold raw text, not models.
pub fn print_schema() -> String {
    let mut text = String::new();
    for collection in declared() {
        let schema =
            collection.validator.as_ref().and_then(|validator| validator.get_document("$jsonSchema").ok());
        let fields = schema.and_then(|schema| schema.get_document("properties").ok());
        let types = fields.and_then(|fields| fields.get_document("company_id").ok()?.get("bsonType"));
        // The functions of the first step, which hold the validators.
        let validator = match (fields, types) {
            (Some(_), Some(types)) => format!("Some(tenant(&{types}))"),
            (Some(_), None) => "Some(company())".to_owned(),
            (None, _) => "None".to_owned(),
        };
        // Writing into a text cannot fail.
        let _ = write!(text, "        Change::collection(\"{}\", {validator})", collection.name);
        if !collection.indexes.is_empty() {
            let _ = writeln!(text, ".with(vec![");
            for index in &collection.indexes {
                let _ = writeln!(text, "            doc! {index},");
            }
            let _ = write!(text, "        ])");
        }
        let _ = writeln!(text, ",");
    }
    text
}
