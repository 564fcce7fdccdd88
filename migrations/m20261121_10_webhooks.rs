//! The collections of webhooks, their deliveries and connections to Teams.

use crate::migrate::{Change, Down, Phase, Step, Work};
use bson::{Document, doc};

pub const STEP: Step = Step {
    id: "",
    source: "",
    about: "Create the collections of webhooks, their deliveries and connections to Teams.",
    phase: Phase::Expand,
    work: Work::Schema(changes),
    down: Down::Work(Work::Schema(undo)),
    // Programs before this one do not look at the collections.
    compatible_from: Some("m20261120_01_collections"),
};

fn changes() -> Vec<Change> {
    let present = || doc! { "$type": ["string", "objectId", "date", "long", "int"] };
    vec![
        Change::collection("webhooks", Some(tenant())).with(vec![
            doc! { "name": "webhook_events", "key": { "company_id": 1, "is_active": 1, "events": 1 } },
            doc! { "name": "webhook_active", "key": { "company_id": 1, "is_active": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "webhook_name_sort", "key": { "company_id": 1, "name_fold": 1, "_id": 1 } },
            doc! { "name": "webhook_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "webhook_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("webhook_deliveries", Some(tenant())).with(vec![
            doc! { "name": "delivery_lane", "key": { "company_id": 1, "webhook_id": 1, "lane": 1, "state": 1, "seq": 1 }, "partialFilterExpression": { "lane": present() } },
            doc! { "name": "delivery_message", "key": { "company_id": 1, "message_id": 1 }, "partialFilterExpression": { "message_id": present() } },
            doc! { "name": "delivery_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "delivery_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "delivery_webhook", "key": { "company_id": 1, "webhook_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "delivery_webhook_state", "key": { "company_id": 1, "webhook_id": 1, "state": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "delivery_state", "key": { "company_id": 1, "state": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "delivery_ticket", "key": { "company_id": 1, "ticket_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "delivery_expiry", "key": { "finished_at": 1 }, "expireAfterSeconds": 2_592_000 },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("teams_connections", Some(tenant())).with(vec![
            doc! { "name": "teams_events", "key": { "company_id": 1, "is_active": 1, "events": 1 } },
            doc! { "name": "teams_active", "key": { "company_id": 1, "is_active": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "teams_name_sort", "key": { "company_id": 1, "name_fold": 1, "_id": 1 } },
            doc! { "name": "teams_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "teams_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
    ]
}

fn undo() -> Vec<Change> {
    ["webhooks", "webhook_deliveries", "teams_connections"].map(|name| Change::DropCollection { name }).into()
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
