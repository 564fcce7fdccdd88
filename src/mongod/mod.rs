//! The embedded database: a `mongod` child process as a single-node replica set on a data folder of the project.
//!
//! For development, trials and small single-host use; production names its replica set in `MONGO_URI`.

mod child;
mod embedded;
mod error;
mod folder;
mod orphan;
mod program;
mod replica_set;

pub use embedded::{Embedded, EmbeddedOptions};
pub use error::MongodError;
