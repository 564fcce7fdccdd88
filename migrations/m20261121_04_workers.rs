//! The collections of workers, of schedules and of probes of the queue.

use crate::migrate::{Change, Down, Phase, Step, Work};
use bson::{Document, doc};

pub const STEP: Step = Step {
    id: "",
    source: "",
    about: "Create the collections of workers, schedules and probes.",
    phase: Phase::Expand,
    work: Work::Schema(changes),
    down: Down::Work(Work::Schema(undo)),
    // Programs before this one do not look at the collections.
    compatible_from: Some("m20261120_01_collections"),
};

fn changes() -> Vec<Change> {
    vec![
        Change::collection("workers", Some(tenant(&["objectId", "null"]))).with(vec![
            doc! { "name": "worker_created", "key": { "created_at": -1, "_id": -1 } },
            doc! { "name": "worker_updated", "key": { "updated_at": -1, "_id": -1 } },
            doc! { "name": "worker_expiry", "key": { "seen_at": 1 }, "expireAfterSeconds": 300 },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("job_probes", None).with(vec![
            doc! { "name": "probe_run", "key": { "run_id": 1, "job_id": 1 } },
            doc! { "name": "probe_expiry", "key": { "created_at": 1 }, "expireAfterSeconds": 86400 },
        ]),
        Change::collection("schedules", None),
    ]
}

fn undo() -> Vec<Change> {
    vec![
        Change::DropCollection { name: "workers" },
        Change::DropCollection { name: "schedules" },
        Change::DropCollection { name: "job_probes" },
    ]
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
