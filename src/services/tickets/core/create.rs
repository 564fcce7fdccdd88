//! Files a ticket: who asks, its number, department, priority and assignee, and its first message.

use super::super::assignee::{check_assignee, is_in_use};
use super::super::events::{self, NewEvent};
use super::super::messages::{self, NewMessage};
use super::super::strategy::{Pick, pick};
use super::super::{number, settings};
use crate::answer_once;
use crate::db::{Db, Draft, Expr, Filter, Tx};
use crate::engine::{FieldChange, Reading, WriteRequest, Writing, create_in, parse_input};
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::{Category, EventKind, Priority, Settings, Status, Ticket};
use crate::permissions::{Caller, Mask, Permit, Role, TicketsCreate};
use crate::web::Reply;
use bson::{Bson, oid::ObjectId};

/// What clients may set where the company lets them choose the priority.
const CLIENT_WITH_PRIORITY: Mask = Mask::Only(&[
    "subject",
    "description",
    "category_id",
    "cc_ids",
    "external_id",
    "attachment_ids",
    "priority",
]);

/// Most characters of the text with which a ticket is filed.
pub const MAX_DESCRIPTION: usize = 20_000;

/// Files a ticket and answers 201 with it.
///
/// # Errors
/// 409 `duplicate_external_id`, with the `id` of the other ticket when the caller sees it; else those of any create.
pub async fn create(db: &Db, permit: &Permit<TicketsCreate>, request: &WriteRequest) -> Result<Reply> {
    let reading = Reading {
        write: write_mask(db, permit).await?,
        read: permit.read_mask(),
        current: None,
        company: permit.scope().company(),
        lenient: request.lenient,
    };
    let input = parse_input::<Ticket>(&request.body, &reading)?;
    let filed = answer_once!(db, permit, request, |tx| create_in::<Ticket>(&mut tx, permit, &input).await);
    match filed {
        Err(AppError::Problem(problem)) if is_duplicate(&problem) => {
            let external = input.fields.get("external_id").cloned().unwrap_or_default();
            Err(duplicate(db, permit.caller(), external).await?)
        }
        filed => filed,
    }
}

async fn write_mask(db: &Db, permit: &Permit<TicketsCreate>) -> Result<Mask> {
    if permit.actor().role() == Role::Client {
        let settings = db.within::<Settings>(permit.scope()).find_one(Filter::all()).await?;
        if settings.is_some_and(|settings| settings.client_priority) {
            return Ok(CLIENT_WITH_PRIORITY);
        }
    }
    Ok(permit.write_mask())
}

fn is_duplicate(problem: &Problem) -> bool {
    problem.code == Code::UniqueViolation && problem.fields.iter().any(|fault| fault.field == "external_id")
}

async fn duplicate(db: &Db, caller: &Caller, external: Bson) -> Result<AppError> {
    let view = caller.view::<Ticket>();
    let other = db.of(&view).find_one(Expr::eq("external_id", external).into()).await?;
    let problem = Problem::new(Code::DuplicateExternalId, "Another ticket has this external id already.");
    Ok(match other {
        Some(other) => problem.with("id", other.id.to_hex()).into(),
        None => problem.into(),
    })
}

/// Completes a new ticket before it is stored.
pub(in super::super) async fn complete(cx: &mut Writing<'_>, draft: &mut Draft<Ticket>) -> Result<()> {
    let (scope, now) = (cx.caller.scope().clone(), cx.tx.now());
    draft.put(Ticket::requester_id(), requester(cx.caller, draft)?);
    let chosen_status = chosen_status(draft)?;
    let category = category(cx.tx, cx.caller, draft.get(Ticket::category_id())).await?;
    if let Some(named) = draft.get(Ticket::department_id()).and_then(Bson::as_object_id)
        && !is_in_use(cx.tx, &scope, named).await?
    {
        let message = "The department is not in use any more.";
        return Err(FieldErrors::one("department_id", Code::ValidationFailed, message).into());
    }
    if let Some(category) = &category {
        if is_empty(draft.get(Ticket::department_id()))
            && let Some(usual) = category.department_id
            && is_in_use(cx.tx, &scope, usual).await?
        {
            draft.put(Ticket::department_id(), usual);
        }
        if draft.get(Ticket::priority()).is_none() {
            draft.put(Ticket::priority(), category.default_priority.unwrap_or(Priority::Normal));
        }
    }
    let department = draft.get(Ticket::department_id()).and_then(Bson::as_object_id);
    let settings = settings::settings(cx.tx, &scope).await?;
    let named = draft.get(Ticket::assignee_id()).and_then(Bson::as_object_id);
    let picked = match named {
        Some(assignee) => {
            check_assignee(cx.tx, cx.caller, assignee, department).await?;
            Pick::Person(assignee)
        }
        None => pick(cx.tx, &scope, &settings, department, category.map(|category| category.id)).await?,
    };
    if let Pick::Person(assignee) = picked {
        draft.put(Ticket::assignee_id(), assignee);
        draft.put(Ticket::first_assigned_at(), now);
        if chosen_status.is_none() {
            draft.put(Ticket::status(), Status::Open);
        }
    }
    // The second event tells of the assignee, or that there is none.
    draft.put(Ticket::event_count(), if picked == Pick::Manual { 1_i64 } else { 2 });
    if let Some(text) =
        draft.get(Ticket::description()).and_then(Bson::as_str).filter(|text| !text.is_empty())
    {
        let preview = messages::preview(text);
        draft.put(Ticket::last_message_preview(), preview);
        draft.put(Ticket::message_count(), 1_i64);
        draft.put(Ticket::message_seq(), 1_i64);
        draft.put(Ticket::public_message_count(), 1_i64);
        // Whoever files it, the first message is what the requester asks.
        for at in
            [Ticket::last_message_at(), Ticket::last_public_message_at(), Ticket::last_client_message_at()]
        {
            draft.put(at, now);
        }
    }
    let files =
        draft.get(Ticket::attachment_ids()).and_then(Bson::as_array).is_some_and(|ids| !ids.is_empty());
    if files && is_empty_text(draft.get(Ticket::description())) {
        let message = "Required with files: the first message carries them.";
        return Err(FieldErrors::one("description", Code::ValidationFailed, message).into());
    }
    let prefix = settings.ticket_prefix;
    // Last, as a number is spent whatever becomes of the ticket.
    let number = number::next(cx.tx.db(), &scope).await?;
    draft.put(Ticket::number(), number);
    draft.put(Ticket::reference(), format!("{prefix}-{number}"));
    Ok(())
}

