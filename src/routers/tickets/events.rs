//! `GET /api/tickets/{id}/events`, and `GET /api/ticket_events` for lists by reference.

use crate::app::App;
use crate::engine::ListQuery;
use crate::errors::{Code, Result};
use crate::models::TicketEvent;
use crate::permissions::{Authorized, EventsRead};
use crate::services::tickets::messages::read;
use crate::web::{AnswerDoc, Doc, Pairs, Path, Routes, listing_response};
use axum::extract::State;
use axum::response::Response;

pub fn routes() -> Routes {
    let list =
        Doc::new("List what happened to a ticket; clients see its filing, status and public messages.");
    let named = Doc::new("List what happened to the ticket that the filter names by `ticket_id`.");
    Routes::of("ticket_events")
        .get("/api/tickets/{id}/events", "list", list.answer(AnswerDoc::List), list_of_ticket)
        .get(
            "/api/ticket_events",
            "list_by_filter",
            named.answer(AnswerDoc::List).codes(&[Code::NotFound]),
            list_by_filter,
        )
}

async fn list_of_ticket(
    Authorized(permit): Authorized<EventsRead>,
    State(app): State<App>,
    Path(ticket): Path<String>,
    Pairs(pairs): Pairs,
) -> Result<Response> {
    let query = ListQuery::parse::<TicketEvent>(&pairs, permit.read_mask(), permit.actor())?;
    let listing = read::list_of(app.db(), &permit, &ticket, &query).await?;
    listing_response("ticket_events", &query, listing)
}

async fn list_by_filter(
    Authorized(permit): Authorized<EventsRead>,
    State(app): State<App>,
    Pairs(pairs): Pairs,
) -> Result<Response> {
    let query = ListQuery::parse::<TicketEvent>(&pairs, permit.read_mask(), permit.actor())?;
    let listing = read::list_by_filter(app.db(), &permit, &query).await?;
    listing_response("ticket_events", &query, listing)
}
