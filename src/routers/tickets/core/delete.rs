//! `DELETE /api/tickets/{id}`, its undoing, and `DELETE /api/tickets` for many.

use super::{ALL, ONE};
use crate::app::App;
use crate::engine;
use crate::errors::{Code, Result};
use crate::models::Ticket;
use crate::permissions::{Authorized, TicketsDelete};
use crate::services::tickets::core::delete;
use crate::web::{AnswerDoc, BodyDoc, Doc, Path, Reply, Routes, Write};
use axum::extract::State;

pub fn routes() -> Routes {
    let one = Doc::new("Move a ticket to the trash.").codes(&[Code::PreconditionFailed, Code::Deleted]);
    let back = Doc::new("Take a ticket back from the trash.").codes(&[Code::Conflict]);
    let many = Doc::new("Move many tickets to the trash.").body(BodyDoc::BulkIds).answer(AnswerDoc::Bulk);
    Routes::of("tickets")
        .delete(ONE, "delete", one, remove)
        .post("/api/tickets/{id}/restore", "restore", back, restore)
        .delete(ALL, "delete_many", many, remove_many)
}

async fn remove(
    Authorized(permit): Authorized<TicketsDelete>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    delete::delete(app.db(), &permit, &id, &request).await
}

async fn restore(
    Authorized(permit): Authorized<TicketsDelete>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    engine::restore::<Ticket>(app.db(), &permit, &id, &request).await
}

async fn remove_many(
    Authorized(permit): Authorized<TicketsDelete>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    engine::delete_many::<Ticket>(app.db(), &permit, &request).await
}
