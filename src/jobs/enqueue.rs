//! Writes a job down in the transaction of the change that asks for it.

use super::{Kind, OUTWARD};
use crate::db::{Draft, Expr, Filter, Tx, to_document};
use crate::errors::Result;
use crate::models::Job;
use crate::permissions::TenantScope;
use bson::{DateTime, oid::ObjectId};

/// When a job is to be done, and whether it may be there twice.
#[derive(Clone, Debug, Default)]
pub struct When {
    /// Not before this time; at once when none.
    pub run_at: Option<DateTime>,
    /// 0 to 9, smaller first; when none, 5, or the first of [`OUTWARD`] for kinds that are outward.
    pub priority: Option<i64>,
    /// No second job of the company has this key.
    pub unique_key: Option<String>,
}

/// Adds a job for the scope's company. Returns its id, or none when there is one with the same key.
pub async fn enqueue<K: Kind>(
    tx: &mut Tx,
    scope: &TenantScope,
    payload: &K::Payload,
    when: When,
) -> Result<Option<ObjectId>> {
    if let Some(key) = &when.unique_key {
        // A scope that spans companies adds jobs of the platform, so only those are compared.
        let of_whom = Expr::eq("company_id", scope.company());
        let same = Filter::eq(Job::unique_key(), key.as_str()).and(Filter::from(of_whom));
        if tx.within::<Job>(scope).with_trash().exists(same).await? {
            return Ok(None);
        }
    }
    let usual = if K::OUTWARD { OUTWARD[0] } else { 5 };
    let draft = Draft::new()
        .set(Job::kind(), K::NAME)
        .set(Job::payload(), to_document(payload)?)
        .set(Job::priority(), when.priority.unwrap_or(usual))
        .set(Job::run_at(), when.run_at.unwrap_or_else(|| tx.now()))
        .set(Job::max_attempts(), K::POLICY.max_attempts)
        .set(Job::unique_key(), when.unique_key);
    Ok(Some(tx.within::<Job>(scope).insert(draft).await?.id))
}
