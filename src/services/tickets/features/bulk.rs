//! One action on many tickets: each for itself under the usual rules, with its own result.

use super::super::body::{ids, parse_body};
use super::super::change::Change;
use super::super::core::status::{self, change_in};
use super::super::events::NewEvent;
use super::super::find::{check_writable, explain, find};
use super::archive::archive_in;
use super::assignment::assign_in;
use crate::answer_once;
use crate::db::{Db, Patch, Tx};
use crate::engine::{MAX_BULK, Outcome, WriteRequest, delete_in, earlier, find_missing, settle};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{EventKind, Ticket};
use crate::permissions::{
    Permit, TicketsArchive, TicketsAssign, TicketsBulk, TicketsDelete, TicketsTransition, TicketsUpdate,
};
use crate::schema::{FieldSpec, Kind};
use crate::web::Reply;
use bson::{Bson, Document, oid::ObjectId};
use serde_json::json;

crate::text_enum! {
    /// What is done with each ticket.
    pub enum BulkAction {
        /// Another status.
        Status = "status",
        /// Another assignee or department.
        Assign = "assign",
        /// More tags.
        AddTags = "add_tags",
        /// Fewer tags.
        RemoveTags = "remove_tags",
        /// Into the archive.
        Archive = "archive",
        /// Into the trash.
        Delete = "delete",
    }
}

/// Body of a bulk call.
pub const BODY: &[FieldSpec] = &[
    FieldSpec::new(Kind::Texts { max: MAX_BULK, max_len: 24 })
        .required()
        .named("ids", "Tickets, by id or number."),
    FieldSpec::one_of(BulkAction::NAMES).required().named("action", "What is done with each."),
    FieldSpec::one_of(crate::models::Status::NAMES).named("status", "For `status`."),
    FieldSpec::prose(1, 20_000).nullable().named("comment", "For `status`."),
    FieldSpec::time().nullable().named("wake_at", "For `status`."),
    FieldSpec::text(1, 500).nullable().named("reason", "For `status`."),
    FieldSpec::id_of("users").nullable().named("assignee_id", "For `assign`: person, `me`, or null."),
    FieldSpec::id_of("departments").nullable().named("department_id", "For `assign`."),
    FieldSpec::ids_of("tags", 50).named("tag_ids", "For `add_tags` and `remove_tags`."),
];

/// Most tags of a ticket.
const MAX_TAGS: usize = 50;

/// Does one action with many tickets and answers 200 with what became of each, however many failed.
///
/// # Errors
/// 400 without `Idempotency-Key`: a call that came half through must be repeatable.
pub async fn bulk(db: &Db, permit: &Permit<TicketsBulk>, request: &WriteRequest) -> Result<Reply> {
    let Some(key) = &request.idempotency else {
        let detail = "Bulk calls need an Idempotency-Key header.";
        return Err(AppError::problem(Code::MalformedRequest, detail));
    };
    let body = parse_body(BODY, &request.body, permit.actor())?;
    let action = check(&body)?;
    if let Some(reply) = earlier(db, permit.caller(), request).await? {
        return Ok(reply);
    }
    // The same for a repeated call, so that its steps are told as parts of one operation.
    let operation = key.id();
    let mut outcome = Outcome::default();
    let wanted: Vec<&str> = body.get_array("ids").into_iter().flatten().filter_map(Bson::as_str).collect();
    for id in &wanted {
        let part = WriteRequest { idempotency: Some(key.part(id)), ..WriteRequest::default() };
        let done: Result<Reply> = answer_once!(db, permit, part, |tx| {
            tx.be_part_of(operation);
            one(&mut tx, permit, id, action, &body).await.map(|()| Reply::ok(json!({})))
        });
        outcome.note(id, done)?;
    }
    let mut reply = outcome.reply();
    let count = |list: &serde_json::Value| list.as_array().map_or(0, Vec::len);
    let (succeeded, failed) = (count(&reply.body()["data"]), count(&reply.body()["errors"]));
    if let Some(members) = reply.body_mut().as_object_mut() {
        members.insert("bulk_id".to_owned(), json!(operation));
        members.insert("succeeded".to_owned(), json!(succeeded));
        members.insert("failed".to_owned(), json!(failed));
    }
    settle(db, permit.caller(), request, reply).await
}

