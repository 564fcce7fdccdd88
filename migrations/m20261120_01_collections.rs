//! All collections of the first release, with validators and indexes.

use crate::migrate::{Change, Down, Phase, Step, Work};
use bson::{Document, doc};

pub const STEP: Step = Step {
    id: "",
    source: "",
    about: "Create the collections with their validators and indexes.",
    phase: Phase::Expand,
    work: Work::Schema(changes),
    down: Down::Irreversible("it would delete all data"),
    compatible_from: None,
};

fn changes() -> Vec<Change> {
    vec![
        Change::collection("companies", Some(company())).with(vec![
            doc! { "name": "company_slug", "key": { "slug": 1 }, "unique": true },
            doc! { "name": "company_name", "key": { "name_fold": 1, "_id": 1 } },
            doc! { "name": "company_created", "key": { "created_at": -1, "_id": -1 } },
            doc! { "name": "company_updated", "key": { "updated_at": -1, "_id": -1 } },
            doc! { "name": "company_status", "key": { "status": 1, "created_at": -1, "_id": -1 } },
        ]),
        Change::collection("users", Some(tenant(&["objectId", "null"]))).with(vec![
            doc! { "name": "user_name", "key": { "company_id": 1, "name_fold": 1, "_id": 1 } },
            doc! { "name": "user_role", "key": { "company_id": 1, "role": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "user_status", "key": { "company_id": 1, "status": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "user_departments", "key": { "company_id": 1, "department_ids": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "user_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "user_created_anywhere", "key": { "created_at": -1, "_id": -1 } },
            doc! { "name": "user_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "user_last_login", "key": { "company_id": 1, "last_login_at": -1, "_id": -1 } },
            doc! { "name": "user_address", "key": { "company_id": 1, "email": 1, "_id": 1 } },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("departments", Some(tenant(&["objectId"]))).with(vec![
            doc! { "name": "department_name", "key": { "company_id": 1, "name_fold": 1 }, "unique": true, "partialFilterExpression": { "deleted_at": { "$eq": null } } },
            doc! { "name": "department_name_sort", "key": { "company_id": 1, "name_fold": 1, "_id": 1 } },
            doc! { "name": "department_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "department_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "department_parent", "key": { "company_id": 1, "parent_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "department_public", "key": { "company_id": 1, "is_public": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "department_active", "key": { "company_id": 1, "is_active": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("categories", Some(tenant(&["objectId"]))).with(vec![
            doc! { "name": "category_name", "key": { "company_id": 1, "name_fold": 1 }, "unique": true, "partialFilterExpression": { "deleted_at": { "$eq": null } } },
            doc! { "name": "category_name_sort", "key": { "company_id": 1, "name_fold": 1, "_id": 1 } },
            doc! { "name": "category_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "category_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "category_position", "key": { "company_id": 1, "position": 1, "_id": 1 } },
            doc! { "name": "category_parent", "key": { "company_id": 1, "parent_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "category_department", "key": { "company_id": 1, "department_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "category_public", "key": { "company_id": 1, "is_public": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "category_active", "key": { "company_id": 1, "is_active": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("tags", Some(tenant(&["objectId"]))).with(vec![
            doc! { "name": "tag_name", "key": { "company_id": 1, "name_fold": 1 }, "unique": true, "partialFilterExpression": { "deleted_at": { "$eq": null } } },
            doc! { "name": "tag_name_sort", "key": { "company_id": 1, "name_fold": 1, "_id": 1 } },
            doc! { "name": "tag_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "tag_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("tickets", Some(tenant(&["objectId"]))).with(vec![
            doc! { "name": "ticket_number", "key": { "company_id": 1, "number": 1 }, "unique": true },
            doc! { "name": "ticket_number_sort", "key": { "company_id": 1, "archived": 1, "number": -1, "_id": -1 } },
            doc! { "name": "external_id", "key": { "company_id": 1, "external_id": 1 }, "unique": true, "partialFilterExpression": { "external_id": { "$type": ["string", "objectId", "date", "long", "int"] } } },
            doc! { "name": "ticket_created", "key": { "company_id": 1, "archived": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "ticket_updated", "key": { "company_id": 1, "archived": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "ticket_last_message", "key": { "company_id": 1, "archived": 1, "last_message_at": -1, "_id": -1 } },
            doc! { "name": "ticket_status", "key": { "company_id": 1, "archived": 1, "status": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "ticket_status_updated", "key": { "company_id": 1, "archived": 1, "status": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "ticket_priority", "key": { "company_id": 1, "archived": 1, "priority": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "ticket_assignee", "key": { "company_id": 1, "assignee_id": 1, "archived": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "ticket_assignee_status", "key": { "company_id": 1, "assignee_id": 1, "status": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "ticket_department", "key": { "company_id": 1, "department_id": 1, "archived": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "ticket_category", "key": { "company_id": 1, "category_id": 1, "archived": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "ticket_requester", "key": { "company_id": 1, "requester_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "ticket_cc", "key": { "company_id": 1, "cc_ids": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "ticket_followers", "key": { "company_id": 1, "follower_ids": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "ticket_tags", "key": { "company_id": 1, "tag_ids": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "ticket_merged", "key": { "company_id": 1, "merged_into": 1 }, "partialFilterExpression": { "merged_into": { "$type": ["string", "objectId", "date", "long", "int"] } } },
            doc! { "name": "ticket_words", "key": { "company_id": 1, "subject": "text", "description": "text", "reference": "text" }, "default_language": "none", "language_override": "_no_language_field" },
            doc! { "name": "ticket_wake", "key": { "wake_at": 1 }, "partialFilterExpression": { "wake_at": { "$type": ["string", "objectId", "date", "long", "int"] } } },
            doc! { "name": "ticket_solved", "key": { "status": 1, "solved_at": 1 } },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("ticket_messages", Some(tenant(&["objectId"]))).with(vec![
            doc! { "name": "message_seq", "key": { "company_id": 1, "ticket_id": 1, "seq": 1 }, "unique": true },
            doc! { "name": "message_origin", "key": { "company_id": 1, "origin_ticket_id": 1 }, "partialFilterExpression": { "origin_ticket_id": { "$type": ["string", "objectId", "date", "long", "int"] } } },
            doc! { "name": "message_copies", "key": { "company_id": 1, "copied_from": 1 }, "partialFilterExpression": { "copied_from": { "$type": ["string", "objectId", "date", "long", "int"] } } },
            doc! { "name": "message_created", "key": { "company_id": 1, "ticket_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "message_words", "key": { "company_id": 1, "visibility": 1, "body": "text" }, "default_language": "none", "language_override": "_no_language_field" },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("ticket_events", Some(tenant(&["objectId"]))).with(vec![
            doc! { "name": "event_seq", "key": { "company_id": 1, "ticket_id": 1, "seq": 1 }, "unique": true },
            doc! { "name": "event_created", "key": { "company_id": 1, "ticket_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "event_type", "key": { "company_id": 1, "kind": 1, "created_at": -1 } },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("notifications", Some(tenant(&["objectId"]))).with(vec![
            doc! { "name": "notification_event", "key": { "company_id": 1, "user_id": 1, "event_id": 1 }, "unique": true },
            doc! { "name": "notification_user", "key": { "company_id": 1, "user_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "notification_unread", "key": { "company_id": 1, "user_id": 1, "is_read": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "notification_ticket", "key": { "company_id": 1, "user_id": 1, "ticket_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "notification_updated", "key": { "company_id": 1, "user_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "notification_kind", "key": { "company_id": 1, "user_id": 1, "kind": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "notification_expiry", "key": { "created_at": 1 }, "expireAfterSeconds": 15552000 },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("saved_views", Some(tenant(&["objectId"]))).with(vec![
            doc! { "name": "saved_view_name", "key": { "company_id": 1, "owner_id": 1, "resource": 1, "name_fold": 1 }, "unique": true, "partialFilterExpression": { "deleted_at": { "$eq": null } } },
            doc! { "name": "saved_view_owner", "key": { "company_id": 1, "owner_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "saved_view_name_sort", "key": { "company_id": 1, "name_fold": 1, "_id": 1 } },
            doc! { "name": "saved_view_resource", "key": { "company_id": 1, "resource": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "saved_view_sharing", "key": { "company_id": 1, "sharing": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "saved_view_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "saved_view_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("audit_log", Some(tenant(&["objectId", "null"]))).with(vec![
            doc! { "name": "audit_seq", "key": { "company_id": 1, "seq": 1 }, "unique": true },
            doc! { "name": "audit_created", "key": { "company_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "audit_created_anywhere", "key": { "created_at": -1, "_id": -1 } },
            doc! { "name": "audit_updated", "key": { "company_id": 1, "updated_at": -1, "_id": -1 } },
            doc! { "name": "audit_seq_sort", "key": { "company_id": 1, "seq": -1, "_id": -1 } },
            doc! { "name": "audit_actor", "key": { "company_id": 1, "actor_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "audit_record", "key": { "company_id": 1, "resource_id": 1, "record_version": 1 } },
            doc! { "name": "audit_record_sort", "key": { "company_id": 1, "resource_id": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "audit_resource", "key": { "company_id": 1, "resource": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "audit_action", "key": { "company_id": 1, "action": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "audit_act_as", "key": { "company_id": 1, "act_as": 1, "created_at": -1, "_id": -1 } },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("settings", Some(tenant(&["objectId"]))).with(vec![
            doc! { "name": "settings_company", "key": { "company_id": 1 }, "unique": true },
            doc! { "name": "by_id", "key": { "company_id": 1, "_id": 1 } },
        ]),
        Change::collection("audit_heads", None),
        Change::collection("counters", None),
        Change::collection("idempotency_keys", None).with(vec![
            doc! { "name": "idempotency_expiry", "key": { "expires_at": 1 }, "expireAfterSeconds": 0 },
        ]),
        Change::collection("refresh_tokens", None).with(vec![
            doc! { "name": "refresh_session", "key": { "session_id": 1 } },
            doc! { "name": "refresh_expiry", "key": { "expires_at": 1 }, "expireAfterSeconds": 0 },
        ]),
        Change::collection("sessions", None).with(vec![
            doc! { "name": "session_user", "key": { "user_id": 1, "created_at": -1 } },
            doc! { "name": "session_company", "key": { "user_company_id": 1 } },
            doc! { "name": "session_expiry", "key": { "expires_at": 1 }, "expireAfterSeconds": 0 },
        ]),
        Change::collection("throttle_buckets", None).with(vec![
            doc! { "name": "throttle_expiry", "key": { "expires_at": 1 }, "expireAfterSeconds": 0 },
        ]),
        Change::collection("user_emails", None),
    ]
}

/// Records of companies name theirs; those of people and of the audit log may belong to the platform.
fn tenant(types: &[&str]) -> Document {
    doc! { "$jsonSchema": {
        "bsonType": "object",
        "required": ["company_id", "version", "created_at"],
        "properties": {
            "version": { "bsonType": "long" },
            "created_at": { "bsonType": "date" },
            "company_id": { "bsonType": types },
        },
    } }
}

/// Companies themselves.
fn company() -> Document {
    doc! { "$jsonSchema": {
        "bsonType": "object",
        "required": ["version", "created_at"],
        "properties": { "version": { "bsonType": "long" }, "created_at": { "bsonType": "date" } },
    } }
}
