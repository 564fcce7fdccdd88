//! Totals of lists: free where the page tells, kept in counters where lists are long, counted up to a limit elsewhere.

use super::{ListQuery, TotalMode};
use crate::db::{Db, Expr, Reader, TenantModel, Tx};
use crate::errors::{Code, Problem, Result};
use crate::models::Counter;
use crate::permissions::TenantScope;
use bson::Document;

/// Counting stops here unless an exact total is asked for.
pub const COUNT_CAP: u64 = 10_000;
/// Parts of one counter, so that writers in different processes seldom meet.
const SHARDS: u8 = 4;

/// How many records a list has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// That many.
    Exact(u64),
    /// That many or more.
    AtLeast(u64),
    /// Not asked for.
    Unknown,
}

/// The value of the counter that knows the total of a list, if there is one. Counters cover a whole company: whoever sees
/// only some rows counts those.
pub async fn counted<M: TenantModel>(
    db: &Db,
    scope: &TenantScope,
    whole: bool,
    query: &ListQuery,
    filter: &Expr,
) -> Result<Option<u64>> {
    let suits = whole && !query.trash && query.words.is_none() && query.total != TotalMode::None;
    match M::counter_of(filter).filter(|_| suits && scope.company().is_some()) {
        Some(facet) => read_counter(db, scope, M::RESOURCE, &facet).await.map(Some),
        None => Ok(None),
    }
}

/// The total of a list of which a page of `rows` was read and whose counter, if it has one, says `counted`.
pub async fn total<M: TenantModel>(
    reader: &Reader<M>,
    query: &ListQuery,
    filter: &Expr,
    rows: u64,
    counted: Option<u64>,
) -> Result<Total> {
    let short = rows < query.limit.unsigned_abs() && (rows > 0 || query.skip == 0) && query.after.is_none();
    if short {
        return Ok(Total::Exact(query.skip + rows));
    }
    if query.total == TotalMode::None {
        return Ok(Total::Unknown);
    }
    if let Some(counted) = counted {
        return Ok(Total::Exact(counted));
    }
    if query.total == TotalMode::Exact {
        return match reader.count(filter, u64::from(u32::MAX), None).await {
            Err(error) if error.code() == Code::Overloaded => {
                let detail = "The exact total takes too long. Ask without total=exact.";
                Err(Problem::new(Code::Overloaded, detail).into())
            }
            counted => counted.map(Total::Exact),
        };
    }
    let counted = reader.count(filter, COUNT_CAP + 1, None).await?;
    Ok(if counted > COUNT_CAP { Total::AtLeast(COUNT_CAP) } else { Total::Exact(counted) })
}

/// Adjusts the counters of a company by the difference between a record before and after a change.
pub async fn adjust<M: TenantModel>(
    tx: &mut Tx,
    scope: &TenantScope,
    before: Option<&Document>,
    after: Option<&Document>,
) -> Result<()> {
    let old = before.map(M::counted).unwrap_or_default();
    let new = after.map(M::counted).unwrap_or_default();
    let gone = old.iter().filter(|facet| !new.contains(facet)).map(|facet| (facet, -1_i64));
    let come = new.iter().filter(|facet| !old.contains(facet)).map(|facet| (facet, 1_i64));
    let shard = rand::random_range(0..SHARDS);
    for (facet, by) in gone.chain(come) {
        let patch = crate::db::Patch::new().inc(Counter::value(), by);
        tx.global::<Counter>()
            .update(Counter::key(key(scope, M::RESOURCE, facet, shard)), patch, true)
            .await?;
    }
    Ok(())
}

/// The value of a counter: the sum of its parts.
pub async fn read_counter(db: &Db, scope: &TenantScope, resource: &str, facet: &str) -> Result<u64> {
    let keys = (0..SHARDS).map(|shard| key(scope, resource, facet, shard));
    let parts: Vec<Counter> = db.global_by_ids(keys).await?;
    Ok(u64::try_from(parts.iter().map(|part| part.value).sum::<i64>()).unwrap_or(0))
}

fn key(scope: &TenantScope, resource: &str, facet: &str, shard: u8) -> String {
    scope.key(&format!("{resource}:{facet}:{shard}"))
}
