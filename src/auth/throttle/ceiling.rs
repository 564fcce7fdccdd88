//! A hard limit of consecutive failures, after which waiting does not help (NIST SP 800-63B section 3.2.2).

use super::outcome::{Outcome, millis};
use super::{server_now, set};
use bson::{Bson, Document, doc};
use std::time::Duration;

/// At most `limit` attempts without a success between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ceiling {
    /// Attempts that may fail.
    pub limit: u32,
    /// After so long without an attempt all is forgotten; it only keeps garbage from piling up.
    pub memory: Duration,
}

impl Ceiling {
    /// Takes one place at `now`. State is the failures so far and when they are forgotten, in milliseconds since 1970.
    pub fn reserve(self, state: Option<(i64, i64)>, now: i64) -> ((i64, i64), Outcome) {
        let (failures, expires_at) = state.filter(|state| state.1 > now).unwrap_or((0, now));
        if failures < i64::from(self.limit) {
            ((failures + 1, now + millis(self.memory)), Outcome::Reserved)
        } else {
            ((failures, expires_at), Outcome::Exhausted)
        }
    }

    /// [`Ceiling::reserve`] for a `findOneAndUpdate` with upsert that returns the document after.
    pub fn reserve_pipeline(self) -> Vec<Document> {
        self.reserve_pipeline_at(server_now())
    }

    /// [`Ceiling::reserve_pipeline`] at another time than the server's, which only tests need.
    pub fn reserve_pipeline_at(self, now: impl Into<Bson>) -> Vec<Document> {
        let now: Bson = now.into();
        let fresh = doc! { "$lte": [{ "$ifNull": ["$expires_at", &now] }, &now] };
        vec![
            set(doc! { "failures": { "$cond": [fresh, 0_i64, "$failures"] } }),
            set(doc! { "allowed": { "$lt": ["$failures", i64::from(self.limit)] } }),
            set(doc! {
                "failures": { "$add": ["$failures", { "$cond": ["$allowed", 1_i64, 0_i64] }] },
                "wait_ms": { "$cond": ["$allowed", 0_i64, null] },
                "expires_at": { "$cond": ["$allowed", { "$add": [&now, millis(self.memory)] }, "$expires_at"] },
            }),
        ]
    }

    /// Takes back an attempt that was never judged, in an update without upsert.
    pub fn refund_pipeline(self) -> Vec<Document> {
        vec![set(doc! { "failures": { "$max": [{ "$subtract": ["$failures", 1_i64] }, 0_i64] } })]
    }

    /// As [`Ceiling::clear_pipeline`]; `unlocked` in the document tells whether the limit was reached.
    pub fn unlock_pipeline(self) -> Vec<Document> {
        let reached = doc! { "$and": [
            { "$gte": ["$failures", i64::from(self.limit)] },
            { "$gt": ["$expires_at", "$$NOW"] },
        ] };
        vec![set(doc! { "unlocked": reached, "failures": 0_i64, "expires_at": "$$NOW" })]
    }

    /// Forgets all attempts: one was right, or the password was reset.
    pub fn clear_pipeline(self) -> Vec<Document> {
        vec![set(doc! { "failures": 0_i64, "expires_at": "$$NOW" })]
    }
}
