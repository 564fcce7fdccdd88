//! What commands need before they begin: settings, the log, secrets, the database.

use crate::config::{Loaded, Settings};
use crate::secrets::Secrets;
use crate::server::Database;
use crate::telemetry::Telemetry;
use std::path::Path;

/// The settings, after the log was installed as they say.
pub(super) fn settings(config: Option<&Path>) -> anyhow::Result<(Loaded, Telemetry)> {
    let loaded = Settings::load(config)?;
    let telemetry = Telemetry::install(&loaded.settings.log)?;
    Ok((loaded, telemetry))
}

/// Settings, secrets and an open database.
pub(super) async fn database(config: Option<&Path>) -> anyhow::Result<(Settings, Secrets, Database)> {
    let (loaded, _) = settings(config)?;
    open(loaded).await
}

/// Secrets and an open database for settings that are loaded.
pub(super) async fn open(loaded: Loaded) -> anyhow::Result<(Settings, Secrets, Database)> {
    let secrets = Secrets::load(&loaded.settings, &loaded.environment).await?;
    let database = Database::open(&loaded.settings, &secrets).await?;
    Ok((loaded.settings, secrets, database))
}
