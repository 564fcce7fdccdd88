//! API keys against every operation: with the scope it is let in, without it or where no key may go it is refused.

use super::cells::{allow, shot};
use crate::world::{Journal, Place, Principal, World, params_of};
use bson::{Document, doc};
use stoa::permissions::{Guard, KEY_SCOPE_NAMES, key_scope};
use stoa::web::Operation;

/// Sets the scopes of the key past the program, which would refuse those that are useless without others.
async fn set_scopes(world: &World, name: &str, scopes: &[&str]) {
    let rows = world.app.raw.collection::<Document>("api_keys");
    let which = doc! { "name": format!("{name} of the matrix") };
    let done = rows.update_one(which, doc! { "$set": { "scopes": scopes } }).await.unwrap();
    assert_eq!(done.matched_count, 1);
}

/// 403, after the reads that tell whose key it is and no other.
async fn deny(
    world: &World,
    place: &Place,
    operation: &Operation,
    principal: &Principal,
    lacks: Option<&str>,
    journal: &Journal,
) {
    let ids: Vec<String> = params_of(operation).iter().map(|(_, of)| place.id(of).to_hex()).collect();
    let shot = shot(world, place, operation, principal, &ids).await;
    let before = world.app.app.db().tripwire().seen();
    let answer = shot.fire(principal.ask()).await;
    let commands = world.app.app.db().tripwire().seen() - before;
    let told = answer.json();
    let named = lacks.is_none_or(|name| told["missing_capability"] == name);
    if answer.status != 403 || !named || commands != principal.reads {
        journal.fail(format!("{}: {} after {commands} commands: {told}", operation.id, answer.status));
    }
}

#[tokio::test]
async fn each_key_does_what_its_scopes_say_and_no_key_what_none_may() {
    let world = World::start().await;
    let place = world.place("a", 1).await;
    let journal = Journal::new("keys", "");
    let (admin, company) = (&place.tenant.admin, place.tenant.id);
    let whole = Principal::keyed(&world, "whole", admin, company, KEY_SCOPE_NAMES).await;
    // As if every permission of the table had been put on it.
    let everything: Vec<&str> = stoa::permissions::TABLE.iter().map(|row| row.name).collect();
    let wild = Principal::keyed(&world, "wild", admin, company, KEY_SCOPE_NAMES).await;
    set_scopes(&world, "wild", &everything).await;
    let partial = Principal::keyed(&world, "partial", admin, company, KEY_SCOPE_NAMES).await;
    for operation in world.app.app.operations() {
        match operation.guard {
            Guard::Public => {}
            Guard::SignedIn => {
                deny(&world, &place, operation, &wild, None, &journal).await;
                journal.cell("one's own account");
            }
            Guard::Permission(row) if key_scope(row.name).is_none() => {
                deny(&world, &place, operation, &wild, Some(row.name), &journal).await;
                journal.cell("for no key");
            }
            Guard::Permission(row) => {
                let rest: Vec<&str> =
                    KEY_SCOPE_NAMES.iter().copied().filter(|name| *name != row.name).collect();
                set_scopes(&world, "partial", &rest).await;
                deny(&world, &place, operation, &partial, Some(row.name), &journal).await;
                journal.cell("without the scope");
                allow(&world, &place, operation, &whole, &journal).await;
            }
        }
    }
    world.app.finish().await;
    journal.finish();
}

#[test]
fn no_key_holds_what_makes_another_way_in() {
    for name in KEY_SCOPE_NAMES {
        let (resource, action) = name.split_once('.').unwrap();
        let closed = ["api_keys", "settings", "jobs", "outbound_emails", "notifications", "saved_views"];
        assert!(!closed.contains(&resource), "{name}");
        assert!(!["delete", "bulk", "set_role", "disable", "revoke", "suspend", "merge"].contains(&action));
    }
    assert!(key_scope("users.create").is_none(), "a key would grant roles");
    assert!(key_scope("companies.update").is_none());
}
