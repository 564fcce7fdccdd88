//! Paths and bodies for every operation of the registry. What it cannot feed fails the test instead of being skipped.

use super::{Place, info};
use bson::oid::ObjectId;
use serde_json::{Map, Value, json};
use stoa::schema::{Access, FieldSpec};
use stoa::web::{AnswerDoc, BodyDoc, Operation};

/// The parameters of a path: name and the resource whose id it holds.
pub type Params = Vec<(String, &'static str)>;

/// Path segments whose records have another name than the segment, and named parameters.
const NAMED: &[(&str, &str)] = &[
    ("messages", "ticket_messages"),
    ("events", "ticket_events"),
    ("followers", "users"),
    ("message_id", "ticket_messages"),
    ("user_id", "users"),
    ("message_ids", "ticket_messages"),
    ("deliveries", "webhook_deliveries"),
];

/// Parameters that are no ids: name and a value that exists.
const PLAIN: &[(&str, &str)] = &[("file", "swagger-ui.css"), ("part", "0"), ("token", "unknown")];

/// A body that the declarations alone do not give: operation and members, put over those derived.
pub struct Recipe {
    pub operation: &'static str,
    pub members: fn(&Place) -> Value,
}

/// Operations whose fields depend on one another. `null` takes a member out.
const RECIPES: &[Recipe] = &[
    Recipe { operation: "users_set_role", members: |_| json!({ "role": "content_writer" }) },
    Recipe {
        operation: "tickets_status",
        members: |place| json!({ "status": "open", "comment": format!("{} comment", place.mark), "wake_at": null, "reason": null }),
    },
    Recipe {
        operation: "tickets_bulk",
        members: |place| {
            json!({
                "action": "add_tags", "tag_ids": [place.id("tags").to_hex()], "status": null, "comment": null,
                "wake_at": null, "reason": null,
            })
        },
    },
    Recipe {
        operation: "tickets_create",
        members: |place| json!({ "assignee_id": place.tenant.admin.id.to_hex(), "attachment_ids": null }),
    },
    // Files must be sent before they are attached.
    Recipe { operation: "ticket_messages_create", members: |_| json!({ "attachment_ids": null }) },
    Recipe {
        operation: "tickets_assign",
        members: |place| json!({ "assignee_id": place.tenant.admin.id.to_hex() }),
    },
    Recipe {
        operation: "tickets_merge",
        members: |place| json!({ "source_ids": [place.id("spare_tickets").to_hex()], "expose": false }),
    },
    Recipe {
        operation: "tickets_split",
        members: |place| json!({ "message_ids": [place.id("ticket_messages").to_hex()] }),
    },
];

/// The parameters of an operation's path.
pub fn params_of(operation: &Operation) -> Params {
    let mut previous = "";
    let mut params = Params::new();
    for segment in operation.path.split('/') {
        let name = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        if let Some(name) = name.filter(|name| !PLAIN.iter().any(|(plain, _)| plain == name)) {
            let by =
                |wanted: &str| NAMED.iter().find(|(name, _)| *name == wanted).map(|(_, resource)| *resource);
            let resource = by(name).or_else(|| by(previous)).unwrap_or_else(|| info(previous).resource);
            params.push((name.to_owned(), resource));
        }
        previous = segment;
    }
    params
}

/// The path with its parameters filled in.
pub fn with_params(operation: &Operation, values: &[String]) -> String {
    let mut values = values.iter();
    let plain = |name: &str| PLAIN.iter().find(|(plain, _)| *plain == name.trim_end_matches('}'));
    let segments = operation.path.split('/').map(|segment| match segment.strip_prefix('{') {
        Some(name) if plain(name).is_some() => plain(name).expect("it was found").1,
        Some(_) => values.next().unwrap_or_else(|| panic!("{}: too few values", operation.path)).as_str(),
        None => segment,
    });
    segments.collect::<Vec<_>>().join("/")
}

/// The resource of the records that a list answers with.
pub fn resource_of_answer(operation: &Operation) -> Option<&'static str> {
    match operation.doc.answer {
        AnswerDoc::List => Some(operation.resource),
        AnswerDoc::ListOf(resource) => Some(resource),
        _ => None,
    }
}

