//! What Rust says of a document is what MongoDB says of it, for generated conditions and for the rows of every role.

use super::generate::{condition, document, draw, id, runner};
use crate::support::TestApp;
use crate::world::{World, rows_of};
use bson::{Bson, Document, doc};
use futures::TryStreamExt;
use std::collections::BTreeSet;
use stoa::db::Expr;
use stoa::models::ALL;
use stoa::permissions::{Reach, TABLE};

/// Documents of each model, and conditions that are tried on all of them.
const DOCUMENTS: u8 = 100;
const CONDITIONS: usize = 60;

/// Ids by MongoDB and by Rust.
async fn both(
    rows: &mongodb::Collection<Document>,
    all: &[Document],
    expr: &Expr,
) -> (BTreeSet<String>, BTreeSet<String>) {
    let ids = |document: &Document| document.get_object_id("_id").unwrap().to_hex();
    let found = rows.find(expr.to_document()).projection(doc! { "_id": 1 }).await;
    let found: Vec<Document> = found.unwrap_or_else(|e| panic!("{expr:?}: {e}")).try_collect().await.unwrap();
    let matched = all.iter().filter(|document| expr.matches(document));
    (found.iter().map(ids).collect(), matched.map(ids).collect())
}

fn explain(all: &[Document], expr: &Expr, database: &BTreeSet<String>, rust: &BTreeSet<String>) -> String {
    let differ = database.symmetric_difference(rust).next().unwrap();
    let document = all.iter().find(|one| one.get_object_id("_id").unwrap().to_hex() == *differ).unwrap();
    format!("{expr:?}\n{document:?}\nthe database says {}", database.contains(differ))
}

#[tokio::test]
async fn rust_and_the_database_agree_on_generated_conditions() {
    let app = TestApp::start().await;
    let mut runner = runner();
    let (mut tried, mut hits) = (0, 0);
    for model in ALL.iter().filter(|model| model.scope_field.is_some()) {
        let rows = app.raw.collection::<Document>(&format!("any_{}", model.collection));
        let (documents, conditions) = (document(model), condition(model));
        let all: Vec<Document> = (0..DOCUMENTS)
            .map(|at| {
                let mut one = doc! { "_id": id(at) };
                one.extend(draw(&mut runner, &documents));
                one
            })
            .collect();
        rows.insert_many(&all).await.unwrap();
        for _ in 0..CONDITIONS {
            let expr = draw(&mut runner, &conditions);
            let (database, rust) = both(&rows, &all, &expr).await;
            assert!(database == rust, "{}", explain(&all, &expr, &database, &rust));
            tried += 1;
            hits += usize::from(!database.is_empty() && database.len() < all.len());
        }
    }
    // A generator that hits all or nothing proves nothing.
    assert!(hits * 3 > tried, "only {hits} of {tried} conditions tell documents apart");
    app.finish().await;
}

#[tokio::test]
async fn rust_and_the_database_agree_on_the_rows_of_every_role() {
    let world = World::start().await;
    let place = world.place("a", 1).await;
    let mut runner = runner();
    let roles = crate::roles::roles(&world, &place).await;
    let mut some = 0;
    for model in ALL.iter().filter(|model| model.scope_field.is_some()) {
        let rows = world.app.raw.collection::<Document>(&format!("rows_{}", model.collection));
        let documents = document(model);
        // The people and departments of the world stand in for some of the random ids.
        let people: Vec<Bson> = roles.iter().map(|one| one.person.as_ref().unwrap().id.into()).collect();
        let all: Vec<Document> = (0..DOCUMENTS)
            .map(|at| {
                let mut one = doc! { "_id": id(at) };
                one.extend(
                    draw(&mut runner, &documents)
                        .into_iter()
                        .map(|(name, value)| (name, settle(value, &people))),
                );
                one
            })
            .collect();
        rows.insert_many(&all).await.unwrap();
        for principal in &roles {
            for reach in Reach::ALL {
                let expr = (model.rows)(*reach, principal.actor.as_ref().unwrap());
                let (database, rust) = both(&rows, &all, &expr).await;
                assert!(database == rust, "{reach} {}", explain(&all, &expr, &database, &rust));
                some += usize::from(!database.is_empty() && database.len() < all.len());
                if *reach == Reach::None {
                    assert_eq!(expr, Expr::Nothing, "{}: no reach, but rows", model.resource);
                }
            }
        }
    }
    assert!(some > 30, "only {some} of the roles' rows tell documents apart");
    world.app.finish().await;
}

/// Puts people of the world in place of the lowest random ids.
fn settle(value: Bson, people: &[Bson]) -> Bson {
    match value {
        Bson::ObjectId(found) => {
            let at = (0..4).find(|at| id(*at) == found).map(usize::from);
            at.and_then(|at| people.get(at + 1)).cloned().unwrap_or(value)
        }
        Bson::Array(items) => items.into_iter().map(|item| settle(item, people)).collect::<Vec<_>>().into(),
        other => other,
    }
}

#[tokio::test]
async fn every_cell_of_the_table_is_a_reach_that_its_model_knows() {
    let world = World::start().await;
    let place = world.place("a", 1).await;
    for principal in &crate::roles::roles(&world, &place).await {
        for row in TABLE.iter().filter(|row| row.reach_of(principal.role.unwrap()) != Reach::None) {
            let rows = rows_of(row, principal);
            assert_ne!(rows, Expr::Nothing, "{} of {}: its model admits nothing", row.name, principal.name);
        }
    }
    world.app.finish().await;
}
