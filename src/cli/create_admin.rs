//! `stoa create-admin`: adds an operator of the platform; there is no account by default.

use super::{output, setup};
use crate::auth::password::{PasswordHasher, PasswordPool, PoolLimits};
use crate::auth::random;
use crate::config::Environment;
use crate::migrate;
use crate::migrations::STEPS;
use crate::services::users::create_superadmin;
use anyhow::{Context, bail};
use secrecy::{ExposeSecret, SecretString};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The variable that may hold the password.
const VARIABLE: &str = "ADMIN_PASSWORD";

/// Arguments of `create-admin`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Address with which the operator logs in.
    #[arg(long)]
    email: String,
    /// File with the first password, `-` for standard input. Without it the variable ADMIN_PASSWORD; without that one
    /// is made and printed once.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Add one although there is an operator already.
    #[arg(long)]
    another: bool,
}

pub(super) async fn run(config: Option<&Path>, arguments: Arguments) -> anyhow::Result<ExitCode> {
    let (loaded, _) = setup::settings(config)?;
    let given = password(arguments.password_file.as_deref(), &loaded.environment)?;
    let (_, secrets, database) = setup::open(loaded).await?;
    let made = given.is_none();
    let password = given.unwrap_or_else(|| random::base62(24).into());
    let add = async {
        let (standings, _) = migrate::status(database.db(), STEPS).await?;
        if standings.iter().any(|standing| standing.state != "done") {
            bail!("the database is not migrated: run stoa migrate first");
        }
        let pepper = secrets.pepper().map(|ring| (*ring).clone());
        let passwords = PasswordPool::start(PasswordHasher::new(pepper)?, PoolLimits::default())?;
        // Whoever made the password, others may have seen it: it is good for one log-in.
        let must_change = true;
        let id = create_superadmin(
            database.db(),
            &passwords,
            &arguments.email,
            &password,
            arguments.another,
            must_change,
        );
        Ok(id.await?)
    };
    let outcome = add.await;
    let closed = database.close().await;
    let id = outcome?;
    closed?;
    output::line(&format!("operator {} has the id {}", arguments.email, id.to_hex()));
    if made {
        output::line(&format!("first password, shown only now: {}", password.expose_secret()));
    }
    output::line("the first log-in asks for another password");
    Ok(ExitCode::SUCCESS)
}

/// The password that was given, if any. The end of the line that editors and `echo` add is no part of it.
fn password(file: Option<&Path>, environment: &Environment) -> anyhow::Result<Option<SecretString>> {
    let text = match file {
        Some(path) if path == Path::new("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).context("read the password")?;
            text
        }
        Some(path) => std::fs::read_to_string(path).with_context(|| format!("read {}", path.display()))?,
        None => return Ok(environment.get(VARIABLE).map(|text| text.to_owned().into())),
    };
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned().into()))
}