/// The action, if the body has what it needs.
fn check(body: &Document) -> Result<BulkAction> {
    let action = body.get_str("action").ok().and_then(BulkAction::parse);
    let action = action.ok_or_else(|| AppError::bug("a bulk body without action"))?;
    let needed: &[&str] = match action {
        BulkAction::Status => &["status"],
        BulkAction::Assign => &["assignee_id", "department_id"],
        BulkAction::AddTags | BulkAction::RemoveTags => &["tag_ids"],
        BulkAction::Archive | BulkAction::Delete => return Ok(action),
    };
    if needed.iter().any(|name| body.contains_key(name)) {
        return Ok(action);
    }
    let message = format!("Required for {action}.");
    Err(FieldErrors::one(needed[0], Code::ValidationFailed, message).into())
}

async fn one(
    tx: &mut Tx,
    permit: &Permit<TicketsBulk>,
    id: &str,
    action: BulkAction,
    body: &Document,
) -> Result<()> {
    match action {
        BulkAction::Status => {
            let permit = permit.require::<TicketsTransition>()?;
            let current = find(tx, &permit, id).await?;
            change_in(tx, &permit, current, &part(body, status::BODY)).await?;
        }
        BulkAction::Assign => {
            let permit = permit.require::<TicketsAssign>()?;
            let current = find(tx, &permit, id).await?;
            assign_in(tx, &permit, current, &part(body, super::assignment::BODY)).await?;
        }
        BulkAction::AddTags | BulkAction::RemoveTags => {
            let permit = permit.require::<TicketsUpdate>()?;
            tag(tx, &permit, id, &ids(body, "tag_ids"), action == BulkAction::AddTags).await?;
        }
        BulkAction::Archive => {
            let permit = permit.require::<TicketsArchive>()?;
            let current = find(tx, &permit, id).await?;
            archive_in(tx, &permit, current, true).await?;
        }
        BulkAction::Delete => {
            let permit = permit.require::<TicketsDelete>()?;
            let done = delete_in::<Ticket>(tx, &permit, id, &WriteRequest::default()).await;
            if let Err(error) = done {
                return Err(explain(tx, permit.caller(), id, error).await?);
            }
        }
    }
    Ok(())
}

/// The members of a body that an action knows.
fn part(body: &Document, fields: &[FieldSpec]) -> Document {
    let known = |name: &str| fields.iter().any(|field| field.name == name);
    body.iter().filter(|(name, _)| known(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

async fn tag(
    tx: &mut Tx,
    permit: &Permit<TicketsUpdate>,
    id: &str,
    tags: &[ObjectId],
    add: bool,
) -> Result<()> {
    let current = find(tx, permit, id).await?;
    check_writable(tx, permit.caller(), &current.ticket).await?;
    let refuse = |code, message: &str| AppError::from(FieldErrors::one("tag_ids", code, message));
    let held = &current.ticket.tag_ids;
    let touched: Vec<ObjectId> = tags.iter().copied().filter(|tag| held.contains(tag) != add).collect();
    if add && !find_missing(tx, permit.caller(), "tags", &touched).await?.is_empty() {
        return Err(refuse(Code::ReferenceNotFound, "Names a record that does not exist."));
    }
    if add && held.len() + touched.len() > MAX_TAGS {
        return Err(refuse(Code::ValidationFailed, "A ticket has 50 tags at most."));
    }
    if touched.is_empty() {
        return Ok(());
    }
    let patch = if add {
        Patch::new().add_to_set(Ticket::tag_ids(), touched)
    } else {
        Patch::new().pull(Ticket::tag_ids(), touched)
    };
    let change = Change {
        scope: permit.scope(),
        actor: Some(permit.actor()),
        action: "tickets.update",
        patch,
        events: vec![NewEvent::private(EventKind::Updated)],
        message: None,
    };
    change.apply(tx, &current).await?;
    Ok(())
}
