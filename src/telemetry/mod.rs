//! What the program tells about itself while it runs: log lines and metrics.

mod log;
mod metrics;

use crate::config::LogSettings;
use tokio_util::sync::CancellationToken;

pub use self::metrics::{BODY_BUCKETS, DURATION_BUCKETS};

/// The log and the metrics of this process.
#[derive(Clone)]
pub struct Telemetry {
    metrics: self::metrics::Recorder,
}

impl Telemetry {
    /// Sends log lines to standard error in the given form, and collects metrics. Once per process.
    ///
    /// # Errors
    /// The filter is malformed, or another log or recorder is installed.
    pub fn install(settings: &LogSettings) -> anyhow::Result<Self> {
        log::install(settings)?;
        Self::metrics_only()
    }

    /// Collects metrics and leaves the log alone; a second call gives the same metrics. For tests and tools.
    ///
    /// # Errors
    /// Another recorder is installed.
    pub fn metrics_only() -> anyhow::Result<Self> {
        Ok(Self { metrics: self::metrics::Recorder::install()? })
    }

    /// All metrics in the text form of Prometheus.
    pub fn metrics_text(&self) -> String {
        self.metrics.render()
    }

    /// Folds collected samples together until `stop`; without it, histograms grow until they are asked for.
    pub async fn upkeep(self, stop: CancellationToken) {
        self.metrics.upkeep(stop).await;
    }
}
