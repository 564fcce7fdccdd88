//! `stoa worker`.

use super::{output, setup};
use crate::server::{Serve, work};
use crate::shutdown::Outcome;
use std::path::Path;
use std::process::ExitCode;

pub(super) async fn run(config: Option<&Path>) -> anyhow::Result<ExitCode> {
    let (loaded, telemetry) = setup::settings(config)?;
    let outcome = work(Serve {
        settings: loaded.settings,
        environment: loaded.environment,
        telemetry,
        demo_data: false,
        announce: output::line,
    })
    .await?;
    Ok(match outcome {
        Outcome::Clean => ExitCode::SUCCESS,
        Outcome::Deadline | Outcome::Forced => ExitCode::FAILURE,
    })
}
