//! `stoa migrate`: takes the steps that the database lacks, or tells what would be done and how it stands.

use super::{output, setup};
use crate::db::Db;
use crate::migrate::{self, Options};
use crate::migrations::STEPS;
use crate::shutdown::Shutdown;
use std::path::Path;
use std::process::ExitCode;

/// Arguments of `migrate`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Tell what would be done, and do nothing.
    #[arg(long)]
    dry_run: bool,
    /// Accept that an applied step was edited since.
    #[arg(long, value_name = "STEP")]
    accept_checksum: Vec<String>,
    /// Name of the backup made before a step that cannot be undone.
    #[arg(long, value_name = "NAME")]
    backup: Option<String>,
    /// Print the schema that the models declare, as the Rust text of a step.
    #[arg(long, hide = true)]
    print_schema: bool,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Tell where every step stands, and what of the schema is not as declared.
    Status,
    /// Undo the steps after the given one, newest first.
    Down {
        /// The last step to keep.
        #[arg(long, value_name = "STEP")]
        to: String,
    },
}

pub(super) async fn run(config: Option<&Path>, arguments: Arguments) -> anyhow::Result<ExitCode> {
    if arguments.print_schema {
        output::line(migrate::print_schema().trim_end());
        return Ok(ExitCode::SUCCESS);
    }
    let (_, _, database) = setup::database(config).await?;
    let shutdown = Shutdown::new();
    shutdown.listen()?;
    let outcome = tokio::select! {
        outcome = act(database.db(), arguments, &shutdown) => outcome,
        failure = database.ended() => Err(failure.into()),
        () = shutdown.hard().cancelled_owned() => Err(migrate::MigrateError::Stopped.into()),
    };
    let closed = database.close().await;
    let code = outcome?;
    closed?;
    Ok(code)
}

async fn act(db: &Db, arguments: Arguments, shutdown: &Shutdown) -> anyhow::Result<ExitCode> {
    let options = Options {
        accept_checksums: arguments.accept_checksum,
        backup: arguments.backup,
        stop: shutdown.soft(),
    };
    let drift = match arguments.action {
        Some(Action::Status) => {
            let (standings, drift) = migrate::status(db, STEPS).await?;
            for standing in standings {
                let at = standing.finished_at.unwrap_or_default();
                output::line(&format!("{:<8} {} {at}", standing.state, standing.id));
            }
            drift
        }
        Some(Action::Down { to }) => {
            let undone = migrate::down(db, STEPS, &to, &options).await?;
            undone.iter().for_each(|step| output::line(&format!("undone   {step}")));
            return Ok(ExitCode::SUCCESS);
        }
        None if arguments.dry_run => {
            let lines = migrate::dry_run(db, STEPS, &options).await?;
            lines.iter().for_each(|line| output::line(line));
            if lines.is_empty() {
                output::line("nothing to do");
            }
            return Ok(ExitCode::SUCCESS);
        }
        None => {
            let report = migrate::run(db, STEPS, &options).await?;
            for (step, changed) in &report.taken {
                output::line(&format!("done     {step} ({changed} documents changed)"));
            }
            if report.taken.is_empty() {
                output::line("nothing to do");
            }
            report.drift
        }
    };
    for difference in &drift {
        output::line(&format!("drift    {difference}"));
    }
    Ok(if drift.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
