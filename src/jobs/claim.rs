//! Takes jobs as places become free, company by company, and waits for more when there are none.

use super::Lease;
use super::attempt::attempt;
use super::heartbeat::Heartbeat;
use super::kind::is_outward;
use super::queue::{Company, Queue};
use super::round::Round;
use crate::errors::Result;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How often it is counted which company has how many jobs, and looked which companies have due ones, while there is
/// always something to do.
const COUNT_EVERY: Duration = Duration::from_secs(1);
/// Bounds of the pause after a failure of the database.
const FAILED: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// What a process needs to take jobs.
pub(super) struct Claims {
    pub(super) queue: Queue,
    pub(super) round: Mutex<Round>,
    /// Told when there may be something to take.
    pub(super) wake: Notify,
    pub(super) poll: (Duration, Duration),
    pub(super) let_go: CancellationToken,
    pub(super) heartbeat: Heartbeat,
}

/// When the queue was last looked at, and when it has something next.
#[derive(Default)]
struct Seen {
    looked: Option<Instant>,
    counted: Option<Instant>,
    next_due: Option<Instant>,
}

impl Claims {
    /// A company may have something to take: `None` when it is not known which one.
    pub(super) fn arrived(&self, company: Option<Company>) {
        if let Some(company) = company {
            self.round().learn(company);
        }
        self.wake.notify_one();
    }

    fn round(&self) -> MutexGuard<'_, Round> {
        self.round.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes jobs until it is told to stop. No failure of the database ends it.
    pub(super) async fn run(self: Arc<Self>, places: usize, jobs: TaskTracker, stop: CancellationToken) {
        let places = Arc::new(Semaphore::new(places));
        let (mut seen, mut idle, mut failed) = (Seen::default(), self.poll.0, FAILED.0);
        while let Some(Ok(place)) = stop.run_until_cancelled(Arc::clone(&places).acquire_owned()).await {
            match self.claim(&mut seen).await {
                Ok(Some(lease)) => {
                    (idle, failed) = (self.poll.0, FAILED.0);
                    let this = Arc::clone(&self);
                    jobs.spawn(async move {
                        this.work(lease).await;
                        drop(place);
                    });
                }
                Ok(None) => {
                    drop(place);
                    let due = seen.next_due.map(|at| at.saturating_duration_since(Instant::now()));
                    // Told of a job, or near to one that is due later; else less and less often.
                    let pause = due.map_or(idle, |due| due.min(idle));
                    tokio::select! {
                        () = stop.cancelled() => {}
                        () = self.wake.notified() => idle = self.poll.0,
                        () = tokio::time::sleep(jittered(pause)) => idle = (idle * 2).min(self.poll.1),
                    }
                }
                Err(error) => {
                    drop(place);
                    metrics::counter!("stoa_job_claim_failures_total").increment(1);
                    tracing::warn!(code = error.code().as_str(), "no job could be taken, trying again");
                    stop.run_until_cancelled(tokio::time::sleep(jittered(failed))).await;
                    failed = (failed * 2).min(FAILED.1);
                }
            }
        }
    }

    /// The next job of the company whose turn it is.
    async fn claim(&self, seen: &mut Seen) -> Result<Option<Lease>> {
        let mut looked = false;
        loop {
            if older(seen.looked, COUNT_EVERY) {
                self.look(seen).await?;
                looked = true;
            }
            if older(seen.counted, COUNT_EVERY) && !self.round().is_idle() {
                let counts: HashMap<Company, usize> = self.queue.leased().await?;
                self.round().counted(counts);
                seen.counted = Some(Instant::now());
            }
            let turn = self.round().next();
            let Some((company, outward)) = turn else {
                // All that is known is taken, or has its share: look for others, but not over and over.
                if looked || !older(seen.looked, self.poll.0) {
                    return Ok(None);
                }
                seen.looked = None;
                continue;
            };
            match self.queue.take(company, outward, &[]).await? {
                Some(lease) => {
                    self.round().began(company, is_outward(&lease.job));
                    return Ok(Some(lease));
                }
                None if outward => self.round().empty(company),
                None => self.round().hold(company),
            }
        }
    }

    /// Looks which companies have due jobs, and when the next one of the others is due.
    async fn look(&self, seen: &mut Seen) -> Result<()> {
        let waiting = self.queue.waiting().await?;
        let now = Instant::now();
        seen.looked = Some(now);
        seen.next_due = waiting.iter().filter_map(|(_, wait)| *wait).min().map(|wait| now + wait);
        let mut due: Vec<Company> =
            waiting.into_iter().filter(|(_, wait)| wait.is_none()).map(|(company, _)| company).collect();
        // So that not every process begins with the same one.
        let start = rand::random_range(0..=due.len());
        due.rotate_left(start);
        let mut round = self.round();
        due.into_iter().for_each(|company| round.learn(company));
        Ok(())
    }

    async fn work(&self, lease: Lease) {
        let (id, company, outward) = (lease.job.id, lease.job.company_id, is_outward(&lease.job));
        self.heartbeat.began(&lease.job);
        attempt(&self.queue, lease, &self.let_go).await;
        self.heartbeat.ended(id);
        self.round().ended(company, outward);
        // A company that had its share may have another one.
        self.wake.notify_one();
    }
}

fn older(at: Option<Instant>, than: Duration) -> bool {
    at.is_none_or(|at| at.elapsed() >= than)
}

/// A quarter more or less.
fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(rand::random_range(0.75..=1.25))
}
