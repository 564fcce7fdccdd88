//! Start and stop of the embedded database.

use super::child::{Child, signal};
use super::folder::Folder;
use super::{MongodError, orphan, program, replica_set};
use crate::config::Settings;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

/// mongod's exit code when something listens on its port.
const PORT_TAKEN: i32 = 48;
/// How often another port is tried.
const PORTS: usize = 5;
/// Recovery of a large journal takes its time.
const START: Duration = Duration::from_secs(120);
const STOP: Duration = Duration::from_secs(30);

/// What to start and where.
#[derive(Clone, Debug)]
pub struct EmbeddedOptions {
    /// The `mongod` program; without it, the one in `PATH`, then `.stoa/bin/mongod`.
    pub mongod: Option<PathBuf>,
    /// Folder of the data; made if need be.
    pub data_dir: PathBuf,
}

impl From<&Settings> for EmbeddedOptions {
    fn from(settings: &Settings) -> Self {
        Self { mongod: settings.mongod.path.clone(), data_dir: settings.database.data_dir.clone() }
    }
}

/// A running embedded database. Dropping it asks mongod to end; [`Embedded::shutdown`] also waits for that.
pub struct Embedded {
    child: Child,
    folder: Arc<Folder>,
    port: u16,
}

impl Embedded {
    /// Starts mongod and waits until it is primary. Recovers from an earlier run that was killed.
    ///
    /// # Errors
    /// No program, a folder that another process uses or that cannot be used, or mongod's own reasons.
    pub async fn start(options: &EmbeddedOptions) -> Result<Self, MongodError> {
        let program = program::mongod(options.mongod.as_deref())?;
        let folder = Arc::new(Folder::take(&options.data_dir)?);
        orphan::stop(&folder.db()).await?;
        let mut port = folder.choose_port()?;
        let mut tries = PORTS;
        loop {
            folder.turn_log()?;
            let command = command(program::bound_to_us(&program), &folder, port);
            let child = Child::spawn(command).await.map_err(MongodError::Spawn)?;
            let embedded = Self { child, folder: folder.clone(), port };
            match embedded.ready().await {
                Ok(()) => {
                    embedded.folder.keep_port(port)?;
                    tracing::info!(port, data = %embedded.folder.db().display(), "embedded database is ready");
                    return Ok(embedded);
                }
                // Somebody took the port between our look and mongod's.
                Err(_) if embedded.port_was_taken() && tries > 1 => {
                    tries -= 1;
                    port = folder.free_port()?;
                }
                Err(error) => {
                    embedded.child.stop(STOP).await;
                    return Err(error);
                }
            }
        }
    }

    /// Address for the driver.
    pub fn uri(&self) -> String {
        format!("mongodb://127.0.0.1:{}/?replicaSet={}", self.port, replica_set::NAME)
    }

    /// Process id of mongod.
    pub fn pid(&self) -> u32 {
        self.child.pid()
    }

    /// Waits until mongod ends by itself, which it should not; the program cannot go on without it.
    pub async fn ended(&self) -> MongodError {
        self.child.ended().await;
        self.failure()
    }

    /// Asks mongod to end and waits for it; close the driver's clients first.
    ///
    /// # Errors
    /// When it had to be killed. Its journal recovers the data at the next start.
    pub async fn shutdown(self) -> Result<(), MongodError> {
        if self.child.stop(STOP).await { Ok(()) } else { Err(MongodError::Unstoppable(self.child.pid())) }
    }

    async fn ready(&self) -> Result<(), MongodError> {
        tokio::select! {
            error = self.ended() => Err(error),
            outcome = tokio::time::timeout(START, replica_set::make_primary(&self.child, self.port)) => {
                let why = match outcome {
                    Ok(Ok(())) => return Ok(()),
                    Ok(Err(error)) => error.to_string(),
                    Err(_) => format!("not within {} s", START.as_secs()),
                };
                Err(MongodError::NotReady { why, log: self.folder.log() })
            }
        }
    }

    fn port_was_taken(&self) -> bool {
        self.child.ending().is_some_and(|ending| ending.code == Some(PORT_TAKEN))
    }

    fn failure(&self) -> MongodError {
        let status = self.child.ending().map_or_else(|| "running".into(), |ending| ending.text);
        MongodError::Ended { status, reasons: self.folder.reasons(), log: self.folder.log() }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        if self.child.ending().is_none() {
            signal(self.child.pid(), "TERM");
        }
    }
}

fn command(mut command: Command, folder: &Folder, port: u16) -> Command {
    command.args(["--replSet", replica_set::NAME, "--bind_ip", "127.0.0.1", "--port", &port.to_string()]);
    command.arg("--dbpath").arg(folder.db()).arg("--logpath").arg(folder.log());
    // No socket file, no JavaScript in queries ($where, $function).
    command.args(["--nounixsocket", "--noscripting"]);
    // Small: it shares the machine with a developer.
    command.args(["--wiredTigerCacheSizeGB", "0.5", "--oplogSize", "64"]);
    command.args(["--wiredTigerEngineConfigString", "log=(file_max=8MB)"]);
    command.args(["--setParameter", "diagnosticDataCollectionEnabled=false"]);
    // There is no other member that could take over: waiting for one only delays the end.
    command.args(["--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100"]);
    command
}
