//! `stoa probe-jobs`: tries out the queue of a running installation.

use super::{output, setup};
use crate::jobs::{Figures, ProbeOptions, probe};
use crate::migrate;
use crate::server::build_app;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// Arguments of `probe-jobs`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Jobs to add.
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    jobs: u32,
    /// Milliseconds that each job takes besides its transaction.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=3_600_000))]
    hold_ms: u32,
    /// Seconds to wait for all of them.
    #[arg(long, default_value_t = 300)]
    patience_s: u32,
}

pub(super) async fn run(config: Option<&Path>, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let (settings, secrets, database) = setup::database(config).await?;
    let outcome = async {
        migrate::up(database.db()).await?;
        let (app, _) = build_app(&settings, &secrets, database.db().clone())?;
        let options = ProbeOptions {
            jobs: usize::try_from(arguments.jobs)?,
            hold: Duration::from_millis(arguments.hold_ms.into()),
            patience: Duration::from_secs(arguments.patience_s.into()),
        };
        let told = |left| tracing::debug!(left, "probes are left");
        Ok::<_, anyhow::Error>(probe(&app, &options, told).await?)
    };
    let outcome = outcome.await;
    let closed = database.close().await;
    let figures = outcome?;
    closed?;
    lines(&figures).iter().for_each(|line| output::line(line));
    Ok(if figures.exactly_once() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn lines(figures: &Figures) -> Vec<String> {
    let [half, most, nearly_all] = figures.wait_ms;
    let done = u32::try_from(figures.done).unwrap_or(u32::MAX);
    let rate = if figures.seconds > 0.0 { f64::from(done) / figures.seconds } else { 0.0 };
    vec![
        format!("added {}, done {}, given up {}", figures.added, figures.done, figures.given_up),
        format!("effects {}, twice {}, lost {}", figures.effects, figures.twice, figures.lost),
        format!("retried {}", figures.retried),
        format!("seconds {:.2}, jobs a second {rate:.0}", figures.seconds),
        format!("insert to start in ms: p50 {half}, p95 {most}, p99 {nearly_all}"),
    ]
}
