//! Charges a request to its company and principal, once it is known whose it is and before anything is done for it.

use super::{Ledger, Partition, Policy, Quota, Standing, cost};
use crate::app::App;
use crate::errors::{AppError, Code, Problem, Result};
use crate::permissions::Actor;
use axum::extract::MatchedPath;
use http::request::Parts;

/// Takes a place and the cost of the request. Refused requests cost as well, whatever they are refused for later; only what a
/// bucket itself refuses costs nothing.
///
/// # Errors
/// 429 when a quota is used up, 503 when the company holds its part of the places.
pub fn charge(app: &App, parts: &Parts, actor: &Actor) -> Result<()> {
    let quota = app.quota();
    let Some(ledger) = parts.extensions.get::<Ledger>() else { return Ok(()) };
    let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let price = cost(&parts.method, route, parts.uri.query());
    let limits = quota.limits();
    let principal = match actor.key_id() {
        Some(key) => quota.take(Policy::a_minute("key", limits.key), Partition::id(key), price),
        None => quota.take(Policy::a_minute("user", limits.user), Partition::id(actor.user_id()), price),
    };
    settle(ledger, principal)?;
    // An operator is a guest and uses nothing up.
    if let Some(company) = actor.home_company() {
        let policy = Policy::a_minute("company", limits.company);
        let standing = quota.take(policy, Partition::id(company), price);
        if let Err(error) = settle(ledger, standing) {
            undo(quota, principal, price);
            return Err(error);
        }
    }
    ledger.hold(quota.place_of(actor.company())?);
    Ok(())
}

/// Notes how a bucket stands.
///
/// # Errors
/// 429 when it had not enough.
pub(super) fn settle(ledger: &Ledger, standing: Option<Standing>) -> Result<()> {
    let Some(standing) = standing else { return Ok(()) };
    ledger.note(standing);
    match standing.verdict.wait_s {
        None => Ok(()),
        Some(wait) => Err(used_up(standing.policy, wait)),
    }
}

fn undo(quota: &Quota, standing: Option<Standing>, price: u32) {
    if let Some(standing) = standing {
        quota.give_back(&standing, price);
    }
}

fn used_up(policy: Policy, wait: u64) -> AppError {
    metrics::counter!("stoa_requests_limited_total", "policy" => policy.name).increment(1);
    let detail = format!(
        "The quota of this {} is used up: {} in {} seconds.",
        policy.name, policy.quota, policy.window_s
    );
    Problem::new(Code::RateLimited, detail)
        .of_type("https://iana.org/assignments/http-problem-types#quota-exceeded")
        .with("violated-policies", vec![policy.name])
        .retry_after(wait)
        .into()
}
