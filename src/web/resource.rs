//! The routes that every resource has: list, show, create, change, delete, restore, and both bulk forms.

use super::registry::{AnswerDoc, BodyDoc, Doc, Routes};
use super::{Pairs, Path, Reply, Write, listing_response};
use crate::app::App;
use crate::db::TenantModel;
use crate::engine::{self, ListQuery, Preconditions, Rules};
use crate::errors::{Code, Result};
use crate::permissions::Authorized;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;

/// List and show of a resource.
pub fn reads<M: TenantModel>() -> Routes {
    let (all, one) = paths::<M>();
    Routes::of(M::RESOURCE)
        .get(&all, "list", Doc::new("List records.").answer(AnswerDoc::List), list::<M>)
        .get(&one, "show", Doc::new("Read one record."), show::<M>)
}

/// All routes of a resource.
pub fn crud<M: Rules>() -> Routes {
    reads::<M>().merge(creates::<M>()).merge(updates::<M>()).merge(deletes::<M>())
}

/// Create.
pub fn creates<M: Rules>() -> Routes {
    let create = Doc::new("Create a record.")
        .body(BodyDoc::New)
        .answer(AnswerDoc::Created)
        .refusals(M::REFUSALS)
        .codes(&[Code::UniqueViolation]);
    Routes::of(M::RESOURCE).post(&paths::<M>().0, "create", create, create_one::<M>)
}

/// Change, one or many.
pub fn updates<M: Rules>() -> Routes {
    let (all, one) = paths::<M>();
    let conflicts: &'static [Code] = if M::REQUIRE_MATCH {
        &[Code::PreconditionFailed, Code::PreconditionRequired, Code::VersionConflict]
    } else {
        &[Code::PreconditionFailed, Code::VersionConflict]
    };
    let change = Doc::new("Change the given fields of a record.")
        .body(BodyDoc::Changes)
        .refusals(M::REFUSALS)
        .codes(conflicts);
    let many = Doc::new("Change the same fields of many records.")
        .refusals(M::REFUSALS)
        .body(BodyDoc::BulkChanges)
        .answer(AnswerDoc::Bulk);
    Routes::of(M::RESOURCE).change(&one, "update", change, update_one::<M>).on(
        http::Method::PATCH,
        &all,
        "update_many",
        many,
        update_many::<M>,
    )
}

/// Delete, one or many, and restore.
pub fn deletes<M: Rules>() -> Routes {
    let (all, one) = paths::<M>();
    let delete = Doc::new("Move a record to the trash.")
        .refusals(M::REFUSALS)
        .codes(&[Code::PreconditionFailed, Code::InUse]);
    let none = Doc::new("Move many records to the trash.")
        .refusals(M::REFUSALS)
        .body(BodyDoc::BulkIds)
        .answer(AnswerDoc::Bulk);
    Routes::of(M::RESOURCE)
        .delete(&one, "delete", delete, delete_one::<M>)
        .post(
            &format!("{one}/restore"),
            "restore",
            Doc::new("Take a record back from the trash.")
                .refusals(M::REFUSALS)
                .codes(&[Code::Conflict, Code::PreconditionFailed]),
            restore_one::<M>,
        )
        .delete(&all, "delete_many", none, delete_many::<M>)
}

/// Change of one record only, for resources of which many are never changed alike.
pub fn updates_one<M: Rules>(codes: &'static [Code]) -> Routes {
    let change = Doc::new("Change the given fields of a record.")
        .body(BodyDoc::Changes)
        .refusals(M::REFUSALS)
        .codes(codes);
    Routes::of(M::RESOURCE).change(&paths::<M>().1, "update", change, update_one::<M>)
}

fn paths<M: TenantModel>() -> (String, String) {
    (format!("/api/{}", M::RESOURCE), format!("/api/{}/{{id}}", M::RESOURCE))
}

async fn list<M: TenantModel>(
    Authorized(permit): Authorized<M::Read>,
    State(app): State<App>,
    Pairs(pairs): Pairs,
) -> Result<Response> {
    let query = ListQuery::parse::<M>(&pairs, permit.read_mask(), permit.actor())?;
    let listing = engine::list(app.db(), &permit, &query).await?;
    listing_response(M::RESOURCE, &query, listing)
}

async fn show<M: TenantModel>(
    Authorized(permit): Authorized<M::Read>,
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Reply> {
    engine::show(app.db(), &permit, &id, &Preconditions::read(&headers)?).await
}

async fn create_one<M: Rules>(
    Authorized(permit): Authorized<M::Create>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    engine::create::<M>(app.db(), &permit, &request).await
}

async fn update_one<M: Rules>(
    Authorized(permit): Authorized<M::Update>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    engine::update::<M>(app.db(), &permit, &id, &request).await
}

async fn delete_one<M: Rules>(
    Authorized(permit): Authorized<M::Delete>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    engine::delete::<M>(app.db(), &permit, &id, &request).await
}

async fn restore_one<M: Rules>(
    Authorized(permit): Authorized<M::Delete>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    engine::restore::<M>(app.db(), &permit, &id, &request).await
}

async fn update_many<M: Rules>(
    Authorized(permit): Authorized<M::Update>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    engine::update_many::<M>(app.db(), &permit, &request).await
}

async fn delete_many<M: Rules>(
    Authorized(permit): Authorized<M::Delete>,
    State(app): State<App>,
    Write(request): Write,
) -> Result<Reply> {
    engine::delete_many::<M>(app.db(), &permit, &request).await
}
