//! Listens for jobs that become ready, so that they begin at once; without it they would begin at the next look.

use super::claim::Claims;
use crate::db::{Arrivals, Db};
use crate::errors::Result;
use crate::models::{Job, JobState};
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// What is due later than this is left to the looks at the queue, which know when.
const SOON_MS: i64 = 1000;

/// Wakes the claims whenever a job becomes ready. A stream that is lost begins anew; meanwhile the queue is looked at.
pub(super) async fn listen(claims: Arc<Claims>, stop: CancellationToken) {
    let db = claims.queue.app().db().clone();
    let mut pause = Duration::from_millis(50);
    loop {
        let told = stop.run_until_cancelled(relay(&db, &claims)).await;
        let Some(told) = told else { return };
        if told.is_ok() {
            pause = Duration::from_millis(50);
        }
        metrics::counter!("stoa_change_stream_losses_total").increment(1);
        tracing::warn!("the change stream of jobs was lost and begins anew");
        if stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
            return;
        }
        pause = (pause * 2).min(Duration::from_secs(5));
    }
}

/// Passes on what the stream tells until it is lost; an error when it could not even be opened.
async fn relay(db: &Db, claims: &Claims) -> Result<()> {
    let mut arrivals: Arrivals = db.arrivals::<Job>(JobState::Ready.as_str(), Job::run_at()).await?;
    // What came before the opening was not told.
    claims.arrived(None);
    while let Ok(Some(arrival)) = arrivals.next().await {
        let soon = db.clock().now().timestamp_millis().saturating_add(SOON_MS);
        match arrival {
            Some(arrival) if arrival.at.timestamp_millis() <= soon => claims.arrived(Some(arrival.company)),
            Some(_) => {}
            None => claims.arrived(None),
        }
    }
    Ok(())
}
