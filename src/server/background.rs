//! What runs beside requests and jobs: fresh secrets, metrics, and what requests left to be done.

use crate::app::App;
use crate::auth::refresh_token::RefreshKeys;
use crate::secrets::Secrets;
use crate::shutdown::Shutdown;
use crate::telemetry::Telemetry;
use tokio_util::sync::CancellationToken;

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
    shutdown.spawn(follow_secrets(app.clone(), secrets.clone(), stop.clone()));
    shutdown.spawn(settle(app.clone(), stop.clone()));
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
        app.mail().replace_url(secrets.smtp_url());
        match app.access_tokens().replace_keys(&secrets.jwt()) {
            Ok(()) => {
                app.replace_refresh_keys(RefreshKeys::new(&secrets.refresh_keys()));
                app.data_keys().replace(&secrets.data_keys());
            }
            Err(error) => tracing::error!(?error, "new signing keys cannot be used, the old ones stay"),
        }
    }
}
