//! Every operation by every role: refused without a look at tenant data, or allowed on its rows and only there.

use crate::world::{
    Journal, Place, Principal, Shot, World, body_of, covered, fields_for, info, is_bulk, own_ids, params_of,
    record, rows_of, settable, with_params,
};
use bson::oid::ObjectId;
use http::Method;
use serde_json::{Value, json};
use stoa::permissions::{Guard, Reach, Role, Row};
use stoa::web::{AnswerDoc, Operation};

/// Operations about what some role rightly does not have: operation, role, reason.
const LACKING: &[(&str, &str, &str)] = &[
    ("notification_preferences_show", "superadmin", "an operator has no record of its own in the company"),
    ("email_preferences_show", "superadmin", "an operator has no record of its own in the company"),
    ("email_preferences_replace", "superadmin", "an operator has no record of its own in the company"),
    ("notification_preferences_replace", "superadmin", "an operator has no record of its own in the company"),
];

/// What a role's own request says where the table leaves it less than others: operation, role, members put over those that
/// others send; `null` takes one out. People of the fixture belong to no department.
const OWN_WORDS: &[(&str, &str, Words)] = &[
    ("tickets_create", "content_writer", |_| json!({ "assignee_id": null, "department_id": null })),
    ("tickets_assign", "content_writer", |me| json!({ "assignee_id": me, "department_id": null })),
    ("tickets_status", "client", |_| json!({ "status": "solved" })),
    ("tickets_follow", "client", |me| json!({ "user_id": me })),
];

type Words = fn(&str) -> Value;

/// One principal for each role; the superadmin acts inside the company.
pub async fn roles(world: &World, place: &Place) -> Vec<Principal> {
    let (tenant, home) = (&place.tenant, Some(place.tenant.id));
    let root = world.app.superadmin().await;
    let mut roles = vec![Principal::acting(world, "superadmin", &root, tenant.id).await];
    for person in tenant.everyone() {
        roles.push(Principal::of(world, person.role.as_str(), person, home).await);
    }
    roles
}

/// A request of the operation about certain records.
pub(super) async fn shot(
    world: &World,
    place: &Place,
    operation: &Operation,
    principal: &Principal,
    ids: &[String],
) -> Shot {
    let mut bulk = Vec::new();
    if is_bulk(operation) {
        let rows = covered(operation, operation.resource, principal, true);
        let set = fields_for(world, place, operation.resource, &rows, &[]).unwrap_or_default();
        bulk.push(record(world, place, operation, principal, operation.resource, None, set, true).await);
    }
    let mut body = body_of(operation, place, world.number(), &bulk, settable(operation, principal));
    let own = OWN_WORDS.iter().find(|(id, role, _)| *id == operation.id && *role == principal.name);
    if let (Some((_, _, words)), Some(Value::Object(members))) = (own, &mut body) {
        let me = principal.person.as_ref().map(|person| person.id.to_hex()).unwrap_or_default();
        members.extend(words(&me).as_object().expect("an object").clone());
        members.retain(|_, value| !value.is_null());
    }
    let shot = Shot::new(&operation.method, with_params(operation, ids), body);
    if operation.method == Method::GET { shot } else { shot.with("if-match", "*") }
}

#[tokio::test]
async fn each_role_does_what_the_table_says() {
    let world = World::start().await;
    let place = world.place("a", 1).await;
    let journal = Journal::new("roles", "");
    let roles = roles(&world, &place).await;
    let root = world.app.superadmin().await;
    let outside = Principal::of(&world, "superadmin_outside", &root, None).await;
    for operation in world.app.app.operations() {
        let Guard::Permission(row) = operation.guard else { continue };
        for principal in &roles {
            // An operator would end the company in which it acts: companies are its business from outside.
            let operator = principal.role == Some(Role::Superadmin) && row.resource == "companies";
            let principal = if operator { &outside } else { principal };
            match row.reach_of(principal.role.unwrap()) {
                Reach::None => deny(&world, &place, operation, row, principal, &journal).await,
                _ if matches!(operation.doc.answer, AnswerDoc::Events) => {}
                _ => {
                    allow(&world, &place, operation, principal, &journal).await;
                    confine(&world, &place, operation, row, principal, &journal).await;
                }
            }
        }
    }
    world.app.finish().await;
    journal.finish();
}

