//! `POST /api/tickets/{id}/mute` and `/unmute`.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::permissions::{Authorized, TicketsFollow};
use crate::services::tickets::features::mute;
use crate::web::{AnswerDoc, Doc, Path, Reply, Routes, Write};
use axum::extract::State;

pub fn routes() -> Routes {
    let quiet = Doc::new("Hear nothing more of a ticket; answers with `{muted}`.").answer(AnswerDoc::Json);
    let loud = Doc::new("Hear of a ticket again; answers with `{muted}`.").answer(AnswerDoc::Json);
    Routes::of("tickets")
        .post("/api/tickets/{id}/mute", "mute", quiet.codes(&[Code::Deleted]), post_mute)
        .post("/api/tickets/{id}/unmute", "unmute", loud.codes(&[Code::Deleted]), post_unmute)
}

async fn post_mute(
    Authorized(permit): Authorized<TicketsFollow>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    mute::mute(app.db(), &permit, &id, &request, true).await
}

async fn post_unmute(
    Authorized(permit): Authorized<TicketsFollow>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    mute::mute(app.db(), &permit, &id, &request, false).await
}
