//! `stoa demo-data`: loads the demo companies without serving them.

use super::{output, setup};
use crate::{demo, migrate};
use std::path::Path;
use std::process::ExitCode;

pub(super) async fn run(config: Option<&Path>) -> anyhow::Result<ExitCode> {
    let (settings, secrets, database) = setup::database(config).await?;
    let outcome = async {
        migrate::up(database.db()).await?;
        demo::load(&settings, &secrets, &database).await
    };
    let outcome = outcome.await;
    let closed = database.close().await;
    let loaded = outcome?;
    closed?;
    output::line(if loaded { "the demo data are loaded" } else { "the demo data were loaded before" });
    demo::logins().for_each(|line| output::line(&line));
    Ok(ExitCode::SUCCESS)
}
