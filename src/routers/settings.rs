//! Settings of the company: a list of one, for clients that know only lists, and the record itself.

use crate::app::App;
use crate::engine::{self, ListQuery, Preconditions};
use crate::errors::{Code, Result};
use crate::models::Settings;
use crate::permissions::{Authorized, SettingsRead, SettingsUpdate};
use crate::services::settings;
use crate::web::{AnswerDoc, BodyDoc, Doc, Pairs, Path, Reply, Routes, Write, listing_response};
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;

/// Routes of settings.
pub fn routes() -> Routes {
    let (all, one) = ("/api/settings", "/api/settings/{id}");
    let change = Doc::new("Change the given settings. If-Match with the record's ETag is required.")
        .body(BodyDoc::Changes)
        .codes(&[Code::PreconditionRequired, Code::PreconditionFailed, Code::VersionConflict]);
    Routes::of("settings")
        .get(all, "list", Doc::new("The company's settings, as a list of one.").answer(AnswerDoc::List), list)
        .get(one, "show", Doc::new("The company's settings; their id is the company's."), show)
        .change(one, "update", change, update)
}

async fn list(
    Authorized(permit): Authorized<SettingsRead>,
    State(app): State<App>,
    Pairs(pairs): Pairs,
) -> Result<Response> {
    let query = ListQuery::parse::<Settings>(&pairs, permit.read_mask(), permit.actor())?;
    settings::ensure(app.db(), permit.scope()).await?;
    let listing = engine::list(app.db(), &permit, &query).await?;
    listing_response("settings", &query, listing)
}

async fn show(
    Authorized(permit): Authorized<SettingsRead>,
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Reply> {
    settings::ensure(app.db(), permit.scope()).await?;
    engine::show(app.db(), &permit, &id, &Preconditions::read(&headers)?).await
}

async fn update(
    Authorized(permit): Authorized<SettingsUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    settings::ensure(app.db(), permit.scope()).await?;
    engine::update::<Settings>(app.db(), &permit, &id, &request).await
}
