//! `/api/tickets/{id}/messages`, and `GET /api/ticket_messages` for lists by reference.

use crate::app::App;
use crate::engine::{ListQuery, Preconditions};
use crate::errors::{Code, Result};
use crate::models::TicketMessage;
use crate::permissions::{Authorized, MessagesCreate, MessagesDelete, MessagesRead, MessagesUpdate};
use crate::services::tickets::messages::{create, delete, read, update};
use crate::web::{AnswerDoc, BodyDoc, Doc, Pairs, Path, Reply, Routes, Write, listing_response};
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;

const ALL: &str = "/api/tickets/{id}/messages";
const ONE: &str = "/api/tickets/{id}/messages/{message_id}";

pub fn routes() -> Routes {
    let list = Doc::new("List the messages of a ticket, oldest first; clients see public ones.");
    let named = Doc::new("List the messages of the ticket that the filter names by `ticket_id`.");
    let add = Doc::new("Write to a ticket. A client's message to a closed ticket opens a new one.")
        .body(BodyDoc::New)
        .answer(AnswerDoc::Created)
        .codes(&[
            Code::Deleted,
            Code::TicketMerged,
            Code::Archived,
            Code::MessageLimit,
            Code::InvalidTransition,
        ]);
    let correct =
        Doc::new("Correct a message: authors for 15 minutes, administrators any; earlier texts are kept.")
            .body(BodyDoc::Changes)
            .codes(&[
                Code::Deleted,
                Code::TicketMerged,
                Code::Archived,
                Code::Conflict,
                Code::PreconditionFailed,
            ]);
    let redact = Doc::new("Take the text out of a message for good; the message stays in its place.")
        .codes(&[Code::Deleted, Code::PreconditionFailed]);
    Routes::of("ticket_messages")
        .get(ALL, "list", list.answer(AnswerDoc::List), list_of_ticket)
        .get(
            "/api/ticket_messages",
            "list_by_filter",
            named.answer(AnswerDoc::List).codes(&[Code::NotFound]),
            list_by_filter,
        )
        .get(ONE, "show", Doc::new("Read one message."), show)
        .post(ALL, "create", add, post)
        .change(ONE, "update", correct, patch)
        .delete(ONE, "redact", redact, remove)
}

async fn list_of_ticket(
    Authorized(permit): Authorized<MessagesRead>,
    State(app): State<App>,
    Path(ticket): Path<String>,
    Pairs(pairs): Pairs,
) -> Result<Response> {
    let query = ListQuery::parse::<TicketMessage>(&pairs, permit.read_mask(), permit.actor())?;
    let listing = read::list_of(app.db(), &permit, &ticket, &query).await?;
    listing_response("ticket_messages", &query, listing)
}

async fn list_by_filter(
    Authorized(permit): Authorized<MessagesRead>,
    State(app): State<App>,
    Pairs(pairs): Pairs,
) -> Result<Response> {
    let query = ListQuery::parse::<TicketMessage>(&pairs, permit.read_mask(), permit.actor())?;
    let listing = read::list_by_filter(app.db(), &permit, &query).await?;
    listing_response("ticket_messages", &query, listing)
}

async fn show(
    Authorized(permit): Authorized<MessagesRead>,
    State(app): State<App>,
    Path((ticket, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Reply> {
    read::show(app.db(), &permit, &ticket, &id, &Preconditions::read(&headers)?).await
}

async fn post(
    Authorized(permit): Authorized<MessagesCreate>,
    State(app): State<App>,
    Path(ticket): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    create::create(app.db(), &permit, &ticket, &request).await
}

async fn patch(
    Authorized(permit): Authorized<MessagesUpdate>,
    State(app): State<App>,
    Path((ticket, id)): Path<(String, String)>,
    Write(request): Write,
) -> Result<Reply> {
    update::update(app.db(), &permit, &ticket, &id, &request).await
}

async fn remove(
    Authorized(permit): Authorized<MessagesDelete>,
    State(app): State<App>,
    Path((ticket, id)): Path<(String, String)>,
    Write(request): Write,
) -> Result<Reply> {
    delete::redact(app.db(), &permit, &ticket, &id, &request).await
}
