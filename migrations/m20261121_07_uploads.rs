//! The collection of uploads, and the way from a file to the messages that carry it.

use crate::migrate::{Change, Down, Phase, Step, Work};
use bson::doc;

pub const STEP: Step = Step {
    id: "",
    source: "",
    about: "Create the collection of uploads, and find messages by the files that they carry.",
    phase: Phase::Expand,
    work: Work::Schema(changes),
    down: Down::Work(Work::Schema(undo)),
    // Programs before this one do not look at the collection, nor at the fields.
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
    let present = |field: &str| doc! { field: { "$type": ["string", "objectId", "date", "long", "int"] } };
    let uploads = vec![
        doc! { "name": "upload_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
        doc! { "name": "upload_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
        doc! { "name": "upload_owner", "key": { "company_id": 1, "created_by": 1, "created_at": -1, "_id": -1 } },
        doc! { "name": "upload_state", "key": { "company_id": 1, "state": 1, "created_at": -1, "_id": -1 } },
        doc! { "name": "upload_expiry", "key": { "expires_at": 1 }, "partialFilterExpression": present("expires_at") },
        doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
    ];
    let carriers = vec![
        doc! { "name": "message_attachments", "key": { "company_id": 1, "attachment_ids": 1 }, "partialFilterExpression": present("attachment_ids") },
    ];
    vec![
        Change::collection("uploads", Some(validator)).with(uploads),
        Change::Indexes { collection: "ticket_messages", indexes: carriers },
    ]
}

fn undo() -> Vec<Change> {
    vec![
        Change::DropCollection { name: "uploads" },
        Change::DropIndexes { collection: "ticket_messages", names: vec!["message_attachments"] },
    ]
}
