//! `stoa serve`.

use super::{output, setup};
use crate::server::{Serve, serve};
use crate::shutdown::Outcome;
use std::path::Path;
use std::process::ExitCode;

/// Arguments of `serve`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Load two companies to look at, once, and print their log-ins.
    #[arg(long)]
    demo_data: bool,
}

pub(super) async fn run(config: Option<&Path>, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let (loaded, telemetry) = setup::settings(config)?;
    let outcome = serve(Serve {
        settings: loaded.settings,
        environment: loaded.environment,
        telemetry,
        demo_data: arguments.demo_data,
        announce: output::line,
    })
    .await?;
    Ok(match outcome {
        Outcome::Clean => ExitCode::SUCCESS,
        Outcome::Deadline | Outcome::Forced => ExitCode::FAILURE,
    })
}