/// The declared fields of a body, and whether they are those of a new record.
fn fields_of(operation: &Operation) -> (&'static [FieldSpec], bool) {
    match operation.doc.body {
        BodyDoc::None | BodyDoc::BulkIds | BodyDoc::Form | BodyDoc::Bytes => (&[], false),
        BodyDoc::New => (info(operation.resource).fields, true),
        BodyDoc::Changes | BodyDoc::BulkChanges => (info(operation.resource).fields, false),
        BodyDoc::Fields(fields) | BodyDoc::FormOrFields(fields) => (fields, true),
    }
}

/// A body with every field that `wanted` accepts, for the records `ids` when it is a bulk call.
pub fn body_of(
    operation: &Operation,
    place: &Place,
    n: u64,
    ids: &[ObjectId],
    wanted: impl Fn(&str) -> bool,
) -> Option<Value> {
    let (fields, new) = fields_of(operation);
    let settable = |spec: &FieldSpec| spec.is_writable(new) && wanted(spec.name);
    let mut members = place.members(operation.resource, fields, n, settable);
    let ids: Vec<String> = ids.iter().map(|id| id.to_hex()).collect();
    for recipe in RECIPES.iter().filter(|recipe| recipe.operation == operation.id) {
        for (name, value) in (recipe.members)(place).as_object().expect("a recipe is an object") {
            match value {
                Value::Null => drop(members.remove(name)),
                value => drop(members.insert(name.clone(), value.clone())),
            }
        }
    }
    match operation.doc.body {
        BodyDoc::None | BodyDoc::Form | BodyDoc::Bytes => None,
        BodyDoc::BulkIds => Some(json!({ "ids": ids })),
        BodyDoc::BulkChanges => {
            // What is unique cannot be the same in many records.
            let unique = unique_fields(operation.resource);
            members.retain(|name, _| !unique.contains(&name.as_str()));
            Some(json!({ "ids": ids, "data": members }))
        }
        BodyDoc::Fields(_) | BodyDoc::FormOrFields(_) if !ids.is_empty() => {
            for spec in fields.iter().filter(|spec| is_targets(spec, operation)) {
                members.insert(spec.name.to_owned(), json!(ids));
            }
            Some(Value::Object(members))
        }
        _ => Some(Value::Object(members)),
    }
}

/// Whether a field lists the records that a call is about.
fn is_targets(spec: &FieldSpec, operation: &Operation) -> bool {
    spec.name == "ids" && spec.kind.is_list() && !operation.path.contains('{')
}

/// Whether the body names the records that the call is about.
pub fn is_bulk(operation: &Operation) -> bool {
    match operation.doc.body {
        BodyDoc::BulkIds | BodyDoc::BulkChanges => true,
        BodyDoc::Fields(fields) | BodyDoc::FormOrFields(fields) => {
            fields.iter().any(|spec| is_targets(spec, operation))
        }
        _ => false,
    }
}

/// Fields of which no two records of a company hold the same value.
pub fn unique_fields(resource: &str) -> Vec<&'static str> {
    // What is unique on the platform no two companies share either.
    let unique = info(resource).indexes.iter().filter(|index| index.unique && !index.global);
    unique.flat_map(|index| index.keys.iter().map(|(name, _)| name.trim_end_matches("_fold"))).collect()
}

/// Where a body names records: members on the way, resource, and whether it is a list.
pub fn references_of(operation: &Operation) -> Vec<(Vec<&'static str>, &'static str, bool)> {
    let (fields, new) = fields_of(operation);
    let above: &[&str] = if matches!(operation.doc.body, BodyDoc::BulkChanges) { &["data"] } else { &[] };
    fields
        .iter()
        .filter(|spec| spec.is_writable(new) && spec.access != Access::Hidden && !is_targets(spec, operation))
        .filter_map(|spec| {
            let path = above.iter().copied().chain([spec.name]).collect();
            let named = || NAMED.iter().find(|(name, _)| *name == spec.name).map(|(_, resource)| *resource);
            Some((path, spec.kind.reference().or_else(named)?, spec.kind.is_list()))
        })
        .collect()
}

/// Puts an id at a place of a body.
pub fn put(body: &mut Value, path: &[&str], list: bool, id: &str) {
    let value = if list { json!([id]) } else { json!(id) };
    let (last, above) = path.split_last().expect("a path has a last member");
    let parent = above.iter().fold(body, |at, name| &mut at[*name]);
    match parent {
        Value::Object(members) => drop(members.insert((*last).to_owned(), value)),
        other => *other = Value::Object(Map::from_iter([((*last).to_owned(), value)])),
    }
}
