//! The life of a process that only works on jobs: secrets, database, work, and an end in the right order.

use super::run::{Serve, prepare};
use super::{Database, background, build_app};
use crate::jobs::Workers;
use crate::secrets::Secrets;
use crate::shutdown::{Outcome, Shutdown};
use anyhow::Context;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Time that what runs beside the jobs gets to stop.
const BACKGROUND: Duration = Duration::from_secs(5);

/// Works on jobs until a signal, then ends gracefully: takes no more, finishes or hands back what it has.
///
/// # Errors
/// The start fails, or the embedded database ends by itself.
pub async fn work(serve: Serve) -> anyhow::Result<Outcome> {
    let shutdown = Shutdown::new();
    shutdown.listen().context("listen to signals")?;
    let soft = shutdown.soft();
    let load = Secrets::load(&serve.settings, &serve.environment);
    let Some(secrets) = soft.run_until_cancelled(load).await.transpose()? else { return Ok(Outcome::Clean) };
    let open = Database::open(&serve.settings, &secrets);
    let Some(database) = soft.run_until_cancelled(open).await.transpose()? else { return Ok(Outcome::Clean) };
    let outcome = run(&serve, &secrets, &database, &shutdown).await;
    let closed = database.close().await;
    let outcome = outcome?;
    closed?;
    tracing::info!(?outcome, "stopped");
    Ok(outcome)
}

async fn run(
    serve: &Serve,
    secrets: &Secrets,
    database: &Database,
    shutdown: &Shutdown,
) -> anyhow::Result<Outcome> {
    let (app, _) = build_app(&serve.settings, secrets, database.db().clone())?;
    if !prepare(&app, shutdown).await? {
        return Ok(Outcome::Clean);
    }
    let stop = CancellationToken::new();
    background::start(&app, secrets, &serve.telemetry, shutdown, &stop);
    let mut workers = Workers::start(&app, &serve.settings.jobs, "worker");
    (serve.announce)(&format!("Stoa works on jobs as {}", workers.id()));
    let mut result = Ok(());
    tokio::select! {
        () = shutdown.soft().cancelled_owned() => {}
        failure = database.ended() => result = Err(failure.into()),
    }
    workers.stop();
    // Without a database nothing comes to a good end.
    if result.is_err() {
        shutdown.force();
    }
    let handed_back = workers.end(shutdown.hard()).await;
    (serve.announce)(&format!("{handed_back} jobs were handed back"));
    stop.cancel();
    let tasks = shutdown.finish(BACKGROUND).await;
    result.map(|()| tasks)
}
