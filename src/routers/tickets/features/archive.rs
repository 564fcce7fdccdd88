//! `POST /api/tickets/{id}/archive` and `/unarchive`.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::permissions::{Authorized, TicketsArchive};
use crate::services::tickets::features::archive;
use crate::web::{Doc, Path, Reply, Routes, Write};
use axum::extract::State;

pub fn routes() -> Routes {
    let codes: &'static [Code] =
        &[Code::Conflict, Code::Deleted, Code::TicketMerged, Code::PreconditionFailed];
    let away = Doc::new("Archive a solved or closed ticket: it becomes read-only and leaves the lists.");
    let back = Doc::new("Take a ticket out of the archive.");
    Routes::of("tickets").post("/api/tickets/{id}/archive", "archive", away.codes(codes), put_away).post(
        "/api/tickets/{id}/unarchive",
        "unarchive",
        back.codes(codes),
        take_back,
    )
}

async fn put_away(
    Authorized(permit): Authorized<TicketsArchive>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    archive::archive(app.db(), &permit, &id, &request, true).await
}

async fn take_back(
    Authorized(permit): Authorized<TicketsArchive>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    archive::archive(app.db(), &permit, &id, &request, false).await
}
