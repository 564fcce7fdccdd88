//! `POST /api/tickets/{id}/merge` and `/unmerge`.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::permissions::{Authorized, TicketsMerge};
use crate::services::tickets::features::{merge, unmerge};
use crate::web::{BodyDoc, Doc, Path, Reply, Routes, Write};
use axum::extract::State;

pub fn routes() -> Routes {
    let codes: &'static [Code] =
        &[Code::Conflict, Code::Deleted, Code::TicketMerged, Code::Archived, Code::MessageLimit];
    let merge =
        Doc::new("Merge up to 20 tickets into this one.").body(BodyDoc::Fields(merge::BODY)).codes(codes);
    let undo = Doc::new("Take this ticket out of the one into which it was merged, within seven days.");
    Routes::of("tickets").post("/api/tickets/{id}/merge", "merge", merge, post_merge).post(
        "/api/tickets/{id}/unmerge",
        "unmerge",
        undo.codes(codes),
        post_unmerge,
    )
}

async fn post_merge(
    Authorized(permit): Authorized<TicketsMerge>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    merge::merge(app.db(), &permit, &id, &request).await
}

async fn post_unmerge(
    Authorized(permit): Authorized<TicketsMerge>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    unmerge::unmerge(app.db(), &permit, &id, &request).await
}
