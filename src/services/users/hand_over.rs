//! Hands the open tickets of a person who goes to someone else, or back to the queue, each with its own history.

use crate::db::{Author, Db, Expr, Filter, Op, Patch, Tx};
use crate::errors::{AppError, Result};
use crate::models::{EventKind, Status, Ticket, User, UserStatus};
use crate::permissions::{Actor, TenantScope};
use crate::services::tickets::events::NewEvent;
use crate::services::tickets::{Change, Found, fits};
use crate::transaction;
use bson::{Bson, doc, oid::ObjectId};

/// Tickets of one transaction.
pub(super) const BATCH: i64 = 50;

/// Hands over up to `limit` open tickets and tells how many there were. Those of departments for which `to` does not
/// work go back to the queue.
pub(super) async fn batch(
    tx: &mut Tx,
    actor: &Actor,
    scope: &TenantScope,
    from: ObjectId,
    to: Option<ObjectId>,
    limit: i64,
) -> Result<i64> {
    // Operators have no tickets; without a company the search would span all of them.
    if scope.company().is_none() {
        return Ok(0);
    }
    let tickets = tx.within::<Ticket>(scope).find(open_of(from), doc! { "_id": 1 }, limit).await?;
    let heir = match to {
        Some(to) => tx.within::<User>(scope).find_one(Filter::id(to)).await?,
        None => None,
    };
    for ticket in &tickets {
        let current = Filter::<Ticket>::id(ticket.id).into_expr();
        let current = tx.within::<Ticket>(scope).document(&current).await?;
        let current = current.ok_or_else(|| AppError::bug("a ticket vanished within a transaction"))?;
        let heir = heir.as_ref().filter(|heir| fits(heir, ticket.department_id)).map(|heir| heir.id);
        let change = Change {
            scope,
            actor: Some(actor),
            action: "tickets.assign",
            patch: Patch::new().set(Ticket::assignee_id(), heir),
            events: vec![NewEvent::private(EventKind::Assigned)],
            message: None,
        };
        change.apply(tx, &Found::read(current)?).await?;
    }
    Ok(i64::try_from(tickets.len()).unwrap_or(limit))
}

/// Hands over what is left, batch by batch, each a transaction of its own, as long as the person is `gone`: a repeated
/// request does what is left to do of the first one, and nothing to who is back since.
pub(super) async fn rest(
    db: &Db,
    actor: &Actor,
    scope: &TenantScope,
    from: ObjectId,
    to: Option<ObjectId>,
    gone: fn(&User) -> bool,
) -> Result<()> {
    // Operators have no tickets.
    if scope.company().is_none() {
        return Ok(());
    }
    let author = Author { user: Some(actor.user_id()), company: scope.company() };
    loop {
        let done = transaction!(db, author.clone(), |tx| {
            match tx.within::<User>(scope).find_one(Filter::id(from)).await? {
                Some(person) if gone(&person) => {
                    let to = heir(&mut tx, scope, from, to).await?;
                    batch(&mut tx, actor, scope, from, to, BATCH).await
                }
                _ => Ok(0),
            }
        })?;
        if done < BATCH {
            return Ok(());
        }
    }
}

/// `to`, if that person can take the tickets of `from`: an active member of the staff.
pub(super) async fn heir(
    tx: &mut Tx,
    scope: &TenantScope,
    from: ObjectId,
    to: Option<ObjectId>,
) -> Result<Option<ObjectId>> {
    let Some(to) = to.filter(|to| *to != from) else { return Ok(None) };
    let found = tx.within::<User>(scope).find_one(Filter::id(to)).await?;
    Ok(found.filter(|user| user.status == UserStatus::Active && user.role.is_staff()).map(|user| user.id))
}

/// Number of open tickets of a person.
pub(super) async fn left(tx: &mut Tx, scope: &TenantScope, person: ObjectId) -> Result<u64> {
    tx.within::<Ticket>(scope).count(open_of(person)).await
}

fn open_of(person: ObjectId) -> Filter<Ticket> {
    let done: Vec<Bson> = vec![Status::Solved.into(), Status::Closed.into()];
    Filter::eq(Ticket::assignee_id(), person).and(Expr::cmp("status", Op::Nin, done))
}
