//! What the steps arrive at: the schema that the models declare, and validators that hold.

use super::scratch::Scratch;
use bson::{DateTime, Document, doc, oid::ObjectId};
use stoa::migrate::{self, Drift};
use stoa::migrations::STEPS;

async fn drift(db: &stoa::db::Db) -> Vec<Drift> {
    migrate::drift(db, &migrate::declared()).await.unwrap()
}

#[tokio::test]
async fn a_migrated_database_is_what_the_models_declare() {
    let scratch = Scratch::new().await;
    let db = scratch.instance().await;
    let report = migrate::up(&db).await.unwrap();
    let told: Vec<String> = report.drift.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "write a step; `stoa migrate --print-schema` helps:\n{}", told.join("\n"));
    scratch.end().await;
}

#[tokio::test]
async fn collections_that_are_there_without_validators_and_indexes_are_completed() {
    let scratch = Scratch::new().await;
    let db = scratch.instance().await;
    for collection in migrate::declared() {
        scratch.raw.run_command(doc! { "create": collection.name }).await.unwrap();
    }
    assert!(!drift(&db).await.is_empty());
    assert_eq!(migrate::up(&db).await.unwrap().drift, []);
    scratch.end().await;
}

#[tokio::test]
async fn every_kind_of_drift_is_found() {
    let scratch = Scratch::new().await;
    let (db, raw) = (scratch.instance().await, &scratch.raw);
    migrate::up(&db).await.unwrap();
    let run = async |command: Document| drop(raw.run_command(command).await.unwrap());
    run(doc! { "dropIndexes": "tickets", "index": "ticket_number" }).await;
    run(doc! { "dropIndexes": "sessions", "index": "session_expiry" }).await;
    let expiry = doc! { "name": "session_expiry", "key": { "expires_at": 1 }, "expireAfterSeconds": 60 };
    run(doc! { "createIndexes": "sessions", "indexes": [expiry] }).await;
    run(doc! { "createIndexes": "tags", "indexes": [{ "name": "by_hand", "key": { "x": 1 } }] }).await;
    run(doc! { "collMod": "users", "validator": {} }).await;
    run(doc! { "drop": "counters" }).await;
    let s = str::to_owned;
    let expected = [
        Drift::MissingCollection(s("counters")),
        Drift::Validator(s("users")),
        Drift::MissingIndex(s("tickets"), s("ticket_number")),
        Drift::Index(s("sessions"), s("session_expiry")),
        Drift::UndeclaredIndex(s("tags"), s("by_hand")),
    ];
    assert_eq!(drift(&db).await, expected);
    let (_, told) = migrate::status(&db, STEPS).await.unwrap();
    assert_eq!(told, expected);
    assert_eq!(migrate::up(&db).await.unwrap().drift, expected, "a start tells too");
    scratch.end().await;
}

#[tokio::test]
async fn records_without_a_company_are_refused_by_the_database_itself() {
    let scratch = Scratch::new().await;
    migrate::up(&scratch.instance().await).await.unwrap();
    let whole = || {
        let now = DateTime::now();
        doc! { "company_id": ObjectId::new(), "version": 1_i64, "created_at": now }
    };
    let insert = async |collection: &str, document: Document| {
        scratch.raw.collection(collection).insert_one(document).await.is_ok()
    };
    let with = |name: &str, value: bson::Bson| {
        let mut document = whole();
        document.insert(name, value);
        document
    };
    let without = |name: &str| {
        let mut document = whole();
        document.remove(name);
        document
    };
    for collection in ["tickets", "departments", "users", "audit_log"] {
        // Unique indexes are satisfied by distinct numbers.
        let number = with("number", bson::Bson::Int64(rand::random::<u32>().into()));
        assert!(insert(collection, number).await, "{collection}");
        for broken in [
            without("company_id"),
            without("version"),
            without("created_at"),
            with("company_id", "a text".into()),
            with("version", 1_i32.into()),
            with("created_at", "2026-01-01T00:00:00Z".into()),
        ] {
            assert!(!insert(collection, broken.clone()).await, "{collection} {broken}");
        }
    }
    let platform = with("company_id", bson::Bson::Null);
    assert!(insert("users", platform.clone()).await);
    assert!(!insert("tickets", platform).await);
    assert!(insert("companies", without("company_id")).await);
    scratch.end().await;
}