/// 403 that names the permission, before any command on tenant data.
async fn deny(
    world: &World,
    place: &Place,
    operation: &Operation,
    row: &Row,
    principal: &Principal,
    journal: &Journal,
) {
    let ids: Vec<String> = params_of(operation).iter().map(|(_, of)| place.id(of).to_hex()).collect();
    let shot = shot(world, place, operation, principal, &ids).await;
    let tripwire = world.app.app.db().tripwire();
    let before = tripwire.seen();
    let answer = shot.fire(principal.ask()).await;
    let commands = tripwire.seen() - before;
    journal.cell("denied");
    // An operator comes into the company by one look at it.
    let most = if principal.role == Some(Role::Superadmin) { 1 } else { 0 };
    let told = answer.json();
    if answer.status != 403 || told["missing_capability"] != row.name || commands > most {
        let name = principal.name;
        journal
            .fail(format!("{} as {name}: {} after {commands} commands: {told}", operation.id, answer.status));
    }
}

/// Anything but 401, 403 and 404 on a record inside the rows.
pub(super) async fn allow(
    world: &World,
    place: &Place,
    operation: &Operation,
    principal: &Principal,
    journal: &Journal,
) {
    let ids = own_ids(world, place, operation, principal).await;
    let shot = shot(world, place, operation, principal, &ids).await;
    let answer = shot.fire(principal.ask()).await;
    journal.cell("allowed");
    let lacks = LACKING.iter().any(|(id, role, _)| *id == operation.id && *role == principal.name);
    let refused = matches!(answer.status.as_u16(), 401 | 403 | 404 | 405);
    if (if lacks { answer.status != 404 } else { refused }) || answer.status.is_server_error() {
        journal.fail(format!(
            "{} as {}: {shot:?}: {} {}",
            operation.id,
            principal.name,
            answer.status,
            answer.text()
        ));
    }
}

/// A record outside of the rows: 404 when the role cannot see it, 403 when it can.
async fn confine(
    world: &World,
    place: &Place,
    operation: &Operation,
    row: &Row,
    principal: &Principal,
    journal: &Journal,
) {
    let params = params_of(operation);
    let Some((_, resource)) = params.last() else { return };
    let Some(read) = info(resource).read else { return };
    let seen = rows_of(read, principal);
    let acted = (row.resource == *resource).then(|| rows_of(row, principal));
    // Not to be seen at all; and to be seen, but not to be acted upon.
    let mut cases = vec![(404, vec![], vec![seen.clone()])];
    cases.extend(acted.map(|acted| (403, vec![seen], vec![acted])));
    for (status, wanted, unwanted) in cases {
        let Some(set) = fields_for(world, place, resource, &wanted, &unwanted) else { continue };
        let mut ids = own_ids(world, place, operation, principal).await;
        let above =
            params.len().checked_sub(2).map(|at| (params[at].1, ObjectId::parse_str(&ids[at]).unwrap()));
        let last = record(world, place, operation, principal, resource, above, set, true).await;
        *ids.last_mut().unwrap() = last.to_hex();
        let shot = shot(world, place, operation, principal, &ids).await;
        let answer = shot.fire(principal.ask()).await;
        journal.cell(if status == 404 { "invisible" } else { "visible but not covered" });
        let told = answer.json();
        let named = status == 404 || told["missing_capability"].is_string();
        if answer.status != status || !named {
            let name = principal.name;
            journal.fail(format!("{} as {name} instead of {status}: {shot:?}: {told}", operation.id));
        }
    }
}
