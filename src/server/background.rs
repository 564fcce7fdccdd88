//! What runs beside requests: fresh secrets, metrics, and whatever comes due by itself.

use crate::app::App;
use crate::auth::refresh_token::RefreshKeys;
use crate::secrets::Secrets;
use crate::services::tickets::{self, Swept};
use crate::services::uploads;
use crate::shutdown::Shutdown;
use crate::telemetry::Telemetry;
use std::time::Duration;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

/// Pause between two looks for tickets that are due.
const SWEEP_EVERY: Duration = Duration::from_secs(30);
/// Pause between two looks whether the jobs of the hour are queued.
const SCHEDULE_EVERY: Duration = Duration::from_secs(600);

/// Starts all of it; it ends when `stop` is cancelled, which is after the last request.
pub(super) fn start(
    app: &App,
    secrets: &Secrets,
    telemetry: &Telemetry,
    shutdown: &Shutdown,
    stop: &CancellationToken,
) {
    app.start_background(shutdown);
    shutdown.spawn(secrets.clone().keep_fresh(stop.clone()));
    shutdown.spawn(telemetry.clone().upkeep(stop.clone()));
    shutdown.spawn(sweep_tickets(app.clone(), stop.clone()));
    shutdown.spawn(schedule_uploads(app.clone(), stop.clone()));
    shutdown.spawn(follow_secrets(app.clone(), secrets.clone(), stop.clone()));
    shutdown.spawn(settle(app.clone(), stop.clone()));
}

/// Wakes and closes tickets that are due. Every instance does: each ticket is settled once all the same.
async fn sweep_tickets(app: App, stop: CancellationToken) {
    let mut turns = tokio::time::interval(SWEEP_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(turns.tick()).await.is_some() {
        match tickets::sweep(app.db()).await {
            Ok(swept) if swept == Swept::default() => {}
            Ok(swept) => tracing::info!(woken = swept.woken, closed = swept.closed, "due tickets settled"),
            // The next turn tries again; what is due stays due.
            Err(error) => tracing::error!(code = error.code().as_str(), "due tickets were not looked for"),
        }
    }
}

/// Queues what is done from time to time about files.
async fn schedule_uploads(app: App, stop: CancellationToken) {
    let mut turns = tokio::time::interval(SCHEDULE_EVERY);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while stop.run_until_cancelled(turns.tick()).await.is_some() {
        if let Err(error) = uploads::schedule(app.db()).await {
            tracing::error!(code = error.code().as_str(), "the jobs of files were not queued");
        }
    }
}

/// Waits for what requests left to be done; after the last of them nothing is added.
async fn settle(app: App, stop: CancellationToken) {
    stop.cancelled().await;
    app.aside().settled().await;
}

/// Takes over keys when secrets change. Tokens of the keys before stay valid as long as the ring holds them.
async fn follow_secrets(app: App, secrets: Secrets, stop: CancellationToken) {
    let mut changes = secrets.changes();
    while let Some(Ok(())) = stop.run_until_cancelled(changes.changed()).await {
        match app.access_tokens().replace_keys(&secrets.jwt()) {
            Ok(()) => {
                app.replace_refresh_keys(RefreshKeys::new(&secrets.refresh_keys()));
                app.data_keys().replace(&secrets.data_keys());
            }
            Err(error) => tracing::error!(?error, "new signing keys cannot be used, the old ones stay"),
        }
    }
}
