//! The command line: one file a command; this one only knows their names.

mod check_config;
mod create_admin;
mod demo_data;
mod migrate;
mod openapi;
mod output;
mod probe_jobs;
mod routes;
mod serve;
mod setup;
mod worker;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// A multi-tenant helpdesk backend on MongoDB.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// File of settings instead of stoa.toml.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve over HTTP until a signal.
    Serve(serve::Arguments),
    /// Work on jobs, without serving, until a signal.
    Worker,
    /// Add jobs that leave one record each, wait until workers did them, and print figures.
    ProbeJobs(probe_jobs::Arguments),
    /// Bring the database up to date, or tell how it stands.
    Migrate(migrate::Arguments),
    /// Add an operator of the platform.
    CreateAdmin(create_admin::Arguments),
    /// Load two companies to look at into an empty database, and print their log-ins.
    DemoData,
    /// Print the effective settings and where secrets come from, without values.
    CheckConfig,
    /// Print every operation: method, path, who may call it.
    Routes,
    /// Print the OpenAPI document.
    Openapi,
}

/// Runs the command of the process's arguments.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return output::fail(&error.into()),
    };
    let outcome = runtime.block_on(dispatch(arguments));
    // Work that blocks, such as a password being hashed, must not hold up the end.
    runtime.shutdown_background();
    outcome.unwrap_or_else(|error| output::fail(&error))
}

async fn dispatch(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let config = arguments.config.as_deref();
    match arguments.command {
        Command::Serve(arguments) => serve::run(config, arguments).await,
        Command::Worker => worker::run(config).await,
        Command::ProbeJobs(arguments) => probe_jobs::run(config, arguments).await,
        Command::Migrate(arguments) => migrate::run(config, arguments).await,
        Command::CreateAdmin(arguments) => create_admin::run(config, arguments).await,
        Command::DemoData => demo_data::run(config).await,
        Command::CheckConfig => check_config::run(config).await,
        Command::Routes => routes::run(),
        Command::Openapi => openapi::run(),
    }
}
