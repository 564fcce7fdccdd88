//! What the program knows of its own condition: starting, serving or draining, and whether the database answers.

use crate::db::{Db, Probe};
use serde::Serialize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// A database without a primary for longer than this makes the instance not ready. An election takes about 11 s, and
/// all instances leaving the load balancer at once for that long would be worse than refusing writes.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// How long an answer about the database stands for those who ask again.
const FRESH: Duration = Duration::from_secs(1);
/// Most time that the database may take to answer; load balancers give up after a few seconds.
const PROBE: Duration = Duration::from_secs(1);

const STARTING: u8 = 0;
const SERVING: u8 = 1;
const DRAINING: u8 = 2;

/// Where in its life the program is. Clones are the same thing.
#[derive(Clone, Default)]
pub struct Health {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    phase: AtomicU8,
    /// Kept beside the phase: a program that is told to end while it starts never becomes ready for requests.
    started: AtomicBool,
    probed: Mutex<Probed>,
}

/// The last answer of the database.
#[derive(Clone, Copy, Default)]
struct Probed {
    at: Option<Instant>,
    probe: Probe,
    lost_at: Option<Instant>,
}

/// What `/health/ready` tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// `ready`, `starting`, `draining` or `no_database`.
    pub status: &'static str,
    /// The database answers.
    pub reads: bool,
    /// The database has a primary, which takes writes.
    pub writes: bool,
    /// The database is as this program needs it.
    pub migrations: bool,
    /// Changes made by other instances arrive here.
    pub streams: bool,
}

impl Readiness {
    /// Whether requests should be sent here.
    pub fn is_ready(&self) -> bool {
        self.status == "ready"
    }

    fn judge(phase: u8, probe: Probe, lost_for: Duration, streams: bool) -> Self {
        let status = match phase {
            STARTING => "starting",
            DRAINING => "draining",
            _ if lost_for >= PATIENCE => "no_database",
            _ => "ready",
        };
        Self { status, reads: probe.reads, writes: probe.writes, migrations: phase != STARTING, streams }
    }
}

impl Health {
    /// Migrations are through and requests may come.
    pub fn started(&self) {
        self.inner.started.store(true, Ordering::SeqCst);
        // Not back from draining: the end may be asked for while the start is still going on.
        let _ = self.inner.phase.compare_exchange(STARTING, SERVING, Ordering::SeqCst, Ordering::SeqCst);
    }

    /// The end is near: load balancers should look elsewhere.
    pub fn drain(&self) {
        self.inner.phase.store(DRAINING, Ordering::SeqCst);
    }

    /// Whether the start is over.
    pub fn is_started(&self) -> bool {
        self.inner.started.load(Ordering::SeqCst)
    }

    /// Whether requests should be sent here; asks the database at most once a second. `streams` tells whether changes
    /// of other instances arrive.
    pub async fn readiness(&self, db: &Db, streams: bool) -> Readiness {
        // Held while asking: of many that ask at once, one does.
        let mut probed = self.inner.probed.lock().await;
        if probed.at.is_none_or(|at| at.elapsed() >= FRESH) {
            let probe = db.probe(PROBE).await;
            let now = Instant::now();
            let lost_at = if probe.writes { None } else { Some(probed.lost_at.unwrap_or(now)) };
            *probed = Probed { at: Some(now), probe, lost_at };
        }
        let lost_for = probed.lost_at.map(|at| at.elapsed()).unwrap_or_default();
        Readiness::judge(self.inner.phase.load(Ordering::SeqCst), probed.probe, lost_for, streams)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_election_is_waited_out_and_a_lost_database_is_not() {
        let whole = Probe { reads: true, writes: true };
        let election = Probe { reads: true, writes: false };
        let (short, long) = (PATIENCE - Duration::from_millis(1), PATIENCE);
        for (phase, probe, lost_for, status) in [
            (STARTING, whole, Duration::ZERO, "starting"),
            (SERVING, whole, Duration::ZERO, "ready"),
            (SERVING, election, short, "ready"),
            (SERVING, Probe::default(), short, "ready"),
            (SERVING, election, long, "no_database"),
            (DRAINING, whole, Duration::ZERO, "draining"),
        ] {
            let readiness = Readiness::judge(phase, probe, lost_for, true);
            assert_eq!(readiness.status, status);
            assert_eq!((readiness.reads, readiness.writes), (probe.reads, probe.writes));
        }
    }

    #[test]
    fn a_start_that_ends_late_does_not_undo_draining() {
        let health = Health::default();
        health.drain();
        health.started();
        assert_eq!(health.inner.phase.load(Ordering::SeqCst), DRAINING);
    }
}