/// Clients ask for themselves; staff for a person of the company, or for themselves.
fn requester(caller: &Caller, draft: &Draft<Ticket>) -> Result<ObjectId> {
    let actor = caller.actor();
    if actor.role() == Role::Client {
        return Ok(actor.user_id());
    }
    let at_home = actor.home_company().is_some() && actor.home_company() == caller.scope().company();
    let named = draft.get(Ticket::requester_id()).and_then(Bson::as_object_id);
    named.or(at_home.then(|| actor.user_id())).ok_or_else(|| {
        let message = "Required: you are not of the company yourself.";
        FieldErrors::one("requester_id", Code::ValidationFailed, message).into()
    })
}

fn chosen_status(draft: &Draft<Ticket>) -> Result<Option<Status>> {
    let chosen = draft.get(Ticket::status()).and_then(Bson::as_str).and_then(Status::parse);
    match chosen {
        None | Some(Status::New | Status::Open | Status::Pending) => Ok(chosen),
        Some(_) => {
            let message = "A new ticket may be new, open or pending.";
            Err(FieldErrors::one("status", Code::ValidationFailed, message).into())
        }
    }
}

/// The category of a ticket, which must be in use.
pub(super) async fn category(tx: &mut Tx, caller: &Caller, id: Option<&Bson>) -> Result<Option<Category>> {
    let Some(id) = id.and_then(Bson::as_object_id) else { return Ok(None) };
    let category = tx.within::<Category>(caller.scope()).get(id).await?;
    if !category.is_active {
        let message = "The category is not in use any more.";
        return Err(FieldErrors::one("category_id", Code::ValidationFailed, message).into());
    }
    Ok(Some(category))
}

fn is_empty_text(value: Option<&Bson>) -> bool {
    value.and_then(Bson::as_str).is_none_or(str::is_empty)
}

fn is_empty(value: Option<&Bson>) -> bool {
    value.is_none_or(|value| *value == Bson::Null)
}

/// Writes the first message and the history of a new ticket.
pub(in super::super) async fn announce(
    cx: &mut Writing<'_>,
    ticket: &Ticket,
    changes: Vec<FieldChange>,
) -> Result<()> {
    let (scope, actor) = (cx.caller.scope().clone(), cx.caller.actor().clone());
    let message = match ticket.description.as_deref().filter(|text| !text.is_empty()) {
        Some(text) => {
            let attachment_ids = ticket.attachment_ids.clone().unwrap_or_default();
            let new = NewMessage { attachment_ids, ..NewMessage::opening(text) };
            Some(messages::insert(cx.tx, cx.caller, ticket.id, 1, &new).await?)
        }
        None => None,
    };
    let mut created = NewEvent::public(EventKind::Created);
    created.message_id = message.as_ref().map(|message| message.id);
    created.changes.clone_from(&changes);
    events::record(cx.tx, &scope, Some(&actor), ticket, 1, created, message.as_ref()).await?;
    if ticket.event_count > 1 {
        let kind = if ticket.assignee_id.is_some() { EventKind::Assigned } else { EventKind::Unassignable };
        let mut event = NewEvent::private(kind);
        event.changes = changes.into_iter().filter(|change| change.field == "assignee_id").collect();
        events::record(cx.tx, &scope, Some(&actor), ticket, 2, event, None).await?;
    }
    Ok(())
}
