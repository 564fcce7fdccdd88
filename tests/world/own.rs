//! What a principal may rightly name: fresh records of its own company, and the fields that it may set.

use super::{Place, Principal, World, fields_for, info, params_of, rows_of};
use bson::{Bson, DateTime, Document, doc, oid::ObjectId};
use stoa::db::Expr;
use stoa::permissions::{Guard, masks};
use stoa::web::Operation;

/// The state that an operation needs of its record: end of the operation's name, and fields.
const NEEDS: &[(&str, fn() -> Document)] = &[
    ("jobs_retry", || doc! { "state": "dead" }),
    ("_restore", || doc! { "deleted_at": DateTime::now() }),
    ("_unarchive", || doc! { "archived": true, "archived_at": DateTime::now() }),
];

/// Operations that need a record with others below it: they get the main one of the company.
const MAIN: &[&str] = &["tickets_split"];

/// Fields that a principal may set by this operation.
pub fn settable(operation: &Operation, principal: &Principal) -> impl Fn(&str) -> bool + use<> {
    let mask = match (operation.guard, principal.role) {
        (Guard::Permission(row), Some(role)) => Some(masks::write_mask(row.name, role)),
        _ => None,
    };
    move |name| mask.is_none_or(|mask| mask.admits(name))
}

/// Values of an operation's path: fresh records that the principal may name, each belonging to the one before it.
pub async fn own_ids(
    world: &World,
    place: &Place,
    operation: &Operation,
    principal: &Principal,
) -> Vec<String> {
    let params = params_of(operation);
    let mut values: Vec<ObjectId> = Vec::new();
    for (at, (_, resource)) in params.iter().enumerate() {
        let parent = at.checked_sub(1).map(|above| (params[above].1, values[above]));
        let last = at + 1 == params.len();
        let rows = covered(operation, resource, principal, last);
        let set = fields_for(world, place, resource, &rows, &[]).unwrap_or_default();
        values.push(record(world, place, operation, principal, resource, parent, set, last).await);
    }
    values.iter().map(|id| id.to_hex()).collect()
}

/// The rows that a principal must be inside of to name a record: to see it and, where the operation is about this
/// resource, to be covered by its permission.
pub fn covered(operation: &Operation, resource: &str, principal: &Principal, last: bool) -> Vec<Expr> {
    let mut rows = Vec::new();
    if let Some(read) = info(resource).read {
        rows.push(rows_of(read, principal));
    }
    match operation.guard {
        Guard::Permission(row) if last && row.resource == resource => rows.push(rows_of(row, principal)),
        _ => {}
    }
    rows
}

/// One fresh record for a place in the path.
#[expect(clippy::too_many_arguments, reason = "each of them is another side of the same record")]
pub async fn record(
    world: &World,
    place: &Place,
    operation: &Operation,
    principal: &Principal,
    resource: &str,
    parent: Option<(&str, ObjectId)>,
    mut set: Document,
    last: bool,
) -> ObjectId {
    if let Some((above, id)) = parent {
        let link = info(resource).fields.iter().find(|spec| spec.kind.reference() == Some(above));
        set.extend(link.map(|spec| (spec.name.to_owned(), Bson::from(id))));
    }
    if last {
        let needs = NEEDS.iter().filter(|(end, _)| operation.id.ends_with(end));
        needs.for_each(|(_, fields)| set.extend(fields()));
    }
    // A condition on the id itself means one certain record.
    let certain = set.remove("_id").and_then(|id| id.as_object_id());
    match (resource, &principal.person, certain) {
        ("users", Some(person), Some(id)) if id == person.id => id,
        ("sessions", Some(person), _) => person.session,
        // From inside there is only the own company; from outside, one that may go.
        ("companies", ..) if principal.company.is_some() => place.tenant.id,
        _ if MAIN.contains(&operation.id.as_str()) => place.id(resource),
        _ => world.fresh(place, resource, set).await,
    }
}
