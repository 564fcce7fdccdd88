//! The collections of mailboxes and of the texts of mails.

use crate::migrate::{Change, Down, Phase, Step, Work};
use bson::{Document, doc};

pub const STEP: Step = Step {
    id: "",
    source: "",
    about: "Create the collections of mailboxes and their addresses.",
    phase: Phase::Expand,
    work: Work::Schema(changes),
    down: Down::Work(Work::Schema(undo)),
    // Programs before this one do not look at the collections.
    compatible_from: Some("m20261120_01_collections"),
};

fn changes() -> Vec<Change> {
    vec![
        Change::collection("mailboxes", Some(tenant())).with(vec![
            doc! { "name": "mailbox_address", "key": { "company_id": 1, "address": 1, "_id": 1 } },
            doc! { "name": "mailbox_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "mailbox_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "mailbox_department", "key": { "company_id": 1, "department_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "mailbox_active", "key": { "company_id": 1, "is_active": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("mailbox_addresses", None),
    ]
}

fn undo() -> Vec<Change> {
    vec![
        Change::DropCollection { name: "mailboxes" },
        Change::DropCollection { name: "mailbox_addresses" },
    ]
}

fn tenant() -> Document {
    doc! { "$jsonSchema": {
        "bsonType": "object",
        "required": ["company_id", "version", "created_at"],
        "properties": {
            "version": { "bsonType": "long" },
            "created_at": { "bsonType": "date" },
            "company_id": { "bsonType": ["objectId"] },
        },
    } }
}
