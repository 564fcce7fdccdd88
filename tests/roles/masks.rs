//! Field masks: nothing leaves that the mask does not show, and nothing is taken that it does not admit.

use super::cells::roles;
use crate::world::{
    Journal, Place, Principal, Shot, World, body_of, fields_for, info, own_ids, resource_of_answer, rows_of,
    settable, with_params,
};
use http::Method;
use serde_json::{Map, Value, json};
use stoa::permissions::{ALWAYS, Guard, Mask, Reach, Role, Row, TABLE, masks};
use stoa::schema::Kind;
use stoa::web::{AnswerDoc, BodyDoc, Operation};

/// Members that an answer has beside those of the record, told this time only: operation and member.
const TOLD_ONCE: &[(&str, &str)] =
    &[("webhooks_create", "secret"), ("api_keys_create", "key"), ("api_keys_rotate", "key")];

/// Keys of a record that the role may not see.
fn leaked(resource: &str, mask: Mask, record: &Value) -> Vec<String> {
    let shown = |name: &str| {
        let field = info(resource).fields.iter().find(|field| field.name == name);
        field.is_some_and(|field| field.is_shown()) && mask.shows(name)
    };
    let keys = record.as_object().into_iter().flat_map(Map::keys);
    keys.filter(|key| !shown(key)).cloned().collect()
}

/// The resource of the records in an answer.
fn told_of(operation: &Operation) -> Option<&'static str> {
    match operation.doc.answer {
        AnswerDoc::Record | AnswerDoc::Created => Some(operation.resource),
        AnswerDoc::RecordOf(resource) | AnswerDoc::CreatedOf(resource) => Some(resource),
        _ => resource_of_answer(operation),
    }
}

#[tokio::test]
async fn answers_hold_only_fields_that_the_role_may_see() {
    let world = World::start().await;
    let place = world.place("a", 1).await;
    let journal = Journal::new("read-masks", "");
    for principal in &roles(&world, &place).await {
        for operation in world.app.app.operations() {
            let (Guard::Permission(row), Some(resource)) = (operation.guard, told_of(operation)) else {
                continue;
            };
            // An operator would end the company in which it acts.
            let ends = row.resource == "companies" && principal.role == Some(Role::Superadmin);
            if row.reach_of(principal.role.unwrap()) == Reach::None || ends {
                continue;
            }
            let path = with_params(operation, &own_ids(&world, &place, operation, principal).await);
            let body = body_of(operation, &place, world.number(), &[], settable(operation, principal));
            let mut shot = Shot::new(&operation.method, path, body);
            if operation.method != Method::GET {
                shot = shot.with("if-match", "*");
            }
            let answer = shot.fire(principal.ask()).await;
            if !answer.status.is_success() {
                // Whether it may be refused is for the matrix of cells to say.
                continue;
            }
            let told = answer.json();
            let records = match &told["data"] {
                Value::Array(rows) => rows.clone(),
                _ => vec![told],
            };
            let mask = masks::read_mask(resource, principal.role.unwrap());
            journal.cell(if records.len() == 1 { "record" } else { "list" });
            for record in &records {
                let mut leaked = leaked(resource, mask, record);
                leaked.retain(|name| !TOLD_ONCE.contains(&(operation.id.as_str(), name.as_str())));
                if !leaked.is_empty() {
                    journal.fail(format!("{} as {} tells {leaked:?}", operation.id, principal.name));
                }
            }
        }
    }
    world.app.finish().await;
    journal.finish();
}

/// A value that differs from whatever is stored.
fn other(kind: Kind) -> Value {
    match kind {
        Kind::Bool => json!("neither"),
        Kind::Int { .. } => json!(123_456),
        Kind::Time => json!("1999-01-01T00:00:00.000Z"),
        Kind::Id { .. } => json!(bson::oid::ObjectId::new().to_hex()),
        Kind::Ids { .. } => json!([bson::oid::ObjectId::new().to_hex()]),
        _ => json!("something else"),
    }
}

/// Sends one field that may not be set; both 422 and the right code are wanted.
async fn intrude(
    world: &World,
    place: &Place,
    operation: &Operation,
    row: &Row,
    principal: &Principal,
    journal: &Journal,
) {
    let role = principal.role.unwrap();
    let creates = matches!(operation.doc.body, BodyDoc::New);
    let mask = masks::write_mask(row.name, role);
    let path = with_params(operation, &own_ids(world, place, operation, principal).await);
    let base = if creates {
        body_of(operation, place, world.number(), &[], settable(operation, principal))
            .unwrap_or_else(|| json!({}))
    } else {
        json!({})
    };
    // Sent back by clients with every record; they say nothing and are ignored.
    const CARRIED: &[&str] =
        &["version", "created_at", "created_by", "updated_at", "updated_by", "deleted_at"];
    for field in info(operation.resource).fields.iter().filter(|field| !CARRIED.contains(&field.name)) {
        if field.is_writable(creates) && mask.admits(field.name) {
            continue;
        }
        let mut body = base.clone();
        body[field.name] = other(field.kind);
        let shot = Shot::new(&operation.method, path.clone(), Some(body)).with("if-match", "*");
        let answer = shot.fire(principal.ask()).await;
        journal.cell("masked field written");
        let told = answer.json();
        let code = told["errors"][field.name]["code"].as_str().unwrap_or_default().to_owned();
        if answer.status != 422 || !["read_only_field", "unknown_field"].contains(&code.as_str()) {
            let name = principal.name;
            journal.fail(format!("{} as {name} sets {}: {} {told}", operation.id, field.name, answer.status));
        }
    }
}

#[tokio::test]
async fn fields_beyond_the_mask_are_refused() {
    let world = World::start().await;
    let place = world.place("a", 1).await;
    let journal = Journal::new("write-masks", "");
    let roles = roles(&world, &place).await;
    for operation in world.app.app.operations() {
        let Guard::Permission(row) = operation.guard else { continue };
        // PUT merges as PATCH does, by the same handler.
        if !matches!(operation.doc.body, BodyDoc::New | BodyDoc::Changes) || operation.method == Method::PUT {
            continue;
        }
        for principal in roles.iter().filter(|one| row.reach_of(one.role.unwrap()) != Reach::None) {
            let rows = [rows_of(row, principal)];
            if fields_for(&world, &place, row.resource, &rows, &[]).is_some() {
                intrude(&world, &place, operation, row, principal, &journal).await;
            }
        }
    }
    world.app.finish().await;
    journal.finish();
}

#[test]
fn masks_name_fields_that_exist() {
    let mut wrong = Vec::new();
    let mut check = |what: String, resource: &str, mask: Mask| {
        let (Mask::Only(names) | Mask::Except(names)) = mask else { return };
        let known = |name: &&&str| info(resource).fields.iter().any(|field| field.name == **name);
        wrong.extend(names.iter().filter(|name| !known(name)).map(|name| format!("{what}: {name}")));
    };
    for row in TABLE {
        for role in Role::ALL {
            check(format!("write {} {role}", row.name), row.resource, masks::write_mask(row.name, *role));
            check(
                format!("read {} {role}", row.resource),
                row.resource,
                masks::read_mask(row.resource, *role),
            );
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    for name in ALWAYS {
        assert!(info("tags").fields.iter().any(|field| field.name == *name), "{name}");
    }
}
