//! Why the embedded database does not run, told so that an operator knows what to do.

use std::path::PathBuf;

/// Why the embedded database does not run.
#[derive(Debug, thiserror::Error)]
pub enum MongodError {
    /// No program.
    #[error(
        "no mongod that runs here ({tried}): run scripts/setup, set MONGOD, or set MONGO_URI to a replica set"
    )]
    NoProgram {
        /// What was tried, with the outcome of each.
        tried: String,
    },
    /// Another process of this program has the folder.
    #[error("the data folder {} is in use by another stoa (process {owner}): stop it, or set STOA_DATABASE__DATA_DIR to another folder", .folder.display())]
    InUse {
        /// The data folder.
        folder: PathBuf,
        /// Process id of the other, as it wrote it down.
        owner: String,
    },
    /// The folder cannot be used.
    #[error("the data folder {} cannot be used: {source}", .folder.display())]
    Folder {
        /// The data folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The child could not be started or watched.
    #[error("mongod cannot be started: {0}")]
    Spawn(std::io::Error),
    /// The child ended when it should run.
    #[error("mongod ended ({status}){reasons}; its log is {}", .log.display())]
    Ended {
        /// How it ended.
        status: String,
        /// What its log gives as the reason; empty or beginning with a colon.
        reasons: String,
        /// Its log.
        log: PathBuf,
    },
    /// The child runs and does not become primary.
    #[error("mongod did not become primary: {why}; its log is {}", .log.display())]
    NotReady {
        /// What it last answered.
        why: String,
        /// Its log.
        log: PathBuf,
    },
    /// A process cannot be stopped.
    #[error("mongod (process {0}) does not stop")]
    Unstoppable(u32),
}
