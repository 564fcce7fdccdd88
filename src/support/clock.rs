//! The time, in one place, so that tests can move it.

use bson::DateTime;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// A clock that can be put forward. Clones share the setting.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead_ms: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that is slow by so much. Only demo data are loaded by one, to have a past.
    pub fn behind(by: Duration) -> Self {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        Self { ahead_ms: Arc::new(AtomicI64::new(-ms)) }
    }

    /// Time now, in UTC with milliseconds.
    pub fn now(&self) -> DateTime {
        DateTime::from_millis(DateTime::now().timestamp_millis() + self.ahead_ms.load(Ordering::Relaxed))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(&self) -> i64 {
        self.now().timestamp_millis() / 1000
    }

    /// The time `after` from now.
    pub fn after(&self, after: Duration) -> DateTime {
        later(self.now(), after)
    }

    /// Puts the clock forward. Only tests and the loading of demo data do.
    pub fn advance(&self, by: Duration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.ahead_ms.fetch_add(ms, Ordering::Relaxed);
    }
}

/// `time` plus a duration.
pub fn later(time: DateTime, after: Duration) -> DateTime {
    DateTime::from_millis(
        time.timestamp_millis().saturating_add(i64::try_from(after.as_millis()).unwrap_or(i64::MAX)),
    )
}
