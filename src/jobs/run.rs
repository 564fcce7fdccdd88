//! Does due jobs one after the other, by the clock of the program: for commands and tests, which wait for the end.

use super::attempt::attempt;
use super::queue::{Queue, Time};
use crate::app::App;
use crate::errors::Result;
use bson::oid::ObjectId;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const LEASE: Duration = Duration::from_secs(30);

/// Does all jobs that are due by the program's clock, also those that they add, each of them once; tells how many
/// attempts that took. What fails is due again after its pause, in a later call.
pub async fn run_due(app: &App) -> Result<usize> {
    let queue = Queue::new(app, ObjectId::new(), Time::Program, LEASE);
    let mut tried = Vec::new();
    loop {
        let before = tried.len();
        for (company, wait) in queue.waiting().await? {
            if wait.is_some() {
                continue;
            }
            while let Some(lease) = queue.take(company, true, &tried).await? {
                tried.push(lease.job.id);
                attempt(&queue, lease, &CancellationToken::new()).await;
            }
        }
        if tried.len() == before {
            return Ok(before);
        }
    }
}

/// Tries one job that is due by the program's clock. `false` when there is none.
pub async fn run_one(app: &App) -> Result<bool> {
    let queue = Queue::new(app, ObjectId::new(), Time::Program, LEASE);
    for (company, wait) in queue.waiting().await? {
        if wait.is_none()
            && let Some(lease) = queue.take(company, true, &[]).await?
        {
            attempt(&queue, lease, &CancellationToken::new()).await;
            return Ok(true);
        }
    }
    Ok(false)
}
