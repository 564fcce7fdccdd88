//! `POST /api/tickets/bulk`.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::permissions::{Authorized, TicketsBulk};
use crate::services::tickets::features::bulk;
use crate::web::{AnswerDoc, BodyDoc, Doc, Reply, Routes, Write};
use axum::extract::State;

pub fn routes() -> Routes {
    let doc =
        Doc::new("Do one action with many tickets, each with its own result; needs an Idempotency-Key.")
            .body(BodyDoc::Fields(bulk::BODY))
            .answer(AnswerDoc::Bulk)
            .codes(&[Code::MalformedRequest, Code::IdempotencyMismatch]);
    Routes::of("tickets").post("/api/tickets/bulk", "bulk", doc.keyed(), post)
}

async fn post(
    Authorized(permit): Authorized<TicketsBulk>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    bulk::bulk(app.db(), &permit, &request).await
}
