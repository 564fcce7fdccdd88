//! Reads tickets: lists with filters and words, and one ticket by id or number.

use crate::db::Db;
use crate::engine::{self, ListQuery, Listing, Preconditions};
use crate::errors::Result;
use crate::permissions::{Permit, TicketsRead};
use crate::web::Reply;

/// The tickets that the caller sees; archived ones only when the filter names `archived`.
pub async fn list(db: &Db, permit: &Permit<TicketsRead>, query: &ListQuery) -> Result<Listing> {
    engine::list(db, permit, query).await
}

/// One ticket by id or number.
pub async fn show(
    db: &Db,
    permit: &Permit<TicketsRead>,
    id: &str,
    conditions: &Preconditions,
) -> Result<Reply> {
    engine::show(db, permit, id, conditions).await
}
