//! `/api/uploads`: files are announced, sent, completed, read and removed.

mod content;

use crate::app::App;
use crate::engine::{self, ListQuery, Preconditions};
use crate::errors::{Code, Result};
use crate::models::Upload;
use crate::permissions::{Authorized, UploadsCreate, UploadsDelete, UploadsRead};
use crate::services::uploads;
use crate::web::{AnswerDoc, BodyDoc, Doc, Pairs, Path, Reply, Routes, Write, listing_response};
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;

const ONE: &str = "/api/uploads/{id}";

pub fn routes() -> Routes {
    let create = Doc::new("Announce a file; the answer's `transfer` tells how to send its bytes.")
        .body(BodyDoc::New)
        .answer(AnswerDoc::Created)
        .codes(&[Code::QuotaExceeded, Code::PayloadTooLarge]);
    let complete =
        Doc::new("Have a file looked at that was sent: it becomes ready, or goes into quarantine.")
            .codes(&[Code::Conflict, Code::PreconditionFailed]);
    let remove =
        Doc::new("Remove a file; messages that carry it lose it.").codes(&[Code::PreconditionFailed]);
    let list = Doc::new("List files: administrators and managers all, others own ones.");
    Routes::of("uploads")
        .get("/api/uploads", "list", list.answer(AnswerDoc::List), list_all)
        .get(ONE, "show", Doc::new("Read what is known of a file."), show)
        .post("/api/uploads", "create", create, post)
        .merge(content::routes())
        .post("/api/uploads/{id}/complete", "complete", complete, complete_one)
        .delete(ONE, "delete", remove, delete)
}

async fn list_all(
    Authorized(permit): Authorized<UploadsRead>,
    State(app): State<App>,
    Pairs(pairs): Pairs,
) -> Result<Response> {
    let query = ListQuery::parse::<Upload>(&pairs, permit.read_mask(), permit.actor())?;
    let listing = engine::list(app.db(), &permit, &query).await?;
    listing_response("uploads", &query, listing)
}

async fn show(
    Authorized(permit): Authorized<UploadsRead>,
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Reply> {
    uploads::show(&app, &permit, &id, &Preconditions::read(&headers)?).await
}

async fn post(
    Authorized(permit): Authorized<UploadsCreate>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    uploads::create(&app, &permit, &request).await
}

async fn complete_one(
    Authorized(permit): Authorized<UploadsCreate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    uploads::complete(&app, &permit, &id, &request).await
}

async fn delete(
    Authorized(permit): Authorized<UploadsDelete>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    uploads::delete(&app, &permit, &id, &request).await
}
