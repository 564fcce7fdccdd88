//! Announces a file: its size is counted, and the client is told how to send it.

use super::policy::check_announced;
use super::quota;
use crate::answer_once;
use crate::app::App;
use crate::db::{Draft, Expr, Filter, Tx, from_document};
use crate::engine::{self, Action, Reading, WriteRequest, parse_input, record_change, reply};
use crate::errors::{AppError, Code, Problem, Result};
use crate::models::{Upload, UploadState};
use crate::permissions::{Permit, UploadsCreate};
use crate::schema::format_time;
use crate::storage::PutTerms;
use crate::support::later;
use crate::web::Reply;
use bson::{Document, oid::ObjectId};
use serde_json::{Map, Value, json};
use std::time::Duration;

/// A file that was announced and does not come is forgotten after this.
pub(super) const PENDING: Duration = Duration::from_secs(3600);
/// How long a presigned address for sending holds.
const PRESIGNED: Duration = Duration::from_secs(600);
/// Files that a person may have announced and not sent.
const MOST_PENDING: u64 = 50;

/// Announces a file and answers 201 with it and with the way to send it. The way is made anew for each answer, also for
/// a repeated one: it is a credential, and credentials are not kept.
///
/// # Errors
/// 409 `quota_exceeded`, 409 `conflict` when too many are announced, 413 `payload_too_large`, 422 for names and types that are not taken.
pub async fn create(app: &App, permit: &Permit<UploadsCreate>, request: &WriteRequest) -> Result<Reply> {
    let reading = Reading {
        write: permit.write_mask(),
        read: permit.read_mask(),
        current: None,
        company: permit.scope().company(),
        lenient: request.lenient,
    };
    let input = parse_input::<Upload>(&request.body, &reading)?;
    let limits = app.storage().limits();
    let text = |name: &str| input.fields.get_str(name).unwrap_or_default();
    let size = input.fields.get_i64("size").unwrap_or_default();
    let role = permit.actor().role();
    let name = check_announced(role, limits, text("filename"), text("content_type"), Some(size))?;
    let mut fields = input.fields.clone();
    fields.insert("filename", name);
    let answer: Result<Reply> = answer_once!(app.db(), permit, request, |tx| {
        quota::take(&mut tx, permit.scope(), size, limits.quota).await?;
        check_pending(&mut tx, permit).await?;
        let draft = Draft::<Upload>::from_input(fields.clone()).set(Upload::counted_bytes(), size);
        let stored = insert(&mut tx, permit, draft).await?;
        let id = stored.get_object_id("_id").map_err(|_| AppError::bug("an upload without id"))?;
        Ok(reply(permit, &stored)?.created(engine::location::<Upload>(id)).with_ignored(&input.ignored))
    });
    with_transfer(app, permit, answer?).await
}

/// What is announced counts before it comes: nobody keeps the company's room for files that they never send.
async fn check_pending(tx: &mut Tx, permit: &Permit<UploadsCreate>) -> Result<()> {
    let mine = Expr::eq("created_by", permit.actor().user_id());
    let pending = Filter::eq(Upload::state(), UploadState::Pending).and(mine);
    if tx.within::<Upload>(permit.scope()).count(pending).await? < MOST_PENDING {
        return Ok(());
    }
    let detail =
        format!("{MOST_PENDING} of your files are announced and have not come. Send or remove them first.");
    Err(Problem::new(Code::Conflict, detail).with("limit", MOST_PENDING).into())
}

/// Writes a new upload down. It expires unless its bytes come.
pub(super) async fn insert(
    tx: &mut Tx,
    permit: &Permit<UploadsCreate>,
    draft: Draft<Upload>,
) -> Result<Document> {
    let draft = draft.set(Upload::expires_at(), later(tx.now(), PENDING));
    let stored = tx.of(permit).insert_document(draft).await?;
    record_change::<Upload>(tx, permit, Action::Create, None, &stored).await?;
    Ok(stored)
}

/// Adds to the answer how the bytes are sent, while they may be.
async fn with_transfer(app: &App, permit: &Permit<UploadsCreate>, mut reply: Reply) -> Result<Reply> {
    let id = reply.body()["id"].as_str().and_then(|id| ObjectId::parse_str(id).ok());
    let Some(id) = id else { return Ok(reply) };
    let stored = app.db().of(permit).find_one(Filter::id(id)).await?;
    if let Some(upload) = stored.filter(|upload| upload.state == UploadState::Pending) {
        reply.body_mut()["transfer"] = transfer(app, &upload).await?;
    }
    Ok(reply.no_store())
}

async fn transfer(app: &App, upload: &Upload) -> Result<Value> {
    let (storage, now) = (app.storage(), app.clock().now());
    if !storage.is_direct() {
        return Ok(json!({
            "direct": false,
            "method": "PUT",
            "url": format!("/api/uploads/{}/content", upload.id),
            "headers": { "content-type": upload.content_type },
            "expires_at": format_time(later(upload.created_at, PENDING)),
        }));
    }
    let key = upload.key();
    let terms = PutTerms {
        key: &key,
        size: upload.size,
        content_type: &upload.content_type,
        sha256: upload.sha256.as_deref().unwrap_or_default(),
    };
    let put = storage.presign_put(&terms, PRESIGNED).await?;
    // Browsers set the length themselves, to that of what they send.
    let headers: Map<String, Value> = put
        .headers
        .into_iter()
        .filter(|(name, _)| {
            !name.eq_ignore_ascii_case("content-length") && !name.eq_ignore_ascii_case("host")
        })
        .map(|(name, value)| (name, Value::from(value)))
        .collect();
    Ok(json!({
        "direct": true,
        "method": "PUT",
        "url": put.url,
        "headers": headers,
        "expires_at": format_time(later(now, PRESIGNED)),
    }))
}

/// As [`from_document`], of an upload.
pub(super) fn read(stored: &Document) -> Result<Upload> {
    Ok(from_document(stored)?)
}
