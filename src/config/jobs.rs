//! Settings of the job queue: who works, how much at a time, how long a lease holds.

use super::Faults;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How this process works on jobs.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct JobsSettings {
    /// Whether `stoa serve` works on jobs; `stoa worker` always does.
    pub enabled: bool,
    /// Jobs that the process does at the same time.
    pub concurrency: usize,
    /// Jobs of one company that all processes together do at the same time, as nearly as counting once a second tells.
    pub per_company: usize,
    /// Seconds for which a worker has a job before it must say again that it lives; it does so three times as often.
    pub lease_s: u64,
    /// Milliseconds between two looks at the queue at first, when nothing told of a job.
    pub poll_min_ms: u64,
    /// The same after a while without jobs.
    pub poll_max_ms: u64,
    /// Seconds that running jobs get to finish when the process is told to end; then they are handed back.
    pub drain_s: u64,
}

impl Default for JobsSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            concurrency: 16,
            per_company: 8,
            lease_s: 30,
            poll_min_ms: 250,
            poll_max_ms: 2000,
            drain_s: 20,
        }
    }
}

impl JobsSettings {
    /// How long a lease holds.
    pub fn lease(&self) -> Duration {
        Duration::from_secs(self.lease_s)
    }

    /// Pause between two renewals of a lease.
    pub fn renewal(&self) -> Duration {
        self.lease() / 3
    }

    /// Time that running jobs get to finish at the end.
    pub fn drain(&self) -> Duration {
        Duration::from_secs(self.drain_s)
    }

    /// Jobs at the same time that may wait for servers which companies name: four places stay free of them, or half of all
    /// when there are fewer than eight.
    pub fn outward(&self) -> usize {
        self.concurrency.saturating_sub(4).max(self.concurrency / 2).max(1)
    }

    /// Bounds of the pause between two looks at an empty queue.
    pub fn poll(&self) -> (Duration, Duration) {
        (Duration::from_millis(self.poll_min_ms), Duration::from_millis(self.poll_max_ms))
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        let mut within = |name: &str, value: u64, least: u64, most: u64| {
            if !(least..=most).contains(&value) {
                faults.add(name, format!("must be from {least} to {most}, not {value}"));
            }
        };
        within("jobs.concurrency", self.concurrency as u64, 1, 1000);
        within("jobs.per_company", self.per_company as u64, 1, 100_000);
        within("jobs.lease_s", self.lease_s, 1, 3600);
        within("jobs.poll_min_ms", self.poll_min_ms, 10, self.poll_max_ms.max(10));
        within("jobs.poll_max_ms", self.poll_max_ms, 10, 60_000);
        within("jobs.drain_s", self.drain_s, 0, 600);
    }
}
