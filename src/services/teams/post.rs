//! Posts cards: by a job for events, at once for a person who tries a connection.

use super::{address, card, health};
use crate::app::App;
use crate::db::TenantModel;
use crate::db::{Author, Filter};
use crate::egress::{CallError, Incoming, Outgoing};
use crate::engine::WriteRequest;
use crate::engine::audit::{self, Act};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::jobs::{Failure, Kind, Lease, Policy};
use crate::models::{TeamsConnection, Ticket, TicketEvent, TicketMessage};
use crate::permissions::{Permit, TeamsConnectionsUpdate, TenantScope};
use crate::transaction;
use crate::web::Reply;
use bson::oid::ObjectId;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Duration;

/// Posts the card of one event to one connection.
pub struct Post;

/// Which ones.
#[derive(Debug, Serialize, Deserialize)]
pub struct Posted {
    /// Connection.
    pub connection_id: ObjectId,
    /// Ticket.
    pub ticket_id: ObjectId,
    /// Event.
    pub event_id: ObjectId,
    /// Message whose text the card shows.
    pub message_id: Option<ObjectId>,
}

/// How a try failed.
struct Refusal {
    why: String,
    /// Whether another try may succeed, and what the host says of when.
    again: Option<Option<Duration>>,
}

impl Kind for Post {
    const NAME: &'static str = "teams.post";
    const OUTWARD: bool = true;
    const POLICY: Policy = Policy {
        max_attempts: 8,
        first_pause: Duration::from_secs(10),
        longest_pause: Duration::from_secs(3600),
    };
    type Payload = Posted;

    async fn run(app: &App, lease: &Lease, posted: Posted) -> Result<(), Failure> {
        let (db, scope) = (app.db(), &lease.scope);
        let connection =
            db.within::<TeamsConnection>(scope).find_one(Filter::id(posted.connection_id)).await?;
        let Some(connection) = connection.filter(|connection| connection.is_active) else { return Ok(()) };
        let ticket = db.within::<Ticket>(scope).with_trash().find_one(Filter::id(posted.ticket_id)).await?;
        let event = db.within::<TicketEvent>(scope).find_one(Filter::id(posted.event_id)).await?;
        let (Some(ticket), Some(event)) = (ticket, event) else { return Ok(()) };
        // As it reads now: what was redacted meanwhile is not told.
        let message = match posted.message_id {
            Some(id) => db.within::<TicketMessage>(scope).find_one(Filter::id(id)).await?,
            None => None,
        };
        let card = card::of_event(&app.limits().public_url, &ticket, &event, message.as_ref());
        let sent = send(app, scope, &connection, &card).await;
        let author = Author { user: None, company: scope.company() };
        let lost = sent.as_ref().err().map(|refusal| refusal.why.clone());
        transaction!(db, author, |tx| {
            health::note(&mut tx, scope, connection.id, lost.as_deref()).await?;
            if lost.is_none() {
                lease.finish(&mut tx).await?;
            }
            Ok(())
        })?;
        match sent {
            Ok(()) => Ok(()),
            Err(Refusal { why, again: Some(pause) }) => Err(Failure::Retry(why, pause)),
            Err(Refusal { why, again: None }) => Err(Failure::Final(why)),
        }
    }
}

/// Posts a test card at once and tells what came of it, as `{ok, error}`.
pub async fn test(
    app: &App,
    permit: &Permit<TeamsConnectionsUpdate>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    if let Some(name) = request.body.keys().next() {
        return Err(FieldErrors::one(name, Code::UnknownField, "There is no such field.").into());
    }
    let wanted = TeamsConnection::lookup(id).ok_or_else(AppError::not_found)?;
    let connection = app.db().of(permit).find_one(wanted.into()).await?.ok_or_else(AppError::not_found)?;
    let sent = send(app, permit.scope(), &connection, &card::of_test(&connection.name)).await;
    transaction!(app.db(), permit.actor().author(), |tx| {
        let act = Act {
            action: "teams_connections.test",
            resource: "teams_connections",
            id: Some(connection.id),
            changes: Vec::new(),
            version: None,
        };
        audit::append(&mut tx, permit.scope(), Some(permit.actor()), act).await
    })?;
    let error = sent.err().map(|refusal| refusal.why);
    Ok(Reply::ok(json!({ "ok": error.is_none(), "error": error })))
}

async fn send(
    app: &App,
    scope: &TenantScope,
    connection: &TeamsConnection,
    card: &Value,
) -> Result<(), Refusal> {
    let final_ = |why: &str| Refusal { why: why.to_owned(), again: None };
    let sealed = connection.url.as_deref().ok_or_else(|| final_("There is no address."))?;
    let target = address::open(app, scope, sealed)
        .map_err(|_| final_("The address cannot be used. Enter it once more."))?;
    let request = Outgoing::post_json(app.egress(), target, card.to_string());
    judge(&app.egress().call(&request).await, app.clock().unix())
}

fn judge(answer: &Result<Incoming, CallError>, unix: i64) -> Result<(), Refusal> {
    match answer {
        Ok(answer) if answer.status.is_success() => Ok(()),
        Ok(answer) => {
            let status = answer.status;
            let again = status == StatusCode::TOO_MANY_REQUESTS
                || status == StatusCode::REQUEST_TIMEOUT
                || status.is_server_error();
            let pause = answer.retry_after(unix).map(|seconds| Duration::from_secs(seconds.min(3600)));
            let why = format!("The workflow answered {}.", status.as_u16());
            Err(Refusal { why, again: again.then_some(pause) })
        }
        Err(error) => {
            let again = *error != CallError::NotAllowed;
            Err(Refusal { why: error.to_string(), again: again.then_some(None) })
        }
    }
}
