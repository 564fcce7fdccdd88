//! The end of the program: a first signal asks everything to finish, a second one or a deadline cuts it off.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How the end went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every task finished.
    Clean,
    /// Tasks were cut off at the deadline.
    Deadline,
    /// Tasks were cut off by a second signal.
    Forced,
}

/// Tells tasks to end and waits for them. Clones are the same thing.
#[derive(Clone, Debug, Default)]
pub struct Shutdown {
    soft: CancellationToken,
    hard: CancellationToken,
    tasks: TaskTracker,
    interactive: Arc<AtomicBool>,
}

impl Shutdown {
    /// Nothing asked yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on SIGTERM and SIGINT ask for the end; a second one forces it.
    ///
    /// # Errors
    /// The system refuses a handler.
    pub fn listen(&self) -> std::io::Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let this = self.clone();
        // Not tracked: it must outlive all others.
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    _ = terminate.recv() => this.signalled("SIGTERM"),
                    _ = interrupt.recv() => {
                        this.interactive.store(true, Ordering::SeqCst);
                        this.signalled("SIGINT");
                    }
                    () = this.hard.cancelled() => return,
                }
            }
        });
        Ok(())
    }

    fn signalled(&self, name: &str) {
        if self.soft.is_cancelled() {
            tracing::warn!(signal = name, "second signal, stopping at once");
            self.hard.cancel();
        } else {
            tracing::info!(signal = name, "stopping; a second signal stops at once");
            self.soft.cancel();
        }
    }

    /// Asks for the end, as a first signal does.
    pub fn request(&self) {
        self.soft.cancel();
    }

    /// Cuts everything off, as a second signal does.
    pub fn force(&self) {
        self.soft.cancel();
        self.hard.cancel();
    }

    /// Cancelled when the end is asked for: finish what you do, begin nothing.
    pub fn soft(&self) -> CancellationToken {
        self.soft.clone()
    }

    /// Cancelled when everything is cut off: let go at once.
    pub fn hard(&self) -> CancellationToken {
        self.hard.clone()
    }

    /// Whether the end was asked for.
    pub fn is_requested(&self) -> bool {
        self.soft.is_cancelled()
    }

    /// Whether a person asked (Ctrl-C), who has no load balancer to wait for.
    pub fn is_interactive(&self) -> bool {
        self.interactive.load(Ordering::SeqCst)
    }

    /// Starts a task that the end waits for. At the hard end it is dropped at its next await.
    pub fn spawn<F>(&self, task: F) -> JoinHandle<Option<F::Output>>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let hard = self.hard.clone();
        self.tasks.spawn(async move { hard.run_until_cancelled_owned(task).await })
    }

    /// Waits `time`, or less when everything is cut off.
    pub async fn pause(&self, time: Duration) {
        self.hard.run_until_cancelled(tokio::time::sleep(time)).await;
    }

    /// Waits until all tasks finished; after `limit` or a second signal cuts the rest off. Call it after
    /// the end was asked for.
    pub async fn finish(&self, limit: Duration) -> Outcome {
        self.soft.cancel();
        self.tasks.close();
        let outcome = tokio::select! {
            // In this order: tasks that were cut off also count as ended.
            biased;
            () = self.hard.cancelled() => Outcome::Forced,
            () = self.tasks.wait() => Outcome::Clean,
            () = tokio::time::sleep(limit) => Outcome::Deadline,
        };
        self.hard.cancel();
        if outcome != Outcome::Clean {
            let left = self.tasks.len();
            tracing::warn!(left, ?outcome, "tasks were cut off");
            // Dropped tasks run their destructors; one that does not await is not waited for.
            tokio::time::timeout(Duration::from_secs(1), self.tasks.wait()).await.ok();
        }
        outcome
    }
}
