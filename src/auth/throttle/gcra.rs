//! The generic cell rate algorithm (ITU-T I.371): a steady rate with a burst, in one date per bucket.

use super::outcome::Outcome;
use super::{server_now, set};
use bson::{Bson, Document, doc};
use std::time::Duration;

/// `burst` attempts at once, and one more after each `interval`.
///
/// The state is the theoretical arrival time (`tat`): when the bucket will be empty again. A date in the past is an
/// empty bucket, so the document can be deleted then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gcra {
    interval_ms: i64,
    burst: i64,
}

impl Gcra {
    /// `count` attempts in each `period`, all of which may come at once.
    pub const fn per(count: u32, period: Duration) -> Self {
        Self { interval_ms: (period.as_millis() / count as u128) as i64, burst: count as i64 }
    }

    /// Takes one place at `now`; both times in milliseconds since 1970. The new state and the outcome.
    pub fn reserve(self, tat: Option<i64>, now: i64) -> (i64, Outcome) {
        // Never further ahead than a full bucket, so that a clock that was wrong once does not lock anyone out.
        let tat = tat.unwrap_or(now).max(now).min(now + self.full());
        let wait = (tat - now - self.tolerance()).max(0);
        let tat = if wait == 0 { tat + self.interval_ms } else { tat };
        (tat, Outcome::from_wait(wait))
    }

    /// Gives one place back at `now`; the new state.
    pub fn refund(self, tat: i64, now: i64) -> i64 {
        (tat - self.interval_ms).max(now)
    }

    /// [`Gcra::reserve`] for a `findOneAndUpdate` with upsert that returns the document after.
    pub fn reserve_pipeline(self) -> Vec<Document> {
        self.reserve_pipeline_at(server_now())
    }

    /// [`Gcra::reserve_pipeline`] at another time than the server's, which only tests need.
    pub fn reserve_pipeline_at(self, now: impl Into<Bson>) -> Vec<Document> {
        let now: Bson = now.into();
        let tat = doc! { "$max": [{ "$ifNull": ["$tat", &now] }, &now] };
        let ahead = doc! { "$subtract": ["$tat", &now] };
        vec![
            set(doc! { "tat": { "$min": [tat, { "$add": [&now, self.full()] }] } }),
            set(doc! { "wait_ms": { "$max": [{ "$subtract": [ahead, self.tolerance()] }, 0_i64] } }),
            set(doc! { "allowed": { "$eq": ["$wait_ms", 0_i64] } }),
            set(doc! { "tat": { "$cond": ["$allowed", { "$add": ["$tat", self.interval_ms] }, "$tat"] } }),
            set(doc! { "expires_at": "$tat" }),
        ]
    }

    /// [`Gcra::refund`] for an update without upsert.
    pub fn refund_pipeline(self) -> Vec<Document> {
        self.refund_pipeline_at(server_now())
    }

    /// [`Gcra::refund_pipeline`] at another time than the server's, which only tests need.
    pub fn refund_pipeline_at(self, now: impl Into<Bson>) -> Vec<Document> {
        let now: Bson = now.into();
        vec![
            set(doc! { "tat": { "$max": [{ "$subtract": ["$tat", self.interval_ms] }, now] } }),
            set(doc! { "expires_at": "$tat" }),
        ]
    }

    /// How far ahead the state may be for one more attempt.
    fn tolerance(self) -> i64 {
        self.full() - self.interval_ms
    }

    fn full(self) -> i64 {
        self.interval_ms * self.burst
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_the_rate() {
        let rule = Gcra::per(20, Duration::from_secs(60));
        let mut tat = None;
        let mut at = |now| {
            let (next, outcome) = rule.reserve(tat, now);
            tat = Some(next);
            outcome
        };
        assert!((0..20).all(|_| at(1_000) == Outcome::Reserved));
        assert_eq!(at(1_000), Outcome::Wait(Duration::from_secs(3)));
        assert_eq!(at(3_999), Outcome::Wait(Duration::from_millis(1)));
        assert_eq!(at(4_000), Outcome::Reserved);
        assert_eq!(at(4_000), Outcome::Wait(Duration::from_secs(3)));
        assert!((0..20).all(|_| at(100_000) == Outcome::Reserved), "empty again after a minute");
        assert_eq!(
            at(50_000),
            Outcome::Wait(Duration::from_secs(3)),
            "a clock that steps back locks no one out"
        );
    }

    #[test]
    fn refunds_give_places_back_but_no_credit() {
        let rule = Gcra::per(2, Duration::from_secs(2));
        let (one, _) = rule.reserve(None, 0);
        let (two, _) = rule.reserve(Some(one), 0);
        assert!(matches!(rule.reserve(Some(two), 0).1, Outcome::Wait(_)));
        assert_eq!(rule.reserve(Some(rule.refund(two, 0)), 0), (two, Outcome::Reserved));
        assert_eq!(rule.refund(rule.refund(one, 0), 0), 0, "never before now");
    }
}
