//! `GET /api/tickets` and `GET /api/tickets/{id}`.

use super::{ALL, ONE};
use crate::app::App;
use crate::engine::{ListQuery, Preconditions};
use crate::errors::Result;
use crate::models::Ticket;
use crate::permissions::{Authorized, TicketsRead};
use crate::services::tickets::core::read;
use crate::web::{AnswerDoc, Doc, Pairs, Path, Reply, Routes, listing_response};
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;

pub fn routes() -> Routes {
    let many = "List tickets; archived ones only when the filter names `archived`. People can be named `me`.";
    Routes::of("tickets").get(ALL, "list", Doc::new(many).answer(AnswerDoc::List), list).get(
        ONE,
        "show",
        Doc::new("Read one ticket, by id or number."),
        show,
    )
}

async fn list(
    Authorized(permit): Authorized<TicketsRead>,
    State(app): State<App>,
    Pairs(pairs): Pairs,
) -> Result<Response> {
    let query = ListQuery::parse::<Ticket>(&pairs, permit.read_mask(), permit.actor())?;
    let listing = read::list(app.db(), &permit, &query).await?;
    listing_response("tickets", &query, listing)
}

async fn show(
    Authorized(permit): Authorized<TicketsRead>,
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Reply> {
    read::show(app.db(), &permit, &id, &Preconditions::read(&headers)?).await
}
