//! The check of an audit chain: every entry is as it was written, none is missing, none is too many.

use super::{GENESIS, seal};
use crate::db::{Db, Expr, Filter, Op, Page};
use crate::errors::{Code, FieldErrors, Result};
use crate::models::{AuditEntry, AuditHead};
use crate::permissions::TenantScope;
use bson::{Document, doc};
use serde::Serialize;

/// Entries read at once.
const STEP: i64 = 1000;

/// What a check of the chain found.
#[derive(Debug, Serialize)]
pub struct Verification {
    /// What was checked of the chain is whole.
    pub valid: bool,
    /// Entries that were found sound.
    pub checked: i64,
    /// Number of the last entry.
    pub last_seq: i64,
    /// Hash of the last entry; keep it elsewhere to prove later that nothing before it was altered.
    pub last_hash: String,
    /// Number of the first entry that is missing or altered.
    pub first_invalid_seq: Option<i64>,
    /// What is wrong with it.
    pub fault: Option<&'static str>,
    /// Number of the entry with which to go on; none at the end of the chain and after a fault.
    pub next_seq: Option<i64>,
}

/// Number and hash of an entry.
#[derive(Clone, Debug, PartialEq)]
struct Link {
    seq: i64,
    hash: String,
}

type Fault = (i64, &'static str);

/// Checks the chain of the scope's company from entry `from` on, at most `limit` entries of it.
///
/// # Errors
/// 422 when there is no entry `from` and will not be one next.
pub async fn verify(db: &Db, scope: &TenantScope, from: i64, limit: i64) -> Result<Verification> {
    // The head is read first: entries that are added meanwhile are simply not looked at.
    let head = head(db, scope).await?;
    if from > head.seq + 1 {
        let message = format!("The log has {} entries.", head.seq);
        return Err(FieldErrors::one("from_seq", Code::InvalidParameter, message).into());
    }
    let mut link = Link { seq: from - 1, hash: GENESIS.to_owned() };
    let last = head.seq.min(from.saturating_add(limit) - 1);
    let mut fault = match before(db, scope, from).await? {
        Ok(hash) => {
            link.hash = hash;
            walk(db, scope, &mut link, last).await?
        }
        Err(fault) => Some(fault),
    };
    if fault.is_none() && last == head.seq {
        fault = end(db, scope, &link, &head).await?;
    }
    Ok(Verification {
        valid: fault.is_none(),
        checked: link.seq + 1 - from,
        last_seq: head.seq,
        last_hash: head.hash,
        first_invalid_seq: fault.map(|(seq, _)| seq),
        fault: fault.map(|(_, fault)| fault),
        next_seq: (fault.is_none() && last < head.seq).then_some(last + 1),
    })
}

/// Hash of the entry before `from`, to which the check before this one came.
async fn before(db: &Db, scope: &TenantScope, from: i64) -> Result<std::result::Result<String, Fault>> {
    if from == 1 {
        return Ok(Ok(GENESIS.to_owned()));
    }
    let seq = from - 1;
    let Some(entry) = db.within::<AuditEntry>(scope).document(&Expr::eq("seq", seq)).await? else {
        return Ok(Err((seq, "missing")));
    };
    let sealed = seal(&entry)?;
    let sound = entry.get_str("hash").is_ok_and(|hash| hash == sealed);
    Ok(if sound { Ok(sealed) } else { Err((seq, "altered")) })
}

async fn head(db: &Db, scope: &TenantScope) -> Result<Link> {
    let head = db.global::<AuditHead>().find_one(AuditHead::key(scope.key("audit"))).await?;
    Ok(head.map_or(Link { seq: 0, hash: GENESIS.to_owned() }, |head| Link { seq: head.seq, hash: head.hash }))
}

/// Follows the chain up to the entry `last`. Tells the first entry that is not sound and why.
async fn walk(db: &Db, scope: &TenantScope, link: &mut Link, last: i64) -> Result<Option<Fault>> {
    let reader = db.within::<AuditEntry>(scope);
    while link.seq < last {
        let after = Expr::cmp("seq", Op::Gt, link.seq).and(Expr::cmp("seq", Op::Lte, last));
        let page = Page { sort: doc! { "seq": 1 }, limit: STEP, ..Page::default() };
        let rows = reader.page(&after, &page).await?;
        if rows.is_empty() {
            return Ok(Some((link.seq + 1, "missing")));
        }
        for row in rows {
            let entry = Document::try_from(&*row)?;
            if !entry.get_i64("seq").is_ok_and(|seq| seq == link.seq + 1) {
                return Ok(Some((link.seq + 1, "missing")));
            }
            let sealed = seal(&entry)?;
            let sound = entry.get_str("hash").is_ok_and(|hash| hash == sealed)
                && entry.get_str("prev_hash").is_ok_and(|prev| prev == link.hash);
            if !sound {
                return Ok(Some((link.seq + 1, "altered")));
            }
            *link = Link { seq: link.seq + 1, hash: sealed };
        }
    }
    Ok(None)
}

/// What is wrong at the end of the chain, which was followed up to `link`.
async fn end(db: &Db, scope: &TenantScope, link: &Link, head: &Link) -> Result<Option<Fault>> {
    if link != head {
        return Ok(Some((head.seq, "head_mismatch")));
    }
    Ok(beyond(db, scope, head).await?.map(|seq| (seq, "beyond_head")))
}

/// An entry after the head: someone put the head back. New entries move the head in their own transaction, so a head
/// that is read after such an entry has passed it.
async fn beyond(db: &Db, scope: &TenantScope, last: &Link) -> Result<Option<i64>> {
    let later = Filter::from(Expr::cmp("seq", Op::Gt, last.seq));
    let Some(entry) = db.within::<AuditEntry>(scope).find_one(later).await? else { return Ok(None) };
    Ok((head(db, scope).await?.seq < entry.seq).then_some(entry.seq))
}
