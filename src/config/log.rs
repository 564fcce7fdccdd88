//! Settings of the log.

use super::Faults;
use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

/// Form of a log line.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// One JSON object a line, for machines.
    Json,
    /// For people.
    #[default]
    Text,
}

/// Form and amount of the log.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// Form of a line.
    pub format: LogFormat,
    /// What is logged, in the notation of `tracing_subscriber::EnvFilter`: `info,stoa=debug`.
    pub filter: String,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: "info".into() }
    }
}

impl LogSettings {
    pub(super) fn check(&self, faults: &mut Faults) {
        if let Err(error) = EnvFilter::try_new(&self.filter) {
            faults.add("log.filter", error);
        }
    }
}
