//! How many tickets are in which state. Archived tickets do not count, as lists do not show them unasked.

use crate::db::{By, Db, Expr, Filter};
use crate::engine::{COUNT_CAP, read_counter};
use crate::errors::Result;
use crate::models::{Priority, Status, Ticket};
use crate::permissions::{Permit, ReportsRead};
use bson::Bson;
use serde::Deserialize;

/// The index that holds all that unsolved tickets are counted by.
const STATES: &str = "ticket_states";

/// What unsolved tickets that are counted together have in common.
#[derive(Debug, Deserialize)]
pub struct Group {
    /// Where they stand.
    pub status: Status,
    /// How urgent they are.
    pub priority: Priority,
    /// Nobody works on them.
    pub unassigned: bool,
    /// The caller works on them.
    pub mine: bool,
    /// Nobody of the staff has answered yet.
    pub unanswered: bool,
}

/// The unsolved tickets, from one reading: their numbers fit each other.
pub struct Unsolved(Vec<(Group, i64)>);

impl Unsolved {
    /// Number of the tickets of the groups that `wanted` accepts.
    pub fn count(&self, wanted: impl Fn(&Group) -> bool) -> i64 {
        self.0.iter().filter(|(group, _)| wanted(group)).map(|(_, count)| count).sum()
    }
}

/// Counts the unsolved tickets that the caller sees.
pub async fn unsolved(db: &Db, permit: &Permit<ReportsRead>) -> Result<Unsolved> {
    let unsolved = Status::ALL.iter().copied().filter(|status| status.is_unsolved());
    let filter = Filter::eq(Ticket::archived(), false).and(Filter::is_in(Ticket::status(), unsolved));
    let by = [
        ("status", By::Value(Ticket::status())),
        ("priority", By::Value(Ticket::priority())),
        ("unassigned", By::Is(Ticket::assignee_id(), Bson::Null)),
        ("mine", By::Is(Ticket::assignee_id(), permit.actor().user_id().into())),
        ("unanswered", By::Is(Ticket::first_responded_at(), Bson::Null)),
    ];
    let (parts, mut groups) = (db.of(permit).parts(), Vec::new());
    let hint = (parts.len() == 1).then_some(STATES);
    // One after another: together they would take many connections for one request.
    for part in parts {
        groups.extend(part.tally(filter.clone(), &by, hint).await?);
    }
    Ok(Unsolved(groups))
}

/// How many tickets there are, and whether there are no more.
pub struct Finished {
    /// That many.
    pub count: u64,
    /// No more than that.
    pub exact: bool,
}

/// The tickets in a final state. There are ever more of them: for a whole company a counter knows, for a part of it they
/// are counted as far as totals of lists are.
pub async fn finished(db: &Db, permit: &Permit<ReportsRead>, status: Status) -> Result<Finished> {
    if permit.rows() == Expr::All {
        let count = read_counter(db, permit.scope(), "tickets", &format!("status:{status}")).await?;
        return Ok(Finished { count, exact: true });
    }
    let filter = Filter::<Ticket>::eq(Ticket::archived(), false).and(Filter::eq(Ticket::status(), status));
    let (filter, mut count) = (filter.into_expr(), 0);
    for part in db.of(permit).parts() {
        count += part.count(&filter, COUNT_CAP + 1 - count, None).await?;
        if count > COUNT_CAP {
            break;
        }
    }
    Ok(Finished { count: count.min(COUNT_CAP), exact: count <= COUNT_CAP })
}
