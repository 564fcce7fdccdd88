//! Publishes what is written as a new version, and takes the text of an earlier one back.

use crate::answer_once;
use crate::app::App;
use crate::db::{Patch, from_document};
use crate::engine::{WriteRequest, apply, record_act, reply, visible};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{EmailTemplate, TemplateStatus};
use crate::permissions::{EmailTemplatesPublish, EmailTemplatesRead, Permit};
use crate::schema::bson_to_json;
use crate::web::Reply;
use bson::{Bson, Document, doc};
use serde_json::{Value, json};

/// Versions that are kept.
const KEPT: usize = 10;

/// Publishes what is written: it is sent from now on.
pub async fn publish(
    app: &App,
    permit: &Permit<EmailTemplatesPublish>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    answer_once!(app.db(), permit, request, |tx| {
        let stored = visible::<EmailTemplate, _>(&mut tx, permit, id, false).await?;
        let template: EmailTemplate = from_document(&stored)?;
        request.conditions.check(template.version)?;
        let last = template.versions.last().and_then(|version| version.get_i64("number").ok());
        let number = last.unwrap_or_default() + 1;
        let version = doc! {
            "number": number, "subject": &template.subject, "html": &template.html, "text": &template.text,
            "published_at": tx.now(), "published_by": permit.actor().user_id(),
        };
        let mut versions: Vec<Document> = template.versions.clone();
        versions.push(version);
        versions.drain(..versions.len().saturating_sub(KEPT));
        let patch = Patch::new()
            .set(EmailTemplate::versions(), versions)
            .set(EmailTemplate::published_version(), number)
            .set(EmailTemplate::status(), TemplateStatus::Published);
        let after = apply::<EmailTemplate, _>(&mut tx, permit, &stored, patch).await?;
        record_act::<EmailTemplate>(&mut tx, permit, "publish", Some(&stored), &after).await?;
        reply::<EmailTemplate, _>(permit, &after)
    })
}

/// Takes the text of an earlier version back as the draft.
pub async fn revert(
    app: &App,
    permit: &Permit<EmailTemplatesPublish>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let number = request.body.get("number").and_then(Value::as_i64);
    let missing = || FieldErrors::one("number", Code::ReferenceNotFound, "Names a version that is not kept.");
    let number = number.ok_or_else(missing)?;
    answer_once!(app.db(), permit, request, |tx| {
        let stored = visible::<EmailTemplate, _>(&mut tx, permit, id, false).await?;
        let template: EmailTemplate = from_document(&stored)?;
        request.conditions.check(template.version)?;
        let version = template.version_numbered(number).ok_or_else(missing)?;
        let part = |name: &str| version.get(name).cloned().unwrap_or(Bson::Null);
        let patch = Patch::new()
            .set(EmailTemplate::subject(), part("subject"))
            .set(EmailTemplate::html(), part("html"))
            .set(EmailTemplate::text(), part("text"))
            .set(EmailTemplate::status(), TemplateStatus::Draft);
        let after = apply::<EmailTemplate, _>(&mut tx, permit, &stored, patch).await?;
        record_act::<EmailTemplate>(&mut tx, permit, "revert", Some(&stored), &after).await?;
        reply::<EmailTemplate, _>(permit, &after)
    })
}

/// The versions that are kept, newest first, as `{data, total}`.
pub async fn versions(app: &App, permit: &Permit<EmailTemplatesRead>, id: &str) -> Result<Reply> {
    let id = bson::oid::ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    let template = app.db().of(permit).get(id).await?;
    let rows: Vec<Value> =
        template.versions.into_iter().rev().map(|version| bson_to_json(&Bson::Document(version))).collect();
    Ok(Reply::ok(json!({ "total": rows.len(), "data": rows })))
}
