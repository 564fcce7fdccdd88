//! Those who are nobody: refused everywhere, before a command reaches a tenant collection.

use crate::world::{Journal, Shot, World, body_of, cast, params_of, with_params};
use http::Method;
use stoa::permissions::{Guard, Reach, Role};

#[tokio::test]
async fn whoever_is_not_logged_in_is_refused_before_any_look_up() {
    let world = World::start().await;
    let place = world.place("a", 1).await;
    let journal = Journal::new("refused", "");
    let cast = cast(&world, &place).await;
    let nobody: Vec<_> = cast.iter().filter(|principal| principal.role.is_none()).collect();
    let outside = cast.iter().find(|one| one.role == Some(Role::Superadmin) && one.company.is_none());
    for operation in world.app.app.operations() {
        let values: Vec<String> = params_of(operation).iter().map(|(_, of)| place.id(of).to_hex()).collect();
        let path = with_params(operation, &values);
        let body = body_of(operation, &place, 1, &[], |_| true);
        let shot = Shot::new(&operation.method, path, body);
        let mut expected = Vec::new();
        if !matches!(operation.guard, Guard::Public) {
            expected.extend(nobody.iter().map(|principal| (*principal, 401)));
        }
        if let Guard::Permission(row) = operation.guard
            && !row.global
        {
            // What operators may do in no company either is refused as such.
            let never = row.reach_of(Role::Superadmin) == Reach::None;
            expected.extend(outside.map(|principal| (principal, if never { 403 } else { 400 })));
        }
        for (principal, status) in expected {
            let before = world.app.app.db().tripwire().seen();
            let answer = shot.fire(principal.ask()).await;
            let looked_up = world.app.app.db().tripwire().seen() - before;
            journal.cell(principal.name);
            if answer.status.as_u16() != status || looked_up > principal.reads {
                journal.fail(format!(
                    "{} as {}: {} after {looked_up} commands: {}",
                    operation.id,
                    principal.name,
                    answer.status,
                    answer.text()
                ));
            }
            if status == 401 && !answer.header("www-authenticate").starts_with("Bearer") {
                journal.fail(format!("{} as {}: 401 without challenge", operation.id, principal.name));
            }
        }
        if operation.method == Method::GET {
            // HEAD is GET without a body: it must not be a way around.
            let head = Shot { method: Method::HEAD, ..shot.clone() };
            if !matches!(operation.guard, Guard::Public)
                && head.fire(world.app.anonymous()).await.status != 401
            {
                journal.fail(format!("{}: HEAD is open", operation.id));
            }
        }
    }
    world.app.finish().await;
    journal.finish();
}
