//! What each role is shown of a list: exactly the records inside its rows, as Rust finds them among all.

use super::cells::roles;
use crate::world::{Journal, World, fields_for, info, params_of, resource_of_answer, rows_of};
use bson::{Document, doc};
use futures::TryStreamExt;
use std::collections::BTreeSet;
use stoa::permissions::{Guard, Reach};

/// Lists that rightly show less than the rows: resource, and the filter that shows the rest.
const NARROWED: &[(&str, &str)] = &[("tickets", "filter=%7B%22archived%22%3A%5Btrue%2Cfalse%5D%7D")];

#[tokio::test]
async fn lists_show_exactly_the_rows_of_the_role() {
    let world = World::start().await;
    let place = world.place("a", 1).await;
    let journal = Journal::new("rows", "");
    let roles = roles(&world, &place).await;
    for operation in world.app.app.operations() {
        let (Guard::Permission(row), Some(resource)) = (operation.guard, resource_of_answer(operation))
        else {
            continue;
        };
        // Lists below a record show that record's part of the rows.
        let below = !params_of(operation).is_empty() || operation.id.ends_with("_list_by_filter");
        if below || info(resource).read.is_none_or(|read| read.name != row.name) {
            continue;
        }
        // Records on both sides of every role's border, and one in the trash.
        for principal in &roles {
            let rows = [rows_of(row, principal)];
            for set in [
                fields_for(&world, &place, resource, &rows, &[]),
                fields_for(&world, &place, resource, &[], &rows),
            ] {
                let mut set = set.unwrap_or_default();
                set.remove("_id");
                world.fresh(&place, resource, set).await;
            }
        }
        if resource != "settings" {
            world.fresh(&place, resource, doc! { "deleted_at": bson::DateTime::now() }).await;
        }
        for principal in roles.iter().filter(|one| row.reach_of(one.role.unwrap()) != Reach::None) {
            let narrowed = NARROWED.iter().find(|(name, _)| *name == resource).map_or("", |(_, query)| query);
            let path = format!("{}?per_page=1000&total=exact&{narrowed}", operation.path);
            let told = principal.ask().get(path.trim_end_matches('&')).await.expect(200);
            let shown: BTreeSet<String> = told["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row["id"].as_str().unwrap().to_owned())
                .collect();
            let model = info(resource);
            // Read after the list: looking may itself leave a record, as an operator's visit does.
            let scope = doc! { model.scope_field.unwrap(): place.tenant.id, "deleted_at": null };
            let records = world.app.raw.collection::<Document>(model.collection);
            let all: Vec<Document> = records.find(scope).await.unwrap().try_collect().await.unwrap();
            let rows = rows_of(row, principal);
            let inside = |document: &&Document| rows.matches(document);
            let ids: BTreeSet<String> =
                all.iter().filter(inside).map(|d| d.get_object_id("_id").unwrap().to_hex()).collect();
            journal.cell("list");
            if shown != ids || told["total"] != shown.len() {
                let differ: Vec<_> = shown.symmetric_difference(&ids).collect();
                journal.fail(format!(
                    "{} as {}: {differ:?}, total {}",
                    operation.id, principal.name, told["total"]
                ));
            }
        }
    }
    world.app.finish().await;
    journal.finish();
}
