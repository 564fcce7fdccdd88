//! `/api/teams_connections`: the shared routes but for bulk changes, and a test.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::models::TeamsConnection;
use crate::permissions::{Authorized, TeamsConnectionsCreate, TeamsConnectionsUpdate};
use crate::schema::FieldSpec;
use crate::services::teams;
use crate::web::{AnswerDoc, BodyDoc, Doc, Path, Reply, Routes, Write, deletes, reads};
use axum::extract::State;

const ONE: &str = "/api/teams_connections/{id}";

/// All routes of connections to Teams.
pub fn routes() -> Routes {
    let create = Doc::new("Add a connection to Teams. Its address is never answered again.")
        .body(BodyDoc::New)
        .answer(AnswerDoc::Created)
        .codes(&[Code::AddressNotAllowed, Code::Conflict, Code::InsufficientUserAuthentication]);
    let change =
        Doc::new("Change the given fields of a connection to Teams.").body(BodyDoc::Changes).codes(&[
            Code::AddressNotAllowed,
            Code::InsufficientUserAuthentication,
            Code::PreconditionFailed,
            Code::VersionConflict,
        ]);
    let test = Doc::new("Post a test card at once, and tell whether it was taken.")
        .answer(AnswerDoc::Fields(TESTED))
        .passing();
    Routes::of("teams_connections")
        .merge(reads::<TeamsConnection>())
        .post("/api/teams_connections", "create", create, create_one)
        .change(ONE, "update", change, update_one)
        .merge(deletes::<TeamsConnection>())
        .post(&format!("{ONE}/test"), "test", test, test_one)
}

const TESTED: &[FieldSpec] = &[
    FieldSpec::flag(false).named("ok", "The workflow has taken the card."),
    FieldSpec::text(0, 200).nullable().named("error", "Why not."),
];

async fn create_one(
    Authorized(permit): Authorized<TeamsConnectionsCreate>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    teams::create(&app, &permit, request).await
}

async fn update_one(
    Authorized(permit): Authorized<TeamsConnectionsUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    teams::update(&app, &permit, &id, request).await
}

async fn test_one(
    Authorized(permit): Authorized<TeamsConnectionsUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    teams::test(&app, &permit, &id, &request).await
}
