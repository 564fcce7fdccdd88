//! `stoa check-config`: the effective settings and where secrets come from; changes nothing and opens no database.

use super::output;
use crate::config::Settings;
use crate::secrets::Secrets;
use std::path::Path;
use std::process::ExitCode;

pub(super) async fn run(config: Option<&Path>) -> anyhow::Result<ExitCode> {
    let loaded = Settings::load(config)?;
    output::line(loaded.settings.effective().trim_end());
    let secrets = Secrets::load(&loaded.settings, &loaded.environment).await?;
    for status in secrets.status() {
        output::line(&status.line());
    }
    Ok(ExitCode::SUCCESS)
}
