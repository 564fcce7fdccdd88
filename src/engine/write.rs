//! Creates, updates, deletes and restores records: checks, change, history and answer in one transaction.

use super::audit::{self, Act};
use super::input::{Input, Reading};
use super::read::location;
use super::rules::announce;
use super::seal::{parse_and_seal, without_secrets};
use super::{Action, Rules, WriteRequest, Writing, changes, check_references, etag, merge, render, total};
use crate::db::{Db, Draft, Expr, Op, Patch, Tx, from_document};
use crate::errors::{AppError, Code, Result};
use crate::permissions::{Permission, Permit, TenantScope, system};
use crate::web::Reply;
use bson::{Bson, Document, oid::ObjectId};
use serde_json::Value;

/// Runs a body that answers with a [`Reply`], once for each idempotency key.
#[macro_export]
macro_rules! answer_once {
    ($db:expr, $caller:expr, $request:expr, |$tx:ident| $body:expr) => {
        $crate::transaction!($db, $caller.actor().author(), |$tx| {
            match $crate::engine::recall(&mut $tx, $request.idempotency.as_ref()).await? {
                Some(reply) => Ok(reply),
                None => {
                    let reply = $crate::db::typed::<$crate::web::Reply>(async { $body }).await?;
                    $crate::engine::remember(&mut $tx, $request.idempotency.as_ref(), &reply).await?;
                    Ok(reply)
                }
            }
        })
    };
}

/// Creates a record and answers 201 with it.
pub async fn create<M: Rules>(db: &Db, permit: &Permit<M::Create>, request: &WriteRequest) -> Result<Reply> {
    let reading = Reading {
        write: permit.write_mask(),
        read: permit.read_mask(),
        current: None,
        company: permit.scope().company(),
        lenient: request.lenient,
    };
    let input = parse_and_seal::<M>(request, permit.scope().company(), &reading)?;
    let keyed = without_secrets::<M>(request)?;
    answer_once!(db, permit, keyed, |tx| create_in::<M>(&mut tx, permit, &input).await)
}

/// The part of a create that runs in the transaction.
pub async fn create_in<M: Rules>(tx: &mut Tx, permit: &Permit<M::Create>, input: &Input) -> Result<Reply> {
    if !input.trusted {
        check_references::<M>(tx, permit.caller(), &input.fields, None).await?;
    }
    let mut draft = Draft::<M>::from_input(input.fields.clone());
    M::before_create(&mut Writing { tx: &mut *tx, caller: permit.caller() }, &mut draft).await?;
    let stored = tx.of(permit).insert_document(draft).await?;
    let record: M = from_document(&stored)?;
    record_change::<M>(tx, permit, Action::Create, None, &stored).await?;
    M::after_change(&mut Writing { tx: &mut *tx, caller: permit.caller() }, Action::Create, None, &record)
        .await?;
    announce(tx, permit.caller(), Action::Create, None, &stored, &record).await?;
    let stored = reread::<M>(tx, permit.scope(), record.id(), stored).await?;
    Ok(reply::<M, _>(permit, &stored)?.created(location::<M>(record.id())).with_ignored(&input.ignored))
}

/// Changes a record and answers with it.
pub async fn update<M: Rules>(
    db: &Db,
    permit: &Permit<M::Update>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let keyed = without_secrets::<M>(request)?;
    answer_once!(db, permit, keyed, |tx| update_in::<M>(&mut tx, permit, id, request).await)
}

