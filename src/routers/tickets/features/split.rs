//! `POST /api/tickets/{id}/split`.

use super::UNWRITABLE;
use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Authorized, TicketsSplit};
use crate::services::tickets::features::split;
use crate::web::{AnswerDoc, BodyDoc, Doc, Path, Reply, Routes, Write};
use axum::extract::State;

pub fn routes() -> Routes {
    let doc = Doc::new("Make a ticket of its own out of some messages.")
        .body(BodyDoc::Fields(split::BODY))
        .answer(AnswerDoc::Created)
        .codes(UNWRITABLE);
    Routes::of("tickets").post("/api/tickets/{id}/split", "split", doc, post)
}

async fn post(
    Authorized(permit): Authorized<TicketsSplit>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    split::split(app.db(), &permit, &id, &request).await
}
