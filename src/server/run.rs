//! The life of a server: secrets, database, start, requests, and an end in the right order.

use super::accept::Listener;
use super::{Database, background, build_app};
use crate::app::App;
use crate::config::{Environment, Settings};
use crate::demo;
use crate::migrate::{self, MigrateError};
use crate::secrets::Secrets;
use crate::shutdown::{Outcome, Shutdown};
use crate::telemetry::Telemetry;
use anyhow::Context;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Time that background work gets to stop once the last request is answered.
const BACKGROUND: Duration = Duration::from_secs(5);
/// Longest pause between two tries to reach the database at the start.
const RETRY: Duration = Duration::from_secs(5);

/// What to serve, and how to tell about it.
pub struct Serve {
    /// Settings.
    pub settings: Settings,
    /// Where secrets are read from.
    pub environment: Environment,
    /// Metrics.
    pub telemetry: Telemetry,
    /// Load demo data first.
    pub demo_data: bool,
    /// Takes the lines that a person at the terminal should see.
    pub announce: fn(&str),
}

/// Serves until a signal, then ends gracefully: not ready, drain, stop accepting, finish requests, stop the rest.
///
/// # Errors
/// The start fails, or the embedded database ends by itself.
pub async fn serve(serve: Serve) -> anyhow::Result<Outcome> {
    let shutdown = Shutdown::new();
    shutdown.listen().context("listen to signals")?;
    let soft = shutdown.soft();
    let load = Secrets::load(&serve.settings, &serve.environment);
    let Some(secrets) = soft.run_until_cancelled(load).await.transpose()? else { return Ok(Outcome::Clean) };
    let open = Database::open(&serve.settings, &secrets);
    let Some(database) = soft.run_until_cancelled(open).await.transpose()? else { return Ok(Outcome::Clean) };
    let outcome = run(&serve, &secrets, &database, &shutdown).await;
    // Last, because everything else may still write. Its own failure must not hide the first one.
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
    let server = &serve.settings.server;
    let (app, router) = build_app(&serve.settings, secrets, database.db().clone())?;
    let listener = Listener::bind(server.bind, server.max_connections)
        .await
        .with_context(|| format!("listen on {}", server.bind))?;
    let url = server.public_url(listener.address());
    tracing::info!(address = %listener.address(), url, "listening");
    (serve.announce)(&format!("Stoa listens on {url}"));
    if !serve.settings.dashboard.is_built() {
        tracing::info!(folder = ?serve.settings.dashboard.folder, "there is no dashboard here");
    }

    if let (Some(folder), false) = (app.storage().local_folder(), database.is_embedded()) {
        tracing::warn!(?folder, "files are kept on this machine: other instances do not see them");
    }

    let (closing, stop) = (CancellationToken::new(), CancellationToken::new());
    let connections = tokio::spawn(listener.serve(router, closing.clone(), shutdown.hard()));
    let mut result = tokio::select! {
        started = start(serve, &app, secrets, database, shutdown) => started,
        failure = database.ended() => Err(failure.into()),
        () = shutdown.hard().cancelled_owned() => Ok(false),
    };
    if let Ok(true) = result {
        background::start(&app, secrets, &serve.telemetry, shutdown, &stop);
        tokio::select! {
            () = shutdown.soft().cancelled_owned() => {}
            failure = database.ended() => result = Err(failure.into()),
        }
    }
    app.health().drain();
    if result.is_ok() && !shutdown.is_interactive() {
        shutdown.pause(server.drain()).await;
    }
    closing.cancel();
    // Without a database, nothing that is under way can come to a good end.
    let patience = if result.is_ok() { server.shutdown() } else { Duration::from_secs(1) };
    let requests = finish(connections, patience, shutdown).await;
    stop.cancel();
    let tasks = shutdown.finish(BACKGROUND).await;
    result?;
    Ok(if requests == Outcome::Clean { tasks } else { requests })
}

/// Brings the database up to date and lets requests in. `false` when the end was asked for meanwhile.
async fn start(
    serve: &Serve,
    app: &App,
    secrets: &Secrets,
    database: &Database,
    shutdown: &Shutdown,
) -> anyhow::Result<bool> {
    let soft = shutdown.soft();
    let options = migrate::Options { stop: soft.clone(), ..migrate::Options::default() };
    let mut pause = Duration::from_millis(250);
    let report = loop {
        match migrate::run(app.db(), crate::migrations::STEPS, &options).await {
            Ok(report) => break report,
            Err(MigrateError::Stopped) => return Ok(false),
            // Live but not ready: the database may come up after us.
            Err(error) if error.is_passing() => {
                tracing::warn!(%error, "the database cannot be prepared yet, trying again");
                if soft.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
                    return Ok(false);
                }
                pause = (pause * 2).min(RETRY);
            }
            Err(error) => return Err(error.into()),
        }
    };
    report.log();
    if serve.demo_data {
        let load = demo::load(&serve.settings, secrets, database);
        if soft.run_until_cancelled(load).await.transpose()?.is_none() {
            return Ok(false);
        }
    }
    app.health().started();
    (serve.announce)("Stoa is ready");
    if serve.demo_data {
        demo::logins().for_each(|line| (serve.announce)(&line));
    }
    Ok(true)
}

/// Waits for open connections, at most `patience`; the rest is cut off.
async fn finish(connections: JoinHandle<()>, patience: Duration, shutdown: &Shutdown) -> Outcome {
    let mut connections = connections;
    let outcome = tokio::select! {
        biased;
        () = shutdown.hard().cancelled_owned() => Outcome::Forced,
        _ = &mut connections => return Outcome::Clean,
        () = tokio::time::sleep(patience) => Outcome::Deadline,
    };
    tracing::warn!(?outcome, "requests were cut off");
    shutdown.force();
    // They end at their next await.
    tokio::time::timeout(Duration::from_secs(1), connections).await.ok();
    outcome
}
