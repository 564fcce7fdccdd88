//! The collections of incoming mail, and how its answers find their ticket.

use crate::migrate::{Change, Down, Phase, Step, Work};
use bson::{Document, doc};

pub const STEP: Step = Step {
    id: "",
    source: "",
    about: "Create the collections of incoming mail; index messages by message id.",
    phase: Phase::Expand,
    work: Work::Schema(changes),
    down: Down::Work(Work::Schema(undo)),
    // Programs before this one do not look at the collections.
    compatible_from: Some("m20261120_01_collections"),
};

fn changes() -> Vec<Change> {
    let present = |field: &str| doc! { field: { "$type": ["string", "objectId", "date", "long", "int"] } };
    let by = |name: &str, field: &str| doc! { "name": name, "key": { "company_id": 1, field: 1, "created_at": -1, "_id": -1 } };
    let by_id = || doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } };
    vec![
        Change::collection("inbound_emails", Some(tenant())).with(vec![
            doc! { "name": "inbound_hash", "key": { "company_id": 1, "mailbox_id": 1, "hash": 1 }, "unique": true },
            doc! { "name": "inbound_first", "key": { "company_id": 1, "mailbox_id": 1, "first_key": 1 }, "unique": true, "partialFilterExpression": present("first_key") },
            doc! { "name": "inbound_filed", "key": { "company_id": 1, "filed_key": 1 }, "unique": true, "partialFilterExpression": present("filed_key") },
            doc! { "name": "inbound_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "inbound_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            by("inbound_state", "state"),
            by("inbound_mailbox", "mailbox_id"),
            by("inbound_ticket", "ticket_id"),
            by("inbound_message_id", "message_id"),
            by("inbound_from", "from"),
            by("inbound_source", "source"),
            by("inbound_reason", "reason"),
            by_id(),
        ]),
        Change::collection("inbound_chunks", Some(tenant())).with(vec![
            doc! { "name": "chunk_place", "key": { "company_id": 1, "email_id": 1, "n": 1 }, "unique": true },
            by_id(),
        ]),
        Change::collection("email_recipients", Some(tenant())).with(vec![
            doc! { "name": "recipient_address", "key": { "company_id": 1, "address": 1 }, "unique": true },
            doc! { "name": "recipient_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "recipient_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            by_id(),
        ]),
        Change::collection("inbound_tokens", None)
            .with(vec![doc! { "name": "token_mailbox", "key": { "mailbox_id": 1 } }]),
        Change::Indexes {
            collection: "mailboxes",
            indexes: vec![doc! { "name": "mailbox_sweep", "key": { "is_active": 1, "_id": 1 } }],
        },
        Change::Indexes {
            collection: "ticket_messages",
            indexes: vec![
                doc! { "name": "message_mail", "key": { "company_id": 1, "mailbox_id": 1, "mail_id": 1 }, "partialFilterExpression": present("mail_id") },
            ],
        },
    ]
}

fn undo() -> Vec<Change> {
    let drop = |name| Change::DropCollection { name };
    vec![
        drop("inbound_emails"),
        drop("inbound_chunks"),
        drop("email_recipients"),
        drop("inbound_tokens"),
        Change::DropIndexes { collection: "mailboxes", names: vec!["mailbox_sweep"] },
        Change::DropIndexes { collection: "ticket_messages", names: vec!["message_mail"] },
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
