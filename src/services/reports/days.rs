//! How many tickets came and were solved on each of the last days. Archived tickets count too: what happened on a day
//! stays as it was when somebody tidies up later.

use crate::db::{By, Calendar, Db, Field, Filter, Op};
use crate::errors::Result;
use crate::models::Ticket;
use crate::permissions::{Permit, ReportsRead};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

#[derive(Deserialize)]
struct Group {
    day: String,
}

/// The days of the calendar, each with its numbers. A ticket is solved on the day of its last solution, also when it was
/// reopened since.
pub async fn daily(db: &Db, permit: &Permit<ReportsRead>, calendar: &Calendar) -> Result<Vec<Value>> {
    let (created, solved) = futures::try_join!(
        by_day(db, permit, calendar, Field::new("created_at"), "ticket_created_day"),
        by_day(db, permit, calendar, Ticket::solved_at(), "ticket_solved_day"),
    )?;
    let on = |counts: &HashMap<String, i64>, day: &String| counts.get(day).copied().unwrap_or_default();
    let row = |day: &String| json!({ "date": day, "created": on(&created, day), "solved": on(&solved, day) });
    Ok(calendar.days.iter().map(row).collect())
}

/// Numbers of tickets by the day of a time, along the index of that time whatever the caller sees: what it costs is told
/// by the days, not by the size of the company. Left to itself the database takes other indexes, from end to end.
async fn by_day(
    db: &Db,
    permit: &Permit<ReportsRead>,
    calendar: &Calendar,
    time: Field<Ticket>,
    index: &str,
) -> Result<HashMap<String, i64>> {
    let since = Filter::cmp(time, Op::Gte, calendar.begin);
    let groups: Vec<(Group, i64)> =
        db.of(permit).tally(since, &[("day", By::Day(time, &calendar.zone))], Some(index)).await?;
    Ok(groups.into_iter().map(|(group, count)| (group.day, count)).collect())
}
