//! The database that a command works on: the one of `MONGO_URI`, or an embedded one that lives as long as the command.

use crate::config::Settings;
use crate::db::{ConnectOptions, Db};
use crate::mongod::{Embedded, EmbeddedOptions, MongodError};
use crate::secrets::Secrets;
use crate::support::Clock;
use anyhow::Context;

/// A connection, with the server behind it when that is ours.
pub struct Database {
    db: Db,
    options: ConnectOptions,
    embedded: Option<Embedded>,
}

impl Database {
    /// Connects; without `MONGO_URI`, starts the embedded database first.
    ///
    /// # Errors
    /// The address is malformed, or the embedded database does not start.
    pub async fn open(settings: &Settings, secrets: &Secrets) -> anyhow::Result<Self> {
        let (uri, embedded) = match secrets.mongo_uri() {
            Some(uri) => (uri, None),
            None => {
                let embedded = Embedded::start(&EmbeddedOptions::from(settings)).await?;
                (embedded.uri().into(), Some(embedded))
            }
        };
        let options = ConnectOptions {
            uri,
            database: settings.database.name.clone(),
            max_pool: settings.database.max_pool,
            selection_timeout: settings.database.selection_timeout(),
            monitor_reads: false,
        };
        let db = connect(&options, Clock::default()).await?;
        Ok(Self { db, options, embedded })
    }

    /// A further connection, with a clock of its own.
    ///
    /// # Errors
    /// The address cannot be resolved any more.
    pub async fn with_clock(&self, clock: Clock) -> anyhow::Result<Db> {
        connect(&self.options, clock).await
    }

    /// The connection.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Whether the database is embedded.
    pub fn is_embedded(&self) -> bool {
        self.embedded.is_some()
    }

    /// Waits until the embedded database ends by itself, which it should not. Waits for ever when it is not embedded.
    pub async fn ended(&self) -> MongodError {
        match &self.embedded {
            Some(embedded) => embedded.ended().await,
            None => std::future::pending().await,
        }
    }

    /// Stops the embedded database and waits for its end.
    ///
    /// # Errors
    /// When it had to be killed.
    pub async fn close(self) -> Result<(), MongodError> {
        let Self { db, options: _, embedded } = self;
        drop(db);
        match embedded {
            Some(embedded) => embedded.shutdown().await,
            None => Ok(()),
        }
    }
}

async fn connect(options: &ConnectOptions, clock: Clock) -> anyhow::Result<Db> {
    // The driver's error may quote the address with its password: only our words are told.
    let connected = Db::connect(options, clock).await;
    connected.ok().context("MONGO_URI is not a valid address, or its name cannot be resolved")
}
