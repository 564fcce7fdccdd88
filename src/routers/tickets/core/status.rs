//! `POST /api/tickets/{id}/status`.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::permissions::{Authorized, TicketsTransition};
use crate::services::tickets::core::status;
use crate::web::{BodyDoc, Doc, Path, Reply, Routes, Write};
use axum::extract::State;

pub fn routes() -> Routes {
    let doc = Doc::new("Move a ticket to another status, with a public comment if one is given.")
        .body(BodyDoc::Fields(status::BODY))
        .codes(&[
            Code::InvalidTransition,
            Code::RequiredForSolved,
            Code::Deleted,
            Code::TicketMerged,
            Code::Archived,
            Code::MessageLimit,
            Code::PreconditionFailed,
        ]);
    Routes::of("tickets").post("/api/tickets/{id}/status", "status", doc, post)
}

async fn post(
    Authorized(permit): Authorized<TicketsTransition>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    status::change_status(app.db(), &permit, &id, &request).await
}
