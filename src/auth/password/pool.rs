//! A few threads that hash passwords, with a short queue before them: hashing may neither stall the runtime nor take
//! more memory than planned (threads x 19 MiB).

use super::hasher::{PasswordHasher, StoredPassword, Verdict};
use super::policy::check_max;
use crate::errors::{AppError, Code, Problem, Result};
use secrecy::SecretString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};

/// How much hashing may be done and waited for.
#[derive(Clone, Copy, Debug)]
pub struct PoolLimits {
    /// Hashes at the same time; each takes 19 MiB and one core.
    pub threads: usize,
    /// Requests that may wait for a thread.
    pub waiters: usize,
    /// How long one may wait.
    pub wait: Duration,
}

impl Default for PoolLimits {
    /// A thread per core, four at most; 64 waiters; two seconds.
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        Self { threads: cores.min(4), waiters: 64, wait: Duration::from_secs(2) }
    }
}

type Job = Box<dyn FnOnce() + Send>;

/// Hashes and verifies passwords for requests. Its threads end when it is dropped.
pub struct PasswordPool {
    hasher: Arc<PasswordHasher>,
    jobs: Sender<Job>,
    /// Places for those who hash and those who wait.
    places: Arc<Semaphore>,
    /// Places for those who hash. Fair: first come, first served; who gives up leaves the queue.
    working: Arc<Semaphore>,
    wait: Duration,
}

impl PasswordPool {
    /// Starts the threads.
    ///
    /// # Errors
    /// When the operating system refuses a thread.
    pub fn start(hasher: PasswordHasher, limits: PoolLimits) -> std::io::Result<Self> {
        let (jobs, queue) = channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        let threads = limits.threads.max(1);
        for number in 0..threads {
            let queue = Arc::clone(&queue);
            thread::Builder::new().name(format!("password-{number}")).spawn(move || work(&queue))?;
        }
        Ok(Self {
            hasher: Arc::new(hasher),
            jobs,
            places: Arc::new(Semaphore::new(threads + limits.waiters)),
            working: Arc::new(Semaphore::new(threads)),
            wait: limits.wait,
        })
    }

    /// Hashes a new password. Its quality is the policy's business.
    ///
    /// # Errors
    /// [`Code::Overloaded`] with `Retry-After` when the queue is full or the wait too long; 422 when too long.
    pub async fn hash(&self, password: &SecretString) -> Result<StoredPassword> {
        check_max("password", password)?;
        let password = password.clone();
        self.run(move |hasher| hasher.hash(&password)).await
    }

    /// Verifies a password; without a stored one it does equal work and answers [`Verdict::Mismatch`].
    ///
    /// # Errors
    /// As [`PasswordPool::hash`].
    pub async fn verify(&self, password: &SecretString, stored: Option<&StoredPassword>) -> Result<Verdict> {
        check_max("password", password)?;
        let (password, stored) = (password.clone(), stored.cloned());
        self.run(move |hasher| hasher.verify(&password, stored.as_ref())).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&PasswordHasher) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_full| overloaded())?;
        let turn = tokio::time::timeout(self.wait, Arc::clone(&self.working).acquire_owned());
        let turn = turn.await.map_err(|_elapsed| overloaded())?.map_err(AppError::internal)?;
        let (answer, result) = oneshot::channel();
        let hasher = Arc::clone(&self.hasher);
        let job: Job = Box::new(move || {
            // Held here, not by the request: a caller who hangs up does not end the work.
            let _held = (place, turn);
            // Nobody listens any more when the caller has hung up.
            let _ = answer.send(work(&hasher));
        });
        self.jobs.send(job).map_err(|_closed| AppError::bug("the password threads have ended"))?;
        result
            .await
            .map_err(|error| AppError::internal(anyhow::Error::new(error).context("hash a password")))?
    }
}

/// Takes jobs until the pool is gone.
fn work(queue: &Mutex<Receiver<Job>>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        // A defect in one job must not cost the pool a thread; the job's caller sees its answer dropped.
        if catch_unwind(AssertUnwindSafe(job)).is_err() {
            tracing::error!("a password job panicked");
        }
    }
}

fn overloaded() -> AppError {
    Problem::new(Code::Overloaded, "Too many log-ins at the moment. Try again shortly.").retry_after(2).into()
}
