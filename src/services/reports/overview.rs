//! How a company's support stands: what is open and for how long, and what came and went on the last days.

use super::{days, states};
use crate::db::Db;
use crate::engine::{ListQuery, Rows};
use crate::errors::{AppError, Result};
use crate::models::{Company, Priority, Status, Ticket};
use crate::permissions::{Permit, ReportsRead, TicketsRead};
use crate::schema::{FieldSpec, Kind};
use crate::services::tickets::core::read;
use crate::web::Reply;
use serde_json::json;

/// Fewest and most days that can be asked for.
pub const DAYS: std::ops::RangeInclusive<i64> = 7..=90;
/// Days when nothing is said.
pub const USUAL_DAYS: i64 = 30;
/// Most tickets that are shown of those who wait.
const OLDEST: usize = 10;

/// The numbers of the tickets that the caller sees, and the tickets that have waited longest.
///
/// # Errors
/// 503 `overloaded` when counting takes too long.
pub async fn overview(db: &Db, permit: &Permit<ReportsRead>, days: i64) -> Result<Reply> {
    let companies = db.within::<Company>(permit.scope());
    let calendar = companies.calendar(Company::timezone(), db.clock().now(), days).await?;
    let (unsolved, solved, closed, daily, oldest) = futures::try_join!(
        states::unsolved(db, permit),
        states::finished(db, permit, Status::Solved),
        states::finished(db, permit, Status::Closed),
        days::daily(db, permit, &calendar),
        oldest_unanswered(db, permit),
    )?;
    let of = |status| unsolved.count(|group| group.status == status);
    let by_priority = |priority| unsolved.count(|group| group.priority == priority);
    let oldest = serde_json::to_value(oldest).map_err(AppError::internal)?;
    Ok(Reply::ok(json!({
        "by_status": {
            "new": of(Status::New),
            "open": of(Status::Open),
            "pending": of(Status::Pending),
            "on_hold": of(Status::OnHold),
            "solved": solved.count,
            "closed": closed.count,
        },
        "by_priority": {
            "low": by_priority(Priority::Low),
            "normal": by_priority(Priority::Normal),
            "high": by_priority(Priority::High),
            "urgent": by_priority(Priority::Urgent),
        },
        "unassigned": unsolved.count(|group| group.unassigned),
        "mine": {
            "open": unsolved.count(|group| group.mine),
            "pending": unsolved.count(|group| group.mine && group.status == Status::Pending),
        },
        "unanswered": unsolved.count(|group| group.unanswered && WAITING.contains(&group.status)),
        "oldest_unanswered": oldest,
        "exact": solved.exact && closed.exact,
        "days": daily,
        "timezone": calendar.zone,
    })))
}

/// The states in which the company's answer is awaited.
const WAITING: &[Status] = &[Status::New, Status::Open];

/// The list of tickets itself, as a request for it would be answered: fields, rows and order are those of the list.
async fn oldest_unanswered(db: &Db, permit: &Permit<ReportsRead>) -> Result<Rows> {
    let filter = json!({ "status_in": WAITING, "first_responded_at_isnull": true }).to_string();
    let (sort, total) = ("created_at".to_owned(), "none".to_owned());
    let asked = [("filter", filter), ("sort", sort), ("per_page", OLDEST.to_string()), ("total", total)];
    let pairs = asked.map(|(name, value)| (name.to_owned(), value));
    let tickets = permit.other::<TicketsRead>();
    let query = ListQuery::parse::<Ticket>(&pairs, tickets.read_mask(), tickets.actor())?;
    Ok(read::list(db, &tickets, &query).await?.rows)
}

const COUNT: FieldSpec = FieldSpec::int(0, i64::MAX).required();
const BY_STATUS: &[FieldSpec] = &[
    COUNT.named("new", Status::New.meaning()),
    COUNT.named("open", Status::Open.meaning()),
    COUNT.named("pending", Status::Pending.meaning()),
    COUNT.named("on_hold", Status::OnHold.meaning()),
    COUNT.named("solved", Status::Solved.meaning()),
    COUNT.named("closed", Status::Closed.meaning()),
];
const BY_PRIORITY: &[FieldSpec] = &[
    COUNT.named("low", Priority::Low.meaning()),
    COUNT.named("normal", Priority::Normal.meaning()),
    COUNT.named("high", Priority::High.meaning()),
    COUNT.named("urgent", Priority::Urgent.meaning()),
];
const MINE: &[FieldSpec] = &[
    COUNT.named("open", "Unsolved tickets that are assigned to the caller."),
    COUNT.named("pending", "Those of them that wait for the client."),
];
const DAY: &[FieldSpec] = &[
    FieldSpec::text(10, 10).required().named("date", "The day, as in 2026-01-31."),
    COUNT.named("created", "Tickets that were filed."),
    COUNT.named("solved", "Tickets whose last solution was then, also when they were reopened since."),
];

/// The answer.
pub const OVERVIEW: &[FieldSpec] = &[
    FieldSpec::new(Kind::Object(BY_STATUS)).required().named("by_status", "Tickets by status."),
    FieldSpec::new(Kind::Object(BY_PRIORITY))
        .required()
        .named("by_priority", "Unsolved tickets by priority."),
    COUNT.named("unassigned", "Unsolved tickets that nobody works on."),
    FieldSpec::new(Kind::Object(MINE)).required().named("mine", "The caller's own work."),
    COUNT.named("unanswered", "New and open tickets without an answer of the staff."),
    FieldSpec::new(Kind::Json { max_bytes: 1 << 20 })
        .read_only()
        .required()
        .named("oldest_unanswered", "Up to ten of them as the list of tickets shows them, oldest first."),
    FieldSpec::flag(true).required().named(
        "exact",
        "False when one sees more than 10000 solved or closed tickets: so far they are counted.",
    ),
    FieldSpec::new(Kind::Objects { fields: DAY, max: 90 })
        .required()
        .named("days", "The last days in the time zone of the company, oldest first, the last one today."),
    FieldSpec::text(1, 64)
        .required()
        .named("timezone", "The time zone; UTC when that of the company is unknown."),
];
