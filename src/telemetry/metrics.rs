//! The recorder behind the `metrics` macros, and the buckets of histograms.

use anyhow::anyhow;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Upper bounds in seconds of histograms named `*_seconds`: from a cached answer to the request deadline.
pub const DURATION_BUCKETS: &[f64] =
    &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0, 30.0];
/// Upper bounds in bytes of histograms named `*_bytes`.
pub const BODY_BUCKETS: &[f64] =
    &[256.0, 1024.0, 4096.0, 16_384.0, 65_536.0, 262_144.0, 1_048_576.0, 10_485_760.0];

const UPKEEP: Duration = Duration::from_secs(5);

/// The macros have one recorder per process, so there is one handle per process.
static HANDLE: OnceLock<Result<PrometheusHandle, String>> = OnceLock::new();

/// The installed recorder.
#[derive(Clone)]
pub(super) struct Recorder(PrometheusHandle);

impl Recorder {
    pub(super) fn install() -> anyhow::Result<Self> {
        match HANDLE.get_or_init(|| build().map_err(|error| format!("{error:#}"))) {
            Ok(handle) => Ok(Self(handle.clone())),
            Err(why) => Err(anyhow!("install the metrics: {why}")),
        }
    }

    pub(super) fn render(&self) -> String {
        self.0.render()
    }

    pub(super) async fn upkeep(&self, stop: CancellationToken) {
        let mut tick = tokio::time::interval(UPKEEP);
        while stop.run_until_cancelled(tick.tick()).await.is_some() {
            self.0.run_upkeep();
        }
    }
}

fn build() -> anyhow::Result<PrometheusHandle> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), DURATION_BUCKETS)?
        .set_buckets_for_metric(Matcher::Suffix("_bytes".into()), BODY_BUCKETS)?
        .install_recorder()?;
    metrics::describe_gauge!("stoa_secret_age_seconds", "Seconds since the secrets were last read");
    metrics::describe_counter!("stoa_secret_refresh_failures_total", "Readings of secrets that failed");
    metrics::gauge!("stoa_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    Ok(handle)
}
