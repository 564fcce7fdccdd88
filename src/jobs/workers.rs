//! The workers of a process: start, what runs beside them, and their end.

use super::claim::Claims;
use super::heartbeat::{Heartbeat, Identity};
use super::queue::{Queue, Time};
use super::round::Round;
use super::{listen, reaper, schedule};
use crate::app::App;
use crate::config::JobsSettings;
use crate::models::WorkerState;
use bson::oid::ObjectId;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Most time that handing jobs back may take at the end.
const HAND_BACK: Duration = Duration::from_secs(3);

/// Work on jobs, going on until it is told to end.
pub struct Workers {
    drain: Duration,
    stop: CancellationToken,
    let_go: CancellationToken,
    heartbeat: Heartbeat,
    stopped_at: Option<Instant>,
    jobs: TaskTracker,
    claims: JoinHandle<()>,
    beside: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Begins to work. `command` is how the process was started, for the list of workers.
    pub fn start(app: &App, settings: &JobsSettings, command: &'static str) -> Self {
        let (stop, let_go) = (CancellationToken::new(), CancellationToken::new());
        let identity = Identity::new(command, settings.concurrency);
        let queue = Queue::new(app, identity.id, Time::Server, settings.lease());
        let heartbeat = Heartbeat::new(app, identity);
        let jobs = TaskTracker::new();
        let claims = Arc::new(Claims {
            queue: queue.clone(),
            round: Mutex::new(Round::new(settings.per_company, settings.outward())),
            wake: Notify::new(),
            poll: settings.poll(),
            let_go: let_go.clone(),
            heartbeat: heartbeat.clone(),
        });
        let beside = vec![
            tokio::spawn(listen::listen(Arc::clone(&claims), stop.clone())),
            tokio::spawn(heartbeat.clone().beat(let_go.clone())),
            tokio::spawn(reap(queue, settings.renewal(), let_go.clone())),
            tokio::spawn(schedule::keep(app.clone(), stop.clone())),
        ];
        let claiming = claims.run(settings.concurrency, jobs.clone(), stop.clone());
        tracing::info!(worker = %heartbeat.id(), concurrency = settings.concurrency, "working on jobs");
        Self {
            drain: settings.drain(),
            stop,
            let_go,
            heartbeat,
            stopped_at: None,
            jobs,
            claims: tokio::spawn(claiming),
            beside,
        }
    }

    /// Id of the worker, as its leases and its record name it.
    pub fn id(&self) -> ObjectId {
        self.heartbeat.id()
    }

    /// Takes no further job. What is running goes on.
    pub fn stop(&mut self) {
        if self.stopped_at.is_none() {
            self.stopped_at = Some(Instant::now());
            self.heartbeat.become_now(WorkerState::Draining);
            self.stop.cancel();
            tracing::info!(running = self.jobs.len(), "taking no further jobs");
        }
    }

    /// Ends: running jobs get the rest of their time since [`Workers::stop`], or until `hurry`; what is not done then is
    /// handed back, so that another worker has it at once. Tells how many were.
    pub async fn end(mut self, hurry: CancellationToken) -> usize {
        self.stop();
        self.jobs.close();
        let left = self.stopped_at.map_or(self.drain, |at| self.drain.saturating_sub(at.elapsed()));
        // A claim that is under way still becomes a job.
        let claimed = tokio::time::timeout(HAND_BACK, &mut self.claims).await.is_ok();
        if !claimed {
            self.claims.abort();
        }
        tokio::select! {
            () = self.jobs.wait() => {}
            () = tokio::time::sleep(left) => {}
            () = hurry.cancelled() => {}
        }
        let handed_back = self.jobs.len();
        self.let_go.cancel();
        if tokio::time::timeout(HAND_BACK, self.jobs.wait()).await.is_err() {
            tracing::warn!(
                left = self.jobs.len(),
                "jobs could not be handed back; their leases will run out"
            );
        }
        for task in self.beside {
            // They end by themselves; whatever one of them hangs on must not hold up the end.
            if tokio::time::timeout(HAND_BACK, task).await.is_err() {
                tracing::warn!("a task beside the jobs did not end in time");
            }
        }
        tracing::info!(handed_back, "no longer working on jobs");
        handed_back
    }
}

/// Looks for lost workers, at times that differ from those of other processes.
async fn reap(queue: Queue, every: Duration, stop: CancellationToken) {
    let most = u64::try_from(every.as_millis()).unwrap_or(u64::MAX).max(2);
    loop {
        let pause = Duration::from_millis(rand::random_range(most / 2..=most));
        if stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
            return;
        }
        if let Err(error) = reaper::reap(&queue).await {
            tracing::warn!(code = error.code().as_str(), "lost workers were not looked for");
        }
    }
}
