//! Who else of the staff has a ticket open. It leaves no trace: no version of the ticket, no history, nobody is notified.

use super::super::body::parse_body;
use crate::db::{Db, Filter, Op, Patch, TenantModel};
use crate::errors::{AppError, Result};
use crate::models::{Activity, Ticket, TicketPresence};
use crate::permissions::{Permit, TicketsPresence, TicketsRead};
use crate::schema::{FieldSpec, Kind, format_time};
use crate::web::Reply;
use bson::{DateTime, oid::ObjectId};
use serde_json::{Map, Value, json};

/// Who did not say so for longer than this has gone.
const FRESH_MS: i64 = 30_000;
/// Most people who are shown.
const MOST: i64 = 50;
/// What a company reads in place of the name of an operator of the platform: that somebody is there matters to whoever
/// writes an answer, who it is stands in the audit log.
const OPERATOR: &str = "Operator";

/// Body that says what the caller does.
pub const BODY: &[FieldSpec] =
    &[FieldSpec::one_of(Activity::NAMES).required().named("activity", "What one does with the ticket.")];

const PERSON: &[FieldSpec] = &[
    FieldSpec::id_of("users").required().named("user_id", "Person."),
    FieldSpec::text(0, 120).required().named("user_name", "Name; `Operator` for operators of the platform."),
    FieldSpec::one_of(Activity::NAMES).required().named("activity", "What the person does."),
    FieldSpec::time().required().named("seen_at", "When the person last said so."),
];

/// The others.
pub const OTHERS: &[FieldSpec] = &[
    FieldSpec::new(Kind::Objects { fields: PERSON, max: 50 })
        .required()
        .named("data", "Who else has the ticket open, in the order in which they came."),
    FieldSpec::int(0, MOST).required().named("total", "How many they are; no more than 50 are told."),
];

/// Says that the caller has a ticket open, and answers with the others who have.
pub async fn announce(
    db: &Db,
    permit: &Permit<TicketsPresence>,
    id: &str,
    body: &Map<String, Value>,
) -> Result<Reply> {
    let body = parse_body(BODY, body, permit.actor())?;
    let ticket = open(db, permit, id).await?;
    let (me, activity) = (permit.actor().user_id(), body.get_str("activity").unwrap_or_default());
    let name = if permit.actor().acting().is_some() { OPERATOR } else { permit.actor().name() };
    let moments = db.passing::<TicketPresence>(permit.scope(), me)?;
    let patch = Patch::new()
        .set(TicketPresence::user_name(), name)
        .set(TicketPresence::activity(), activity)
        .set(TicketPresence::seen_at(), moments.now());
    moments.put(&[(TicketPresence::ticket_id(), ticket), (TicketPresence::user_id(), me)], patch).await?;
    others(db, permit, ticket).await
}

/// Says that the caller has left a ticket, and answers with those who are still there.
pub async fn leave(db: &Db, permit: &Permit<TicketsPresence>, id: &str) -> Result<Reply> {
    let ticket = open(db, permit, id).await?;
    let me = permit.actor().user_id();
    let mine = Filter::eq(TicketPresence::ticket_id(), ticket).and(Filter::eq(TicketPresence::user_id(), me));
    db.passing::<TicketPresence>(permit.scope(), me)?.remove(mine).await?;
    others(db, permit, ticket).await
}

/// The id of a ticket that the caller sees.
async fn open(db: &Db, permit: &Permit<TicketsPresence>, id: &str) -> Result<ObjectId> {
    let wanted = Ticket::lookup(id).ok_or_else(AppError::not_found)?;
    // Asked every few seconds: the record itself, which may be long, is not read.
    let found = db.of(&permit.other::<TicketsRead>()).ids(&wanted, 1).await?;
    found.first().copied().ok_or_else(AppError::not_found)
}

async fn others(db: &Db, permit: &Permit<TicketsPresence>, ticket: ObjectId) -> Result<Reply> {
    let since = DateTime::from_millis(db.clock().now().timestamp_millis() - FRESH_MS);
    let here = Filter::eq(TicketPresence::ticket_id(), ticket)
        .and(Filter::cmp(TicketPresence::user_id(), Op::Ne, permit.actor().user_id()))
        .and(Filter::cmp(TicketPresence::seen_at(), Op::Gt, since));
    let people = db.within::<TicketPresence>(permit.scope()).find(here, MOST).await?;
    let person = |found: &TicketPresence| {
        json!({
            "user_id": found.user_id.to_hex(), "user_name": found.user_name, "activity": found.activity,
            "seen_at": format_time(found.seen_at),
        })
    };
    let data: Vec<Value> = people.iter().map(person).collect();
    Ok(Reply::ok(json!({ "total": data.len(), "data": data })))
}
