//! The status machine: which steps there are, who may take them, and what each brings with it.

use super::super::assignee::release_absent;
use super::super::body::parse_body;
use super::super::change::Change;
use super::super::events::NewEvent;
use super::super::find::{Found, check_writable, find};
use super::super::messages::{self, NewMessage};
use super::required::check_required;
use crate::answer_once;
use crate::db::{Db, Patch, Tx};
use crate::engine::{WriteRequest, reply};
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::{EventKind, MessageKind, Status, Ticket};
use crate::permissions::{Caller, Permit, Role, TicketsTransition};
use crate::schema::FieldSpec;
use crate::web::Reply;
use bson::{Bson, DateTime, Document};

/// Body of a status change.
pub const BODY: &[FieldSpec] = &[
    FieldSpec::one_of(Status::NAMES).required().named("status", "New status."),
    FieldSpec::prose(1, 20_000).nullable().named(
        "comment",
        "Public reply that goes with it. Beside the present status it does what any reply does, but reopens nothing that is called solved.",
    ),
    FieldSpec::time().nullable().named("wake_at", "When a pending or held ticket opens by itself."),
    FieldSpec::text(1, 500).nullable().named("reason", "Why a ticket is closed that is not solved."),
];

/// Moves a ticket to another status, with or without a comment, and answers with it.
pub async fn change_status(
    db: &Db,
    permit: &Permit<TicketsTransition>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let body = parse_body(BODY, &request.body, permit.actor())?;
    answer_once!(db, permit, request, |tx| {
        let current = find(&mut tx, permit, id).await?;
        request.conditions.check(current.ticket.version)?;
        let after = change_in(&mut tx, permit, current, &body).await?;
        reply(permit, &after.document)
    })
}

/// The part of a status change that runs in the transaction.
pub async fn change_in(
    tx: &mut Tx,
    permit: &Permit<TicketsTransition>,
    current: Found,
    body: &Document,
) -> Result<Found> {
    let ticket = &current.ticket;
    check_writable(tx, permit.caller(), ticket).await?;
    let to = body.get_str("status").ok().and_then(Status::parse);
    let to = to.ok_or_else(|| AppError::bug("a status body without status"))?;
    let wake_at = body.get_datetime("wake_at").ok().copied();
    check_wake(to, wake_at, tx.now())?;
    let comment = body.get_str("comment").ok();
    let moves = to != ticket.status;
    if moves {
        check_step(ticket.status, to, permit.actor().role(), body.get_str("reason").is_ok())?;
    } else if comment.is_none() {
        return Ok(current);
    } else if to == Status::Closed {
        return Err(invalid(ticket.status, to, permit.actor().role()));
    }
    if moves && to == Status::Solved {
        check_required(tx, permit.caller(), &current).await?;
    }
    let mut patch = Patch::new();
    let message = match comment {
        Some(text) => {
            let new = NewMessage::plain(MessageKind::PublicReply, text);
            let message = messages::add(tx, permit.caller(), ticket, &new, &mut patch).await?;
            // Whoever says that it is solved means it: nothing is reopened by a word of thanks.
            if !moves && to != Status::Solved {
                follow(tx, permit.caller(), ticket, &new, &mut patch).await?;
            }
            Some(message)
        }
        None => None,
    };
    if moves {
        enter(ticket, to, tx.now(), &mut patch);
        patch.put(Ticket::wake_at(), wake_at);
        if to == Status::Open {
            release_absent(tx, permit.scope(), ticket, &mut patch).await?;
        }
    }
    let kind = if moves { EventKind::StatusChanged } else { EventKind::MessageAdded };
    let mut event = NewEvent::public(kind);
    event.message_id = message.as_ref().map(|message| message.id);
    event.reason = body.get_str("reason").ok().map(str::to_owned);
    let change = Change {
        scope: permit.scope(),
        actor: Some(permit.actor()),
        action: "tickets.transition",
        patch,
        events: vec![event],
        message: message.as_ref(),
    };
    change.apply(tx, &current).await
}

