//! The collection of API keys, and an index of what was done with them.

use crate::migrate::{Change, Down, Phase, Step, Work};
use bson::doc;

pub const STEP: Step = Step {
    id: "",
    source: "",
    about: "Create the collection of API keys and index the audit log by them.",
    phase: Phase::Expand,
    work: Work::Schema(changes),
    down: Down::Work(Work::Schema(undo)),
    // Programs before this one do not look at the collection, and need nothing of the index.
    compatible_from: Some("m20261120_01_collections"),
};

fn changes() -> Vec<Change> {
    let validator = doc! { "$jsonSchema": {
        "bsonType": "object",
        "required": ["company_id", "version", "created_at"],
        "properties": {
            "version": { "bsonType": "long" },
            "created_at": { "bsonType": "date" },
            "company_id": { "bsonType": ["objectId"] },
        },
    } };
    let keys = vec![
        doc! { "name": "api_key_prefix", "key": { "prefix": 1 }, "unique": true },
        doc! { "name": "api_key_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
        doc! { "name": "api_key_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
        doc! { "name": "api_key_owner", "key": { "company_id": 1, "owner_id": 1, "created_at": -1, "_id": -1 } },
        doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
    ];
    let entries = vec![
        doc! { "name": "audit_api_key", "key": { "company_id": 1, "api_key_id": 1, "created_at": -1, "_id": -1 } },
    ];
    vec![
        Change::collection("api_keys", Some(validator)).with(keys),
        Change::Indexes { collection: "audit_log", indexes: entries },
    ]
}

fn undo() -> Vec<Change> {
    vec![
        Change::DropCollection { name: "api_keys" },
        Change::DropIndexes { collection: "audit_log", names: vec!["audit_api_key"] },
    ]
}
