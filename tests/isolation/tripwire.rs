//! The tripwire itself: whatever goes to a tenant collection without its company is caught, and nothing else.

use bson::{Document, doc, oid::ObjectId};
use mongodb::options::ClientOptions;
use mongodb::{Client, Database};
use stoa::db::Tripwire;

/// A driver of its own with the monitor attached, on a database of its own.
async fn watched() -> (Database, Tripwire) {
    let uri = std::env::var("STOA_TEST_MONGO_URI").expect("STOA_TEST_MONGO_URI");
    let name = format!("t_{}", stoa::auth::random::base62(16));
    let tripwire = Tripwire::new(&name);
    let mut options = ClientOptions::parse(uri).await.unwrap();
    options.command_event_handler = Some(tripwire.handler());
    (Client::with_options(options).unwrap().database(&name), tripwire)
}

fn commands(scope: &Document) -> Vec<Document> {
    let with = |extra: Document| {
        scope.iter().chain(&extra).map(|(k, v)| (k.clone(), v.clone())).collect::<Document>()
    };
    let (filter, one) = (with(doc! { "name": "x" }), with(doc! { "_id": ObjectId::new(), "name": "x" }));
    let set = doc! { "$set": { "name": "y" } };
    vec![
        doc! { "find": "tags", "filter": filter.clone() },
        doc! { "count": "tags", "query": filter.clone() },
        doc! { "distinct": "tags", "key": "name", "query": filter.clone() },
        doc! { "aggregate": "tags", "pipeline": [{ "$match": filter.clone() }, { "$group": { "_id": null } }], "cursor": {} },
        doc! { "findAndModify": "tags", "query": filter.clone(), "update": set.clone() },
        doc! { "findAndModify": "tags", "query": filter.clone(), "update": [{ "$set": { "at": "$$NOW" } }] },
        doc! { "findAndModify": "tags", "query": filter.clone(), "remove": true },
        doc! { "update": "tags", "updates": [{ "q": filter.clone(), "u": set, "multi": true }] },
        doc! { "delete": "tags", "deletes": [{ "q": filter.clone(), "limit": 0 }] },
        doc! { "insert": "tags", "documents": [one] },
        doc! { "explain": { "find": "tags", "filter": filter } },
    ]
}

#[tokio::test]
async fn commands_without_company_are_caught_and_others_are_not() {
    let (database, tripwire) = watched().await;
    let company = ObjectId::new();
    for command in
        commands(&doc! { "company_id": { "$eq": company } }).into_iter().filter(|c| !c.contains_key("insert"))
    {
        database.run_command(command).await.unwrap();
    }
    database.run_command(doc! { "insert": "tags", "documents": [{ "company_id": company }] }).await.unwrap();
    assert_eq!(tripwire.misses(), Vec::<String>::new());
    assert_eq!(tripwire.seen(), 11);
    // Without company, with a company that is no id, and with more than equality.
    let wrong = [
        doc! {},
        doc! { "company_id": null },
        doc! { "company_id": { "$eq": null } },
        doc! { "company_id": { "$ne": company } },
        doc! { "company_id": { "$in": [company] } },
        doc! { "company_id": { "$eq": company.to_hex() } },
        doc! { "$or": [{ "company_id": { "$eq": company } }, {}] },
    ];
    for scope in wrong {
        for command in
            commands(&scope).into_iter().filter(|c| !c.contains_key("insert") || !scope.contains_key("$or"))
        {
            let (before, told) = (tripwire.misses().len(), command.to_string());
            database.run_command(command).await.unwrap();
            assert_eq!(tripwire.misses().len(), before + 1, "not caught: {told}");
        }
    }
    database.drop().await.unwrap();
}

#[tokio::test]
async fn ways_around_the_filter_are_caught() {
    let (database, tripwire) = watched().await;
    let company = ObjectId::new();
    let scoped = doc! { "company_id": { "$eq": company } };
    let moved =
        |update: Document| doc! { "findAndModify": "tags", "query": scoped.clone(), "update": update };
    let joined = |stage: Document| {
        doc! { "aggregate": "tags", "pipeline": [{ "$match": scoped.clone() }, stage], "cursor": {} }
    };
    let ways = [
        moved(doc! { "$set": { "company_id": ObjectId::new() } }),
        moved(doc! { "$unset": { "company_id": "" } }),
        moved(doc! { "$rename": { "name": "company_id" } }),
        moved(doc! { "name": "replaced as a whole" }),
        doc! { "findAndModify": "tags", "query": scoped.clone(), "update": [{ "$set": { "company_id": ObjectId::new() } }] },
        doc! { "findAndModify": "tags", "query": scoped.clone(), "update": [{ "$set": { "company_id.x": 1 } }] },
        doc! { "findAndModify": "tags", "query": scoped.clone(), "update": [{ "$unset": "company_id" }] },
        doc! { "findAndModify": "tags", "query": scoped.clone(), "update": [{ "$replaceWith": { "name": "x" } }] },
        doc! { "findAndModify": "tags", "query": scoped.clone(), "update": [{ "$set": { "name": "x" }, "$unset": "name" }] },
        joined(doc! { "$lookup": { "from": "users", "pipeline": [], "as": "all" } }),
        joined(doc! { "$unionWith": "users" }),
        joined(doc! { "$facet": { "all": [{ "$limit": 1 }] } }),
        joined(doc! { "$out": "stolen" }),
        doc! { "aggregate": "tags", "pipeline": [{ "$sort": { "_id": 1 } }, { "$match": scoped.clone() }], "cursor": {} },
        doc! { "aggregate": "tags", "pipeline": [], "cursor": {} },
        doc! { "update": "tags", "updates": [{ "q": scoped.clone(), "u": { "$set": { "name": "x" } } }, { "q": {}, "u": { "$set": { "name": "x" } } }] },
        doc! { "insert": "tags", "documents": [{ "company_id": company }, { "name": "stray" }] },
        doc! { "find": "companies", "filter": { "slug": "x" } },
        doc! { "validate": "tags" },
    ];
    for command in ways {
        let (before, told) = (tripwire.misses().len(), command.to_string());
        // Some of them the server refuses; they count as soon as they are sent.
        drop(database.run_command(command).await);
        assert_eq!(tripwire.misses().len(), before + 1, "not caught: {told}");
    }
    // What is no tenant data, and what says openly that it spans companies.
    let caught = tripwire.misses().len();
    database.run_command(doc! { "find": "sessions", "filter": {} }).await.unwrap();
    database.run_command(doc! { "find": "tags", "filter": {}, "comment": "across:sweep:x" }).await.unwrap();
    database.run_command(doc! { "ping": 1 }).await.unwrap();
    assert_eq!(tripwire.misses().len(), caught);
    database.drop().await.unwrap();
}

#[tokio::test]
async fn nobody_outside_can_say_that_a_command_spans_companies() {
    let app = crate::support::TestApp::start().await;
    let a = app.tenant("a").await;
    let id = "across:platform:x";
    let answer = a.admin.ask().with("x-request-id", id).get("/api/tags").await;
    answer.expect(200);
    assert_ne!(answer.header("x-request-id"), id);
    app.finish().await;
}
