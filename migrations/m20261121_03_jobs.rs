//! The collections of jobs and outgoing mail.

use crate::migrate::{Change, Down, Phase, Step, Work};
use bson::{Document, doc};

pub const STEP: Step = Step {
    id: "",
    source: "",
    about: "Create the collections of jobs and of outgoing mail.",
    phase: Phase::Expand,
    work: Work::Schema(changes),
    down: Down::Work(Work::Schema(undo)),
    // Programs before this one do not look at the collections.
    compatible_from: Some("m20261120_01_collections"),
};

fn changes() -> Vec<Change> {
    vec![
        Change::collection("jobs", Some(tenant(&["objectId", "null"]))).with(vec![
            doc! { "name": "job_due", "key": { "state": 1, "priority": 1, "run_at": 1 } },
            doc! { "name": "job_lease", "key": { "state": 1, "lease_until": 1 } },
            doc! { "name": "job_key", "key": { "company_id": 1, "unique_key": 1 }, "unique": true, "partialFilterExpression": { "unique_key": { "$type": ["string", "objectId", "date", "long", "int"] } } },
            doc! { "name": "job_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "job_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "job_state", "key": { "company_id": 1, "state": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "job_expiry", "key": { "finished_at": 1 }, "expireAfterSeconds": 604800 },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("outbound_emails", Some(tenant(&["objectId", "null"]))).with(vec![
            doc! { "name": "outbound_dedupe", "key": { "company_id": 1, "dedupe_key": 1 }, "unique": true },
            doc! { "name": "outbound_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "outbound_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "outbound_state", "key": { "company_id": 1, "state": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "outbound_ticket", "key": { "company_id": 1, "ticket_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
    ]
}

fn undo() -> Vec<Change> {
    vec![Change::DropCollection { name: "jobs" }, Change::DropCollection { name: "outbound_emails" }]
}

fn tenant(companies: &[&str]) -> Document {
    doc! { "$jsonSchema": {
        "bsonType": "object",
        "required": ["company_id", "version", "created_at"],
        "properties": {
            "version": { "bsonType": "long" },
            "created_at": { "bsonType": "date" },
            "company_id": { "bsonType": companies },
        },
    } }
}
