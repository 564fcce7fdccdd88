//! Numbers of tickets.

use crate::app::App;
use crate::errors::{Code, FieldErrors, Result};
use crate::permissions::{Authorized, ReportsRead};
use crate::schema::FieldSpec;
use crate::services::reports::overview::{self, DAYS, OVERVIEW, USUAL_DAYS};
use crate::web::{AnswerDoc, Doc, Pairs, Reply, Routes};
use axum::extract::State;

const QUERY: &[FieldSpec] = &[FieldSpec::int(*DAYS.start(), *DAYS.end())
    .named("days", "Days to look back, today included; 30 when absent.")];

/// Routes of reports.
pub fn routes() -> Routes {
    let doc = Doc::new(
        "See how support stands: the tickets that one sees by state, those that wait longest, and the last days. Archived \
         tickets count in the days only, those in the trash nowhere.",
    )
    .answer(AnswerDoc::Fields(OVERVIEW))
    .query(QUERY);
    Routes::of("reports").get("/api/reports/overview", "overview", doc, show)
}

async fn show(
    Authorized(permit): Authorized<ReportsRead>,
    State(app): State<App>,
    Pairs(pairs): Pairs,
) -> Result<Reply> {
    overview::overview(app.db(), &permit, days(&pairs)?).await
}

fn days(pairs: &[(String, String)]) -> Result<i64> {
    let mut days = USUAL_DAYS;
    for (key, value) in pairs {
        let number = value.parse().ok().filter(|number| key == "days" && DAYS.contains(number));
        let message = || format!("Send days with a number from {} to {}.", DAYS.start(), DAYS.end());
        days = number.ok_or_else(|| FieldErrors::one(key, Code::InvalidParameter, message()))?;
    }
    Ok(days)
}