/// The part of an update that runs in the transaction.
pub async fn update_in<M: Rules>(
    tx: &mut Tx,
    permit: &Permit<M::Update>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let current = visible::<M, _>(tx, permit, id, false).await?;
    let record: M = from_document(&current)?;
    // A version in the body says as much as If-Match, if it is one.
    if M::REQUIRE_MATCH && !request.body.get("version").is_some_and(Value::is_i64) {
        request.conditions.require()?;
    }
    request.conditions.check(record.version())?;
    let reading = Reading {
        write: permit.write_mask(),
        read: permit.read_mask(),
        current: Some(&current),
        company: None,
        lenient: request.lenient,
    };
    let mut input = parse_and_seal::<M>(request, record.company_id(), &reading)?;
    input.fields =
        input.fields.into_iter().filter(|(name, value)| current.get(name) != Some(value)).collect();
    if input.version.is_some_and(|base| base > record.version()) {
        return Err(super::condition::stale(record.version()).into());
    }
    let scope = home::<M>(&record, permit.scope());
    if let Some(base) = input.version.filter(|base| *base < record.version() && !input.fields.is_empty()) {
        let role = permit.actor().role();
        merge::merge::<M>(tx, &scope, role, &current, base, &mut input.fields).await?;
    }
    check_references::<M>(tx, permit.caller(), &input.fields, Some(&current)).await?;
    let mut patch = Patch::<M>::from_input(input.fields);
    M::before_update(&mut Writing { tx: &mut *tx, caller: permit.caller() }, &record, &mut patch).await?;
    if patch.is_empty() {
        return Ok(reply::<M, _>(permit, &current)?.with_ignored(&input.ignored));
    }
    let stored = apply::<M, _>(tx, permit, &current, patch).await?;
    let after: M = from_document(&stored)?;
    record_change::<M>(tx, permit, Action::Update, Some(&current), &stored).await?;
    M::after_change(
        &mut Writing { tx: &mut *tx, caller: permit.caller() },
        Action::Update,
        Some(&record),
        &after,
    )
    .await?;
    announce(tx, permit.caller(), Action::Update, Some(&current), &stored, &after).await?;
    let stored = reread::<M>(tx, permit.scope(), record.id(), stored).await?;
    Ok(reply::<M, _>(permit, &stored)?.with_ignored(&input.ignored))
}

/// Moves a record to the trash and answers with it.
pub async fn delete<M: Rules>(
    db: &Db,
    permit: &Permit<M::Delete>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    answer_once!(db, permit, request, |tx| delete_in::<M>(&mut tx, permit, id, request).await)
}

/// The part of a delete that runs in the transaction.
pub async fn delete_in<M: Rules>(
    tx: &mut Tx,
    permit: &Permit<M::Delete>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let current = visible::<M, _>(tx, permit, id, false).await?;
    let record: M = from_document(&current)?;
    request.conditions.check(record.version())?;
    M::before_delete(&mut Writing { tx: &mut *tx, caller: permit.caller() }, &record).await?;
    mark::<M>(tx, permit, Action::Delete, &current).await
}

/// Takes a record back from the trash and answers with it.
pub async fn restore<M: Rules>(
    db: &Db,
    permit: &Permit<M::Delete>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    answer_once!(db, permit, request, |tx| {
        let current = visible::<M, _>(&mut tx, permit, id, true).await?;
        if current.get("deleted_at").is_none_or(|at| *at == Bson::Null) {
            return Err(AppError::problem(Code::Conflict, "The record is not in the trash."));
        }
        request.conditions.check(current.get_i64("version").unwrap_or_default())?;
        mark::<M>(&mut tx, permit, Action::Restore, &current).await
    })
}

async fn mark<M: Rules>(
    tx: &mut Tx,
    permit: &Permit<M::Delete>,
    action: Action,
    current: &Document,
) -> Result<Reply> {
    let record: M = from_document(current)?;
    let mut patch = Patch::<M>::new();
    patch.put_reserved("deleted_at", (action == Action::Delete).then(|| tx.now()));
    let stored = apply::<M, _>(tx, permit, current, patch).await?;
    let after: M = from_document(&stored)?;
    record_change::<M>(tx, permit, action, Some(current), &stored).await?;
    M::after_change(&mut Writing { tx: &mut *tx, caller: permit.caller() }, action, Some(&record), &after)
        .await?;
    announce(tx, permit.caller(), action, Some(current), &stored, &after).await?;
    reply::<M, _>(permit, &stored)
}

