//! Exponential back-off: some attempts are free, then the pause after each doubles up to a limit.

use super::outcome::{Outcome, millis};
use super::{server_now, set};
use bson::{Bson, Document, doc};
use std::time::Duration;

/// Beyond this the pause is at its limit in any case; it keeps the power of two small.
const MAX_EXPONENT: i64 = 30;

/// `free` attempts, then after each a pause of 2, 4, 8, … seconds, at most `max_pause`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// Attempts before the first pause.
    pub free: u32,
    /// Longest pause.
    pub max_pause: Duration,
    /// After so long without an attempt all is forgotten.
    pub memory: Duration,
}

/// Attempts so far and the two times that follow from them, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackoffState {
    /// Attempts since the last success.
    pub failures: i64,
    /// Not before this time is there another.
    pub next_at: i64,
    /// When all is forgotten.
    pub expires_at: i64,
}

impl Backoff {
    /// Takes one place at `now`, in milliseconds since 1970. The new state and the outcome.
    pub fn reserve(self, state: Option<BackoffState>, now: i64) -> (BackoffState, Outcome) {
        let fresh = BackoffState { failures: 0, next_at: now, expires_at: now };
        let mut state = state.filter(|state| state.expires_at > now).unwrap_or(fresh);
        // A clock that was wrong once does not lock anyone out.
        state.next_at = state.next_at.min(now + millis(self.max_pause));
        // Free attempts never wait, not even a moment because two that came at once are served in the other order.
        let free = state.failures < i64::from(self.free);
        let wait = if free { 0 } else { (state.next_at - now).max(0) };
        if wait == 0 {
            state.failures += 1;
            state.next_at = now + self.pause(state.failures);
            state.expires_at = now + millis(self.memory);
        }
        (state, Outcome::from_wait(wait))
    }

    /// Takes back an attempt that was never judged.
    pub fn refund(self, state: BackoffState, now: i64) -> BackoffState {
        BackoffState { failures: (state.failures - 1).max(0), next_at: now, ..state }
    }

    /// Pause after so many attempts, in milliseconds.
    fn pause(self, failures: i64) -> i64 {
        let exponent = failures - i64::from(self.free) + 1;
        if exponent < 1 {
            return 0;
        }
        (1000 << exponent.min(MAX_EXPONENT)).min(millis(self.max_pause))
    }

    /// [`Backoff::reserve`] for a `findOneAndUpdate` with upsert that returns the document after.
    pub fn reserve_pipeline(self) -> Vec<Document> {
        self.reserve_pipeline_at(server_now())
    }

    /// [`Backoff::reserve_pipeline`] at another time than the server's, which only tests need.
    pub fn reserve_pipeline_at(self, now: impl Into<Bson>) -> Vec<Document> {
        let now: Bson = now.into();
        let max_pause = millis(self.max_pause);
        let fresh = doc! { "$lte": [{ "$ifNull": ["$expires_at", &now] }, &now] };
        let latest = doc! { "$min": ["$next_at", { "$add": [&now, max_pause] }] };
        let exponent = doc! { "$subtract": ["$failures", i64::from(self.free) - 1] };
        let doubled = doc! { "$pow": [2_i64, { "$min": [exponent, MAX_EXPONENT] }] };
        let pause = doc! { "$cond": [
            { "$lt": ["$failures", i64::from(self.free)] },
            0_i64,
            { "$min": [{ "$multiply": [1000_i64, doubled] }, max_pause] },
        ] };
        vec![
            set(doc! {
                "failures": { "$cond": [&fresh, 0_i64, "$failures"] },
                "next_at": { "$cond": [&fresh, &now, latest] },
            }),
            set(doc! { "wait_ms": { "$cond": [
                { "$lt": ["$failures", i64::from(self.free)] },
                0_i64,
                { "$max": [{ "$subtract": ["$next_at", &now] }, 0_i64] },
            ] } }),
            set(doc! { "allowed": { "$eq": ["$wait_ms", 0_i64] } }),
            set(doc! { "failures": { "$add": ["$failures", { "$cond": ["$allowed", 1_i64, 0_i64] }] } }),
            set(doc! {
                "next_at": { "$cond": ["$allowed", { "$add": [&now, pause] }, "$next_at"] },
                "expires_at": { "$cond": ["$allowed", { "$add": [&now, millis(self.memory)] }, "$expires_at"] },
            }),
        ]
    }

    /// [`Backoff::refund`] for an update without upsert.
    pub fn refund_pipeline(self) -> Vec<Document> {
        self.refund_pipeline_at(server_now())
    }

    /// [`Backoff::refund_pipeline`] at another time than the server's, which only tests need.
    pub fn refund_pipeline_at(self, now: impl Into<Bson>) -> Vec<Document> {
        let now: Bson = now.into();
        let fewer = doc! { "$max": [{ "$subtract": ["$failures", 1_i64] }, 0_i64] };
        vec![set(doc! { "failures": fewer, "next_at": now })]
    }

    /// Forgets all attempts: one was right.
    pub fn clear_pipeline(self) -> Vec<Document> {
        vec![set(doc! { "failures": 0_i64, "next_at": "$$NOW", "expires_at": "$$NOW" })]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_limit() {
        let (minutes, hour) = (Duration::from_secs(900), Duration::from_secs(3600));
        let rule = Backoff { free: 5, max_pause: minutes, memory: hour };
        let (mut state, mut now, mut pauses) = (None, 0, Vec::new());
        for _ in 0..17 {
            let (next, outcome) = rule.reserve(state, now);
            assert_eq!(outcome, Outcome::Reserved);
            if next.next_at > now {
                let early = rule.reserve(Some(next), next.next_at - 1).1;
                assert_eq!(early, Outcome::Wait(Duration::from_millis(1)));
            }
            pauses.push((next.next_at - now) / 1000);
            (state, now) = (Some(next), next.next_at);
        }
        assert_eq!(pauses, [0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]);
        let forgotten = rule.reserve(state, now + 3_600_000).0;
        assert_eq!(forgotten.failures, 1);
    }
}
