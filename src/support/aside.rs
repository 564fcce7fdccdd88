//! Work that an answer does not wait for, such as an entry about a failed log-in.

use std::future::Future;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

/// Most tasks at a time.
const TASKS: usize = 1000;

/// Tasks beside the requests, a limited number of them; they go on when the client leaves.
pub struct Aside {
    tasks: TaskTracker,
    places: Arc<Semaphore>,
}

impl Default for Aside {
    fn default() -> Self {
        let tasks = TaskTracker::new();
        // Closed only means that whoever waits does so until none is left; tasks may still be started.
        tasks.close();
        Self { tasks, places: Arc::new(Semaphore::new(TASKS)) }
    }
}

impl Aside {
    /// Starts a task; `false` when there are too many already.
    #[must_use]
    pub fn start(&self, task: impl Future<Output = ()> + Send + 'static) -> bool {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else { return false };
        self.tasks.spawn(async move {
            task.await;
            drop(place);
        });
        true
    }

    /// Waits until no task is left.
    pub async fn settled(&self) {
        self.tasks.wait().await;
    }
}
