//! Settings that say where secrets come from; the secrets themselves are in `crate::secrets`.

use super::Faults;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Where secrets come from and how often they are read again.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct SecretsSettings {
    /// Name or ARN of the secret in AWS Secrets Manager; a JSON object. Without it, AWS is not asked.
    pub aws_secret_id: Option<String>,
    /// Another address of Secrets Manager: a VPC endpoint or an emulator.
    pub aws_endpoint_url: Option<String>,
    /// Region of the secret; without it the SDK's own search.
    pub aws_region: Option<String>,
    /// Seconds between two readings, give or take 20 %.
    pub refresh_s: u64,
}

impl Default for SecretsSettings {
    fn default() -> Self {
        Self { aws_secret_id: None, aws_endpoint_url: None, aws_region: None, refresh_s: 300 }
    }
}

impl SecretsSettings {
    /// Time between two readings.
    pub fn refresh(&self) -> Duration {
        Duration::from_secs(self.refresh_s)
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        faults.range("secrets.refresh_s", self.refresh_s, 1, 86_400);
        if let Some(url) = &self.aws_endpoint_url {
            faults.url("secrets.aws_endpoint_url", url);
        }
    }
}
