//! The shared schemas of the document; only what an operation refers to is put in.

use crate::models::{ALL, ModelInfo};
use serde_json::{Map, Value, json};

/// Schemas by name, in the making.
#[derive(Default)]
pub struct Components {
    schemas: Map<String, Value>,
}

impl Components {
    /// A reference to the schema `name`, which `make` makes when it is not there yet.
    pub fn schema(&mut self, name: &str, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.schemas.contains_key(name) {
            // Keeps the place, so that a schema that refers to itself ends.
            self.schemas.insert(name.to_owned(), Value::Null);
            let schema = make(self);
            self.schemas.insert(name.to_owned(), schema);
        }
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }

    /// All schemas.
    pub fn into_schemas(self) -> Map<String, Value> {
        self.schemas
    }
}

/// The model of a resource; none for resources that are no records, such as log-in.
pub fn model(resource: &str) -> Option<&'static ModelInfo> {
    ALL.iter().find(|info| info.resource == resource)
}

/// What cannot be told more closely: any JSON object.
pub fn any_object() -> Value {
    json!({ "type": "object", "additionalProperties": true })
}
