//! `/api/tickets/{id}/followers`, with `me` or a user's id behind it.

use super::UNWRITABLE;
use crate::app::App;
use crate::errors::{Code, Result};
use crate::permissions::{Authorized, TicketsFollow};
use crate::services::tickets::features::followers::{self, Named};
use crate::web::{AnswerDoc, BodyDoc, Doc, Path, Reply, Routes, Write};
use axum::extract::State;

const ALL: &str = "/api/tickets/{id}/followers";
const ONE: &str = "/api/tickets/{id}/followers/{user_id}";

/// Whom the path names may be nobody who can follow.
const BY_PATH: &[Code] = &[Code::Deleted, Code::TicketMerged, Code::Archived, Code::ValidationFailed];

pub fn routes() -> Routes {
    let people = AnswerDoc::Json;
    let list = Doc::new("List the followers of a ticket as `{data, total}`; clients see only themselves.");
    let add = Doc::new("Make a person follow a ticket; answers with the followers.");
    let remove = Doc::new("Make a person stop following a ticket; answers with the followers.");
    Routes::of("tickets")
        .get(ALL, "followers", list.answer(people), get)
        .post(
            ALL,
            "follow",
            add.body(BodyDoc::Fields(followers::BODY)).answer(people).codes(UNWRITABLE),
            post,
        )
        .post(ONE, "follow_by_path", add.answer(people).codes(BY_PATH), post_one)
        .delete(ONE, "unfollow", remove.answer(people).codes(UNWRITABLE), delete)
}

async fn get(
    Authorized(permit): Authorized<TicketsFollow>,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Reply> {
    followers::list(app.db(), &permit, &id).await
}

async fn post(
    Authorized(permit): Authorized<TicketsFollow>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    followers::follow(app.db(), &permit, &id, Named::Body, &request).await
}

async fn post_one(
    Authorized(permit): Authorized<TicketsFollow>,
    State(app): State<App>,
    Path((id, who)): Path<(String, String)>,
    Write(request): Write,
) -> Result<Reply> {
    followers::follow(app.db(), &permit, &id, Named::Path(&who), &request).await
}

async fn delete(
    Authorized(permit): Authorized<TicketsFollow>,
    State(app): State<App>,
    Path((id, who)): Path<(String, String)>,
    Write(request): Write,
) -> Result<Reply> {
    followers::unfollow(app.db(), &permit, &id, &who, &request).await
}
