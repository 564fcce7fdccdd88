//! Runs a list: scope, rows, filter, order, page, total.

use super::total::{Total, counted, total};
use super::{Cursor, ListQuery, Rows, plan};
use crate::db::{Db, Expr, Filter, Page, TenantModel};
use crate::errors::{AppError, Code, Result};
use crate::permissions::{Permission, Permit, Reach, TABLE};
use bson::{Document, RawDocumentBuf};

/// Most bytes of the stored rows of an answer: a list costs the server no more memory than this, whatever is in it.
const MAX_BYTES: usize = 8 << 20;

/// A page of a list with what is known of the rest.
pub struct Listing {
    /// The rows.
    pub rows: Rows,
    /// How many there are in all.
    pub total: Total,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// There are rows after these.
    pub has_next: bool,
    /// There are rows before these.
    pub has_previous: bool,
    /// Offset of the first row.
    pub skip: u64,
}

/// The page that `query` asks for, of the records that the permit admits.
pub async fn list<P: Permission>(db: &Db, permit: &Permit<P>, query: &ListQuery) -> Result<Listing> {
    list_where(db, permit, query, Expr::All).await
}

/// As [`list`], narrowed by a condition of the service.
pub async fn list_where<P: Permission>(
    db: &Db,
    permit: &Permit<P>,
    query: &ListQuery,
    narrowed: Expr,
) -> Result<Listing> {
    let mut reader = db.of(permit);
    let mut filter = query.filter.clone().and(narrowed);
    if query.trash {
        check_trash::<P>(permit)?;
        reader = reader.with_trash();
        filter = filter.and(Expr::cmp("deleted_at", crate::db::Op::Ne, bson::Bson::Null));
    } else if let Some(ids) = &query.ids {
        filter = filter.and(Expr::is_in("_id", ids.iter().copied()));
    } else if let Some(usual) = <P::Resource as TenantModel>::DEFAULT_FILTER {
        filter = with_usual(filter, usual());
    }
    let mut cut = false;
    if let Some(words) = &query.words {
        let hits = <P::Resource as TenantModel>::search(db, permit.caller(), words).await?;
        // The other dialects have no way to say that there is more.
        cut = hits.cut && !query.dialect.needs_total();
        filter = filter.and(Filter::<P::Resource>::ids(hits.ids).into_expr());
    }
    let mut paged = filter.clone();
    if let Some(cursor) = &query.after {
        paged = cursor.condition(&query.sort).and(paged);
    }
    let planned =
        plan(<P::Resource as crate::db::Model>::INDEXES, &permit.rows().and(filter.clone()), &query.sort);
    // One row more than asked for tells whether there is a next page.
    let page = Page {
        sort: planned.sort,
        skip: query.skip,
        limit: query.limit + 1,
        hint: planned.hint.map(str::to_owned).filter(|_| permit.scope().company().is_some()),
        projection: Document::new(),
        max_bytes: Some(MAX_BYTES),
    };
    let whole = permit.rows() == Expr::All;
    let counting = counted::<P::Resource>(db, permit.scope(), whole, query, &filter);
    let (mut rows, counted) = futures::try_join!(reader.page(&paged, &page), counting)?;
    let wanted = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let has_next = rows.len() > wanted;
    rows.truncate(wanted);
    let count = if has_next { query.limit.unsigned_abs() } else { rows.len() as u64 };
    let total = if !has_next && query.after.is_none() && (count > 0 || query.skip == 0) {
        Total::Exact(query.skip + count)
    } else {
        total(&reader, query, &filter, count, counted).await?
    };
    let total = match total {
        Total::Exact(found) if cut => Total::AtLeast(found),
        total => total,
    };
    let last = rows.last().filter(|_| has_next).map(|row| Document::try_from(&**row)).transpose()?;
    let next_cursor = last.and_then(|row| Cursor::at(&query.sort, &row)).and_then(|cursor| cursor.encode());
    if <P::Resource as TenantModel>::CENSORED {
        for row in &mut rows {
            let mut document = Document::try_from(&**row)?;
            <P::Resource as TenantModel>::censor(&mut document, permit.caller());
            *row = RawDocumentBuf::try_from(&document)?;
        }
    }
    let rows = Rows::new::<P::Resource>(rows, permit.read_mask(), query.fields.as_deref());
    let has_previous = query.skip > 0 || query.after.is_some();
    Ok(Listing { rows, total, next_cursor, has_next, has_previous, skip: query.skip })
}

/// The usual condition, unless the filter says something about its field.
fn with_usual(filter: Expr, usual: Expr) -> Expr {
    match &usual {
        Expr::Cmp(field, _, _) if mentions(&filter, field) => filter,
        _ => usual.and(filter),
    }
}

fn mentions(filter: &Expr, wanted: &str) -> bool {
    match filter {
        Expr::Cmp(field, _, _) => field == wanted,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(|part| mentions(part, wanted)),
        Expr::Not(part) => mentions(part, wanted),
        _ => false,
    }
}

/// The trash is for those who may empty it.
fn check_trash<P: Permission>(permit: &Permit<P>) -> Result<()> {
    let name = format!("{}.delete", P::ROW.resource);
    let reach = TABLE.iter().find(|row| row.name == name).map(|row| permit.actor().reach_of(row));
    match reach {
        Some(Reach::All | Reach::Own | Reach::Ranked) => Ok(()),
        _ => Err(AppError::problem(Code::Forbidden, "Your role does not show the trash.")),
    }
}
