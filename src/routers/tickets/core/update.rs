//! `PATCH` and `PUT /api/tickets/{id}`, and `PATCH /api/tickets` for many.

use super::{ALL, ONE};
use crate::app::App;
use crate::engine;
use crate::errors::{Code, Result};
use crate::models::Ticket;
use crate::permissions::{Authorized, TicketsUpdate};
use crate::services::tickets::core::update;
use crate::web::{AnswerDoc, BodyDoc, Doc, Path, Reply, Routes, Write};
use axum::extract::State;
use http::Method;

pub fn routes() -> Routes {
    let one = Doc::new("Change the given fields of a ticket; others keep what someone else made of them.")
        .body(BodyDoc::Changes)
        .codes(&[
            Code::PreconditionFailed,
            Code::VersionConflict,
            Code::Deleted,
            Code::TicketMerged,
            Code::Archived,
            Code::Conflict,
        ]);
    let many = Doc::new("Change the same fields of many tickets.")
        .body(BodyDoc::BulkChanges)
        .answer(AnswerDoc::Bulk);
    Routes::of("tickets").change(ONE, "update", one, patch).on(
        Method::PATCH,
        ALL,
        "update_many",
        many,
        patch_many,
    )
}

async fn patch(
    Authorized(permit): Authorized<TicketsUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    update::update(app.db(), &permit, &id, &request).await
}

async fn patch_many(
    Authorized(permit): Authorized<TicketsUpdate>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    engine::update_many::<Ticket>(app.db(), &permit, &request).await
}
