//! Changes many records by one call: each for itself with its own result, or all or none.

use super::seal::without_secrets;
use super::write::{delete_in, update_in};
use super::{MAX_BULK, Rules, WriteRequest, recall};
use crate::db::Db;
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::permissions::{Caller, Permit};
use crate::web::Reply;
use crate::{answer_once, transaction};
use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// Records to change and what to set in each.
#[derive(Debug)]
pub struct BulkUpdate {
    /// Ids as sent.
    pub ids: Vec<String>,
    /// Fields to set.
    pub data: Map<String, Value>,
    /// All or none.
    pub atomic: bool,
}

/// Records to delete.
#[derive(Debug)]
pub struct BulkDelete {
    /// Ids as sent.
    pub ids: Vec<String>,
    /// All or none.
    pub atomic: bool,
}

impl BulkUpdate {
    /// Reads `{ids, data, atomic}`.
    pub fn read(body: &Map<String, Value>) -> Result<Self> {
        let data = body.get("data").and_then(Value::as_object).cloned();
        let data = data.ok_or_else(|| refuse("data", "Must be an object with the fields to set."))?;
        let common = BulkDelete::read_with(body, &["ids", "data", "atomic"])?;
        Ok(Self { ids: common.ids, data, atomic: common.atomic })
    }
}

impl BulkDelete {
    /// Reads `{ids, atomic}`.
    pub fn read(body: &Map<String, Value>) -> Result<Self> {
        Self::read_with(body, &["ids", "atomic"])
    }

    fn read_with(body: &Map<String, Value>, known: &[&str]) -> Result<Self> {
        if let Some(name) = body.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(FieldErrors::one(name, Code::UnknownField, "There is no such field.").into());
        }
        let ids: Option<Vec<String>> = body
            .get("ids")
            .and_then(Value::as_array)
            .and_then(|ids| ids.iter().map(|id| id.as_str().map(str::to_owned)).collect());
        let ids = ids.filter(|ids| (1..=MAX_BULK).contains(&ids.len()));
        let mut ids = ids.ok_or_else(|| refuse("ids", &format!("Must be a list of 1 to {MAX_BULK} ids.")))?;
        let mut seen = HashSet::new();
        ids.retain(|id| seen.insert(id.clone()));
        let atomic = match body.get("atomic") {
            None => false,
            Some(flag) => flag.as_bool().ok_or_else(|| refuse("atomic", "Must be true or false."))?,
        };
        Ok(Self { ids, atomic })
    }
}

/// Sets the same fields in many records.
pub async fn update_many<M: Rules>(
    db: &Db,
    permit: &Permit<M::Update>,
    request: &WriteRequest,
) -> Result<Reply> {
    let bulk = BulkUpdate::read(&request.body)?;
    let keys = request.keys.clone();
    let mut each =
        WriteRequest { body: bulk.data, lenient: request.lenient, keys, ..WriteRequest::default() };
    let request = &without_secrets::<M>(request)?;
    if bulk.atomic {
        return answer_once!(db, permit, request, |tx| {
            for id in &bulk.ids {
                update_in::<M>(&mut tx, permit, id, &each).await.map_err(|error| named(id, error))?;
            }
            Ok(Reply::ok(json!({ "data": bulk.ids, "errors": [] })))
        });
    }
    if let Some(reply) = earlier(db, permit.caller(), request).await? {
        return Ok(reply);
    }
    let mut outcome = Outcome::default();
    for id in &bulk.ids {
        each.idempotency = request.idempotency.as_ref().map(|key| key.part(id));
        outcome.note(id, super::update::<M>(db, permit, id, &each).await)?;
    }
    settle(db, permit.caller(), request, outcome.reply()).await
}

/// Moves many records to the trash.
pub async fn delete_many<M: Rules>(
    db: &Db,
    permit: &Permit<M::Delete>,
    request: &WriteRequest,
) -> Result<Reply> {
    let bulk = BulkDelete::read(&request.body)?;
    let mut each = WriteRequest::default();
    if bulk.atomic {
        return answer_once!(db, permit, request, |tx| {
            for id in &bulk.ids {
                delete_in::<M>(&mut tx, permit, id, &each).await.map_err(|error| named(id, error))?;
            }
            Ok(Reply::ok(json!({ "data": bulk.ids, "errors": [] })))
        });
    }
    if let Some(reply) = earlier(db, permit.caller(), request).await? {
        return Ok(reply);
    }
    let mut outcome = Outcome::default();
    for id in &bulk.ids {
        each.idempotency = request.idempotency.as_ref().map(|key| key.part(id));
        outcome.note(id, super::delete::<M>(db, permit, id, &each).await)?;
    }
    settle(db, permit.caller(), request, outcome.reply()).await
}

/// The answer that the same call got before, where each record is a transaction of its own. A call that broke off half
/// through, or still runs, left none: repeated, it goes over all records again, by the key that each of them has.
pub async fn earlier(db: &Db, caller: &Caller, request: &WriteRequest) -> Result<Option<Reply>> {
    let key = request.idempotency.as_ref();
    match key {
        Some(_) => transaction!(db, caller.actor().author(), |tx| recall(&mut tx, key).await),
        None => Ok(None),
    }
}

/// Keeps the answer of a call whose records are all done.
pub async fn settle(db: &Db, caller: &Caller, request: &WriteRequest, reply: Reply) -> Result<Reply> {
    match request.idempotency {
        // Of two that ran at once, both get the answer of the one that kept its own first.
        Some(_) => answer_once!(db, caller, request, |tx| {
            let _ = &mut tx;
            Ok(reply.clone())
        }),
        None => Ok(reply),
    }
}

/// Results of a bulk call, record by record.
#[derive(Default)]
pub struct Outcome {
    done: Vec<String>,
    errors: Vec<Value>,
}

impl Outcome {
    /// Notes the result for one record. Failures of the system, as opposed to refusals, end the call.
    pub fn note(&mut self, id: &str, result: Result<Reply>) -> Result<()> {
        match result {
            Ok(_) => self.done.push(id.to_owned()),
            Err(AppError::Problem(problem)) => self.errors.push(json!({
                "id": id, "status": problem.code.status().as_u16(), "code": problem.code.as_str(), "message": problem.detail,
            })),
            Err(other) => return Err(other),
        }
        Ok(())
    }

    /// The answer: 200 with what was done and what was not.
    pub fn reply(self) -> Reply {
        Reply::ok(json!({ "data": self.done, "errors": self.errors }))
    }
}

/// Says which record made an all-or-none call fail.
fn named(id: &str, error: AppError) -> AppError {
    match error {
        AppError::Problem(problem) => (*problem).with("id", id).into(),
        other => other,
    }
}

fn refuse(field: &str, message: &str) -> AppError {
    FieldErrors::one(field, Code::ValidationFailed, message).into()
}
