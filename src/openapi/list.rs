//! Lists: their query parameters in the canonical form, and the envelope of their answers.

use super::components::{Components, any_object, model};
use super::{filters, records};
use crate::engine::{DEFAULT_PER_PAGE, MAX_BULK, MAX_PER_PAGE};
use crate::models::ModelInfo;
use serde_json::{Value, json};

/// The query parameters of a list of `resource`.
pub fn parameters(resource: &str, components: &mut Components) -> Vec<Value> {
    let Some(info) = model(resource) else { return Vec::new() };
    let mut all = vec![
        query(
            "page",
            "Page, from 1. Not together with `after`.",
            json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX, "default": 1 }),
        ),
        query(
            "per_page",
            "Most records of a page.",
            json!({ "type": "integer", "minimum": 1, "maximum": MAX_PER_PAGE, "default": DEFAULT_PER_PAGE }),
        ),
        query(
            "sort",
            "Order: a field, with `-` before it for descending.",
            json!({ "type": "string", "enum": orders(info), "default": info.default_sort }),
        ),
        json!({
            "name": "filter", "in": "query",
            "description": "Conditions as a JSON object, percent-encoded.",
            "content": { "application/json": { "schema": filters::filter(info, components) } },
        }),
        separated(
            "ids",
            "Records with these ids; what is not found is left out.",
            json!({ "type": "array", "maxItems": 200, "items": { "type": "string", "pattern": r"^[^,\x00]+$" } }),
        ),
        separated(
            "fields",
            "Fields wanted; `id` always comes along.",
            json!({ "type": "array", "items": { "type": "string", "enum": readable(info) } }),
        ),
        query("after", "`pageInfo.nextCursor` of the page before.", json!({ "type": "string" })),
        query(
            "total",
            "How much work the total may cost: `auto` counts exactly where that is cheap.",
            json!({ "type": "string", "enum": ["auto", "exact", "none"], "default": "auto" }),
        ),
    ];
    if info.fields.iter().any(|field| field.name == "deleted_at") {
        let schema = json!({ "type": "boolean", "default": false });
        all.push(query("trash", "The trash instead, for those who may restore.", schema));
    }
    if info.has_words() {
        all.push(query("q", "Words to look for.", json!({ "type": "string", "maxLength": 256 })));
    }
    all
}

/// The envelope around the records of a list.
pub fn envelope(resource: &str, components: &mut Components) -> Value {
    let name = model(resource).map_or("Objects", ModelInfo::name);
    components.schema(&format!("{name}List"), |components| {
        let record = match model(resource) {
            Some(_) => records::record(resource, components),
            None => any_object(),
        };
        let info = components.schema("PageInfo", |_| page_info());
        let meta = components.schema("ListMeta", |_| list_meta());
        json!({
            "type": "object",
            "required": ["data", "pageInfo", "meta"],
            "properties": {
                "data": { "type": "array", "items": record, "description": "The page. With `fields`, records hold those only." },
                "total": { "type": "integer", "minimum": 0, "description": "All records of the list, when known exactly." },
                "pageInfo": info,
                "meta": meta,
            },
        })
    })
}

/// The answer of a bulk call.
pub fn bulk_result(components: &mut Components) -> Value {
    components.schema("BulkResult", |_| {
        json!({
            "type": "object",
            "required": ["data", "errors"],
            "properties": {
                "data": { "type": "array", "items": { "type": "string" }, "maxItems": MAX_BULK, "description": "Ids of the records that were changed." },
                "errors": {
                    "type": "array",
                    "description": "What was refused; empty when all went well.",
                    "items": {
                        "type": "object",
                        "required": ["id", "status", "code", "message"],
                        "properties": {
                            "id": { "type": "string" },
                            "status": { "type": "integer" },
                            "code": { "type": "string" },
                            "message": { "type": "string" },
                        },
                    },
                },
            },
        })
    })
}

fn page_info() -> Value {
    json!({
        "type": "object",
        "required": ["hasNextPage", "hasPreviousPage", "nextCursor"],
        "properties": {
            "hasNextPage": { "type": "boolean" },
            "hasPreviousPage": { "type": "boolean" },
            "nextCursor": { "type": ["string", "null"], "description": "Send it as `after` for the next page." },
        },
    })
}

fn list_meta() -> Value {
    json!({
        "type": "object",
        "required": ["total_exact"],
        "properties": {
            "total_exact": { "type": "boolean", "description": "Whether `total` is there." },
            "total_min": { "type": "integer", "description": "There are that many records or more." },
        },
    })
}

/// An optional query parameter.
pub fn query(name: &str, doc: &str, schema: Value) -> Value {
    json!({ "name": name, "in": "query", "description": doc, "schema": schema })
}

fn separated(name: &str, doc: &str, schema: Value) -> Value {
    let mut parameter = query(name, &format!("{doc} Separated by commas."), schema);
    parameter["style"] = json!("form");
    parameter["explode"] = json!(false);
    parameter
}

fn orders(info: &ModelInfo) -> Vec<String> {
    let sortable = info.fields.iter().filter(|field| field.sort);
    sortable.flat_map(|field| [field.name.to_owned(), format!("-{}", field.name)]).collect()
}

fn readable(info: &ModelInfo) -> Vec<&'static str> {
    info.fields.iter().filter(|field| field.is_shown()).map(|field| field.name).collect()
}
