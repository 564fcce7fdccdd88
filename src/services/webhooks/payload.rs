//! What receivers are told: an explicit list of fields, made when the event happens. A field that is added to a record
//! does not leave by itself.

use crate::errors::{AppError, Result};
use crate::models::{Ticket, TicketEvent, TicketMessage};
use crate::schema::{bson_to_json, format_time};
use bson::{DateTime, oid::ObjectId};
use serde_json::{Value, json};

/// The body that tells of an event.
pub fn of_event(ticket: &Ticket, event: &TicketEvent, message: Option<&TicketMessage>) -> String {
    json!({
        "type": event.kind.as_str(),
        "timestamp": format_time(event.created_at),
        "data": {
            "company_id": id(event.company_id),
            "ticket": ticket_of(ticket),
            "message": message.map(message_of),
            "changes": changes_of(event),
            "actor": event.actor_id.map(|actor| json!({ "id": actor.to_hex(), "name": event.actor_name })),
        },
    })
    .to_string()
}

/// The body of a test.
pub fn of_test(company: Option<ObjectId>, webhook: &str, now: DateTime) -> String {
    json!({
        "type": super::TEST,
        "timestamp": format_time(now),
        "data": { "company_id": id(company), "webhook": webhook },
    })
    .to_string()
}

/// A body without the text of its message.
pub fn redacted(body: &str) -> Result<String> {
    let mut body: Value = serde_json::from_str(body).map_err(AppError::internal)?;
    if let Some(text) = body.pointer_mut("/data/message/body") {
        *text = Value::from("");
    }
    Ok(body.to_string())
}

fn ticket_of(ticket: &Ticket) -> Value {
    json!({
        "id": ticket.id.to_hex(),
        "number": ticket.number,
        "reference": ticket.reference,
        "subject": ticket.subject,
        "status": ticket.status.as_str(),
        "priority": ticket.priority.as_str(),
        "kind": ticket.kind,
        "channel": ticket.channel.as_str(),
        "requester_id": ticket.requester_id.to_hex(),
        "cc_ids": ids(&ticket.cc_ids),
        "assignee_id": id(ticket.assignee_id),
        "department_id": id(ticket.department_id),
        "category_id": id(ticket.category_id),
        "tag_ids": ids(&ticket.tag_ids),
        "external_id": ticket.external_id,
        "is_spam": ticket.is_spam,
        "archived": ticket.archived,
        "merged_into": id(ticket.merged_into),
        "follow_up_of": id(ticket.follow_up_of),
        "split_from": id(ticket.split_from),
        "created_at": format_time(ticket.created_at),
        "updated_at": format_time(ticket.updated_at),
        "solved_at": ticket.solved_at.map(format_time),
        "closed_at": ticket.closed_at.map(format_time),
        "version": ticket.version,
    })
}

fn message_of(message: &TicketMessage) -> Value {
    json!({
        "id": message.id.to_hex(),
        "kind": message.kind.as_str(),
        "visibility": message.visibility.as_str(),
        "author_id": id(message.author_id),
        "author_name": message.author_name,
        "author_is_staff": message.author_is_staff,
        "via": message.via,
        "body": message.body,
        "created_at": format_time(message.created_at),
    })
}

/// Changed fields of the ticket that are among those told of it.
fn changes_of(event: &TicketEvent) -> Value {
    let told = |change: &Value| {
        let field = change["field"].as_str().unwrap_or_default();
        // Wake-up and followers are the history's business, but no part of the ticket as it is told.
        !["wake_at", "follower_ids"].contains(&field)
    };
    match bson_to_json(&event.changes) {
        Value::Array(changes) => changes.into_iter().filter(told).collect(),
        _ => json!([]),
    }
}

fn id(id: Option<ObjectId>) -> Value {
    id.map_or(Value::Null, |id| Value::from(id.to_hex()))
}

fn ids(ids: &[ObjectId]) -> Vec<String> {
    ids.iter().map(|id| id.to_hex()).collect()
}
