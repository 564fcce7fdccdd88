//! `POST /api/tickets`.

use super::ALL;
use crate::app::App;
use crate::errors::{Code, Result};
use crate::permissions::{Authorized, TicketsCreate};
use crate::services::tickets::core::create;
use crate::web::{AnswerDoc, BodyDoc, Doc, Reply, Routes, Write};
use axum::extract::State;

pub fn routes() -> Routes {
    let doc = Doc::new("File a ticket; the description becomes its first public message.")
        .body(BodyDoc::New)
        .answer(AnswerDoc::Created)
        .codes(&[Code::DuplicateExternalId]);
    Routes::of("tickets").post(ALL, "create", doc, post)
}

async fn post(
    Authorized(permit): Authorized<TicketsCreate>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    create::create(app.db(), &permit, &request).await
}