/// The record as stored, if the caller sees it and the permission covers it: 404 if not seen, 403 if not covered.
pub async fn visible<M: Rules, P: Permission<Resource = M>>(
    tx: &mut Tx,
    permit: &Permit<P>,
    id: &str,
    trash: bool,
) -> Result<Document> {
    let wanted = M::lookup(id).ok_or_else(AppError::not_found)?;
    let view = permit.caller().view::<M>();
    let mut seen = tx.of(&view);
    if trash {
        seen = seen.with_trash();
    }
    let document = seen.document(&wanted).await?.ok_or_else(AppError::not_found)?;
    if !permit.rows().matches(&document) {
        let problem =
            crate::errors::Problem::new(Code::Forbidden, "You may see this record but not change it.");
        return Err(problem.with("missing_capability", P::ROW.name).into());
    }
    Ok(document)
}

/// Applies a change to a record that was read in the same transaction.
pub async fn apply<M: Rules, P: Permission<Resource = M>>(
    tx: &mut Tx,
    permit: &Permit<P>,
    current: &Document,
    patch: Patch<M>,
) -> Result<Document> {
    let (id, version) = (current.get_object_id("_id"), current.get_i64("version"));
    let (Ok(id), Ok(version)) = (id, version) else {
        return Err(AppError::bug("a record without id or version"));
    };
    let guard = Expr::eq("version", version);
    let changed = tx.of(permit).with_trash().update_document(id, &guard, patch).await?;
    changed.ok_or_else(|| super::condition::stale(version).into())
}

/// Counters and audit entry of a change.
pub async fn record_change<M: Rules>(
    tx: &mut Tx,
    permit: &Permit<impl Permission<Resource = M>>,
    action: Action,
    before: Option<&Document>,
    after: &Document,
) -> Result<()> {
    record_act::<M>(tx, permit, action.as_str(), before, after).await
}

/// As [`record_change`], for an action of the resource's own, such as `suspend`.
pub async fn record_act<M: Rules>(
    tx: &mut Tx,
    permit: &Permit<impl Permission<Resource = M>>,
    action: &str,
    before: Option<&Document>,
    after: &Document,
) -> Result<()> {
    let record: M = from_document(after)?;
    let scope = home::<M>(&record, permit.scope());
    total::adjust::<M>(tx, &scope, before, Some(after)).await?;
    let name = format!("{}.{action}", M::RESOURCE);
    let act = Act {
        action: &name,
        resource: M::RESOURCE,
        id: Some(record.id()),
        changes: changes::<M>(before, after),
        version: Some(record.version()),
    };
    audit::append(tx, &scope, Some(permit.actor()), act).await
}

/// The company whose log tells of a record: its own, also when an operator changes it from outside.
fn home<M: Rules>(record: &M, scope: &TenantScope) -> TenantScope {
    system::company_of(record, scope.request_id()).unwrap_or_else(|| scope.clone())
}

/// The record once more, as rules may have changed it after it was written.
async fn reread<M: Rules>(
    tx: &mut Tx,
    scope: &TenantScope,
    id: ObjectId,
    stored: Document,
) -> Result<Document> {
    let wanted = Expr::cmp("_id", Op::Eq, id);
    Ok(tx.within::<M>(scope).with_trash().document(&wanted).await?.unwrap_or(stored))
}

/// The answer with a record as the caller sees it.
pub fn reply<M: Rules, P: Permission<Resource = M>>(
    permit: &Permit<P>,
    document: &Document,
) -> Result<Reply> {
    let mask = permit.read_mask();
    let rendered = render::<M>(document, mask)?;
    let tag = etag(rendered.version, mask, permit.actor().role());
    Ok(Reply::ok(rendered.body).with_etag(tag))
}
