//! Settings of the database, and of the server that the program runs itself when it has no `MONGO_URI`.

use super::Faults;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;

/// The database and the connection pool.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseSettings {
    /// Name of the database.
    pub name: String,
    /// Folder of the embedded database; unused with `MONGO_URI`.
    pub data_dir: PathBuf,
    /// Most connections per server of the replica set for reads, and as many for writes. The driver's own default of 10 is too few.
    pub max_pool: u32,
    /// Seconds to wait for a server that can take an operation.
    pub selection_timeout_s: u64,
}

impl Default for DatabaseSettings {
    fn default() -> Self {
        Self { name: "stoa".into(), data_dir: ".stoa/data".into(), max_pool: 100, selection_timeout_s: 5 }
    }
}

impl DatabaseSettings {
    /// Time to wait for a server that can take an operation.
    pub fn selection_timeout(&self) -> Duration {
        Duration::from_secs(self.selection_timeout_s)
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        faults.range("database.max_pool", self.max_pool.into(), 1, 10_000);
        faults.range("database.selection_timeout_s", self.selection_timeout_s, 1, 60);
        // The server's limits: 63 bytes, none of /\. "$*<>:|? and no NUL.
        let length = self.name.len();
        let legal = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        if length == 0 || length > 63 || !self.name.chars().all(legal) {
            faults.add("database.name", "must be 1 to 63 letters, digits, _ or -");
        } else if ["admin", "local", "config"].contains(&self.name.as_str()) {
            faults.add("database.name", "is a database of the server itself");
        }
    }
}

/// The embedded database server.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct MongodSettings {
    /// The `mongod` program. Without it: the variable `MONGOD`, then `PATH`, then `.stoa/bin/mongod`.
    pub path: Option<PathBuf>,
}
