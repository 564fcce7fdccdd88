//! The days of a time zone, by the database's own calendar: the days that it names and those that it counts by agree.

use super::{Expr, Field, Reader, TenantModel};
use crate::errors::{AppError, Result};
use bson::{Bson, DateTime, Document, doc};
use mongodb::error::ErrorKind;
use serde::Deserialize;

/// A day as text.
const FORMAT: &str = "%Y-%m-%d";
/// The zone where the stored one is not known to the database.
const FALLBACK: &str = "UTC";
/// The server's code for a time zone that it does not know.
const UNKNOWN_ZONE: i32 = 40_485;

/// Days one after another, the last of them today.
#[derive(Debug, Deserialize)]
pub struct Calendar {
    /// Time zone.
    pub zone: String,
    /// Begin of the first day.
    pub begin: DateTime,
    /// The days, as in `2026-01-31`.
    pub days: Vec<String>,
}

impl<M: TenantModel> Reader<M> {
    /// The last `days` days of the time zone that a record of the scope has in `zone`; UTC when the database does not
    /// know that zone.
    pub async fn calendar(&self, zone: Field<M>, now: DateTime, days: i64) -> Result<Calendar> {
        let record = [doc! { "$match": self.around(&Expr::All)? }, doc! { "$limit": 1 }];
        let ask = async |zone: Bson| {
            self.aggregate(record.iter().cloned().chain(stages(zone, now, days)).collect(), None).await
        };
        let found: Result<Vec<Calendar>> = match ask(format!("${}", zone.name()).into()).await {
            Err(AppError::Database(error)) if is_unknown_zone(&error) => {
                ask(doc! { "$literal": FALLBACK }.into()).await
            }
            found => found,
        };
        found?.pop().ok_or_else(AppError::not_found)
    }
}

/// The day of a time in a zone, both given as expressions.
pub(super) fn day(time: impl Into<Bson>, zone: impl Into<Bson>) -> Document {
    doc! { "$dateToString": { "date": time.into(), "format": FORMAT, "timezone": zone.into() } }
}

/// From midnight to midnight as the calendar has it: where clocks change, a day is not 24 hours long.
fn stages(zone: Bson, now: DateTime, days: i64) -> [Document; 3] {
    let today = doc! { "$dateTrunc": { "date": now, "unit": "day", "timezone": "$zone" } };
    let begin = doc! { "startDate": today, "unit": "day", "amount": days - 1, "timezone": "$zone" };
    let next = doc! { "startDate": "$begin", "unit": "day", "amount": "$$n", "timezone": "$zone" };
    let name = day(doc! { "$dateAdd": next }, "$zone");
    [
        doc! { "$project": { "zone": zone } },
        doc! { "$set": { "begin": { "$dateSubtract": begin } } },
        doc! { "$set": { "days": { "$map": { "input": { "$range": [0, days] }, "as": "n", "in": name } } } },
    ]
}

fn is_unknown_zone(error: &mongodb::error::Error) -> bool {
    matches!(error.kind.as_ref(), ErrorKind::Command(failure) if failure.code == UNKNOWN_ZONE)
}