/// Takes the step that a message brings about by itself, if it does.
pub async fn follow(
    tx: &mut Tx,
    caller: &Caller,
    ticket: &Ticket,
    new: &NewMessage,
    patch: &mut Patch<Ticket>,
) -> Result<()> {
    if let Some(to) = messages::automatic(ticket, caller, new) {
        enter(ticket, to, tx.now(), patch);
        release_absent(tx, caller.scope(), ticket, patch).await?;
    }
    Ok(())
}

/// Sets status and what follows from it: times, counts, the alarm.
pub fn enter(ticket: &Ticket, to: Status, now: DateTime, patch: &mut Patch<Ticket>) {
    patch.put(Ticket::status(), to);
    patch.put(Ticket::wake_at(), Bson::Null);
    match to {
        Status::Solved => {
            patch.put(Ticket::solved_at(), now);
            if ticket.first_solved_at.is_none() {
                patch.put(Ticket::first_solved_at(), now);
            }
        }
        Status::Closed => patch.put(Ticket::closed_at(), now),
        Status::Open if ticket.status == Status::Solved => {
            patch.put(Ticket::reopened_at(), now);
            patch.put(Ticket::reopen_count(), ticket.reopen_count + 1);
        }
        Status::New | Status::Open | Status::Pending | Status::OnHold => {}
    }
}

/// Where a ticket can go from a status, whoever moves it.
fn steps(from: Status) -> &'static [Status] {
    match from {
        Status::New => &[Status::Open, Status::Pending, Status::OnHold, Status::Solved, Status::Closed],
        Status::Open => &[Status::Pending, Status::OnHold, Status::Solved, Status::Closed],
        Status::Pending | Status::OnHold => &[Status::Open, Status::Solved, Status::Closed],
        Status::Solved => &[Status::Open, Status::Closed],
        Status::Closed => &[],
    }
}

/// Whether a role may take a step that exists.
fn may_step(role: Role, from: Status, to: Status) -> bool {
    match role {
        Role::Superadmin | Role::CompanyAdmin => true,
        Role::ContentManager | Role::ContentWriter => to != Status::Closed,
        Role::Client => to == Status::Solved || (from == Status::Solved && to == Status::Open),
    }
}

/// Where a role can move a ticket from a status.
pub fn allowed(from: Status, role: Role) -> Vec<&'static str> {
    steps(from).iter().filter(|to| may_step(role, from, **to)).map(|to| to.as_str()).collect()
}

fn check_step(from: Status, to: Status, role: Role, reasoned: bool) -> Result<()> {
    if !steps(from).contains(&to) {
        return Err(invalid(from, to, role));
    }
    if !may_step(role, from, to) {
        let problem = Problem::new(Code::Forbidden, "Your role does not allow this step.");
        let problem = problem.with("missing_capability", "tickets.transition");
        return Err(problem.with("allowed", allowed(from, role)).into());
    }
    if to == Status::Closed && from != Status::Solved && !reasoned {
        let message = "Required to close a ticket that is not solved.";
        return Err(FieldErrors::one("reason", Code::ValidationFailed, message).into());
    }
    Ok(())
}

/// The refusal of a step that the machine does not have.
pub fn invalid(from: Status, to: Status, role: Role) -> AppError {
    Problem::new(Code::InvalidTransition, format!("A ticket cannot go from {from} to {to}."))
        .with("from", from.as_str())
        .with("to", to.as_str())
        .with("allowed", allowed(from, role))
        .into()
}

fn check_wake(to: Status, wake_at: Option<DateTime>, now: DateTime) -> Result<()> {
    let Some(at) = wake_at else { return Ok(()) };
    let message = match to {
        Status::Pending | Status::OnHold if at > now => return Ok(()),
        Status::Pending | Status::OnHold => "Must be in the future.",
        _ => "Only tickets that are pending or on hold wake.",
    };
    Err(FieldErrors::one("wake_at", Code::ValidationFailed, message).into())
}
