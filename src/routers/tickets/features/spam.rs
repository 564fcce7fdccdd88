//! `POST /api/tickets/{id}/spam`.

use super::UNWRITABLE;
use crate::app::App;
use crate::errors::Result;
use crate::permissions::{Authorized, TicketsSpam};
use crate::services::tickets::features::spam;
use crate::web::{Doc, Path, Reply, Routes, Write};
use axum::extract::State;

pub fn routes() -> Routes {
    let doc = Doc::new("Mark a ticket as spam, which closes it.").codes(UNWRITABLE);
    Routes::of("tickets").post("/api/tickets/{id}/spam", "spam", doc, post)
}

async fn post(
    Authorized(permit): Authorized<TicketsSpam>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    spam::spam(app.db(), &permit, &id, &request).await
}
