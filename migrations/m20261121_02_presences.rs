//! The collection of who has which ticket open.

use crate::migrate::{Change, Down, Phase, Step, Work};
use bson::doc;

pub const STEP: Step = Step {
    id: "",
    source: "",
    about: "Create the collection of presences on tickets.",
    phase: Phase::Expand,
    work: Work::Schema(changes),
    down: Down::Work(Work::Schema(undo)),
    // Programs before this one do not look at the collection.
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
    let indexes = vec![
        doc! { "name": "presence_person", "key": { "company_id": 1, "ticket_id": 1, "user_id": 1 }, "unique": true },
        doc! { "name": "presence_expiry", "key": { "seen_at": 1 }, "expireAfterSeconds": 60 },
        doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
    ];
    vec![Change::collection("ticket_presences", Some(validator)).with(indexes)]
}

fn undo() -> Vec<Change> {
    vec![Change::DropCollection { name: "ticket_presences" }]
}
