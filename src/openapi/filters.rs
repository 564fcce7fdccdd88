//! The schema of a list's filter: which fields and operators it takes, each with its type.

use super::components::Components;
use crate::models::ModelInfo;
use crate::schema::{FieldSpec, Kind};
use serde_json::{Map, Value, json};

/// Most characters of a text in a filter.
const MAX_TEXT: usize = 256;

/// The filter of a resource's lists.
pub fn filter(info: &'static ModelInfo, components: &mut Components) -> Value {
    let name = format!("{}Filter", info.name());
    components.schema(&name, |_| {
        let own = json!({ "$ref": format!("#/components/schemas/{name}") });
        let mut members = Map::new();
        for field in info.fields.iter().filter(|field| field.filter) {
            add(field, &mut members);
        }
        if info.has_words() {
            let doc = "Words to look for; only at the top level.";
            members.insert("q".into(), json!({ "type": "string", "minLength": 1, "maxLength": MAX_TEXT, "description": doc }));
        }
        members.insert("or".into(), json!({
            "type": "array", "items": own, "minItems": 1, "maxItems": 5, "description": "One of these must hold.",
        }));
        members.insert("not".into(), json!({ "allOf": [own], "description": "This must not hold." }));
        json!({
            "type": "object",
            "properties": members,
            "additionalProperties": false,
            "maxProperties": 50,
            "description": "Conditions that must all hold, as `field` or `field_operator`. At most 50, nested 3 deep.",
        })
    })
}

/// The members for one field: the bare name and one for each operator that makes sense.
fn add(field: &FieldSpec, members: &mut Map<String, Value>) {
    let one = value(field);
    let many = json!({ "type": "array", "items": one, "maxItems": 200 });
    // One value counts as a list of it.
    let some = json!({ "anyOf": [one, many] });
    let mut put = |operator: &str, schema: &Value, doc: &str| {
        let mut schema = schema.clone();
        schema["description"] = json!(doc);
        members.insert(format!("{}{operator}", field.name), schema);
    };
    let doc = field.doc.trim();
    put("", &some, &format!("{doc} Equal; a list means one of it."));
    put("_neq", &some, "Not equal; a list means none of it.");
    put("_in", &some, "One of.");
    put("_nin", &some, "None of.");
    put("_isnull", &json!({ "type": "boolean" }), "Is empty, or is not.");
    if field.kind.is_list() {
        put("_inc_any", &some, "Contains one of.");
        put("_inc_all", &some, "Contains all of.");
    }
    if field.fold {
        let text = json!({ "type": "string", "maxLength": MAX_TEXT });
        put("_prefix", &text, "Begins with, upper and lower case alike.");
    }
    if matches!(field.kind, Kind::Int { .. } | Kind::Time) {
        let mut bound = one.clone();
        bound["type"] = one["type"][0].clone();
        for (operator, doc) in [("_gt", "After."), ("_gte", "From."), ("_lt", "Before."), ("_lte", "Up to.")]
        {
            put(operator, &bound, doc);
        }
    }
}

/// A value to compare with. Rules for new values do not bind it, and `null` finds what is empty.
fn value(field: &FieldSpec) -> Value {
    let mut schema = match field.kind {
        Kind::Text { .. } | Kind::Texts { .. } | Kind::Email | Kind::Format(..) => {
            json!({ "type": "string", "maxLength": MAX_TEXT, "pattern": r"^[^\x00-\x1f\x7f-\x9f]*$" })
        }
        Kind::Ids { of, .. } => Kind::Id { of }.json_schema(),
        kind => kind.json_schema(),
    };
    if field.kind.reference() == Some("users") {
        return json!({ "anyOf": [schema, { "const": "me" }, { "type": "null" }] });
    }
    if let Some(names) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        names.push(Value::Null);
    }
    schema["type"] = json!([schema["type"], "null"]);
    schema
}
