//! `POST /api/tickets/{id}/assign` and `/take`.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::permissions::{Authorized, TicketsAssign};
use crate::services::tickets::features::assignment;
use crate::web::{BodyDoc, Doc, Path, Reply, Routes, Write};
use axum::extract::State;

pub fn routes() -> Routes {
    let assign = Doc::new("Give a ticket to a person, a department, or nobody.")
        .body(BodyDoc::Fields(assignment::BODY))
        .codes(&[Code::Deleted, Code::TicketMerged, Code::Archived, Code::PreconditionFailed]);
    let take = Doc::new("Become the assignee of a ticket that has none; the first one wins.").codes(&[
        Code::AlreadyAssigned,
        Code::Deleted,
        Code::TicketMerged,
        Code::Archived,
    ]);
    Routes::of("tickets").post("/api/tickets/{id}/assign", "assign", assign, post_assign).post(
        "/api/tickets/{id}/take",
        "take",
        take,
        post_take,
    )
}

async fn post_assign(
    Authorized(permit): Authorized<TicketsAssign>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    assignment::assign(app.db(), &permit, &id, &request).await
}

async fn post_take(
    Authorized(permit): Authorized<TicketsAssign>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    assignment::take(app.db(), &permit, &id, &request).await
}
