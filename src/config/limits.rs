//! Settings of how much of the program one caller may take.

use super::Faults;
use crate::quota::QuotaLimits;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Rates and places. Nought switches a limit off.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitsSettings {
    /// Cost a minute of all requests of a company.
    pub company_per_minute: u32,
    /// Cost a minute of a person's requests.
    pub user_per_minute: u32,
    /// Cost a minute of an API key's requests.
    pub key_per_minute: u32,
    /// Requests a minute from one address; people behind one router share it.
    pub address_per_minute: u32,
    /// Instances of the program behind one address, which share these rates evenly.
    pub instances: u32,
    /// Requests that run at the same time.
    pub in_flight: usize,
    /// Milliseconds that a request may wait for a connection to the database before new ones are refused.
    pub pool_wait_ms: u64,
}

impl Default for LimitsSettings {
    fn default() -> Self {
        Self {
            company_per_minute: 18_000,
            user_per_minute: 3600,
            key_per_minute: 1800,
            address_per_minute: 7200,
            instances: 1,
            in_flight: 512,
            pool_wait_ms: 1000,
        }
    }
}

impl LimitsSettings {
    /// The same for those who count.
    pub fn quota(&self) -> QuotaLimits {
        QuotaLimits {
            company: self.company_per_minute,
            user: self.user_per_minute,
            key: self.key_per_minute,
            address: self.address_per_minute,
            instances: self.instances,
            in_flight: self.in_flight,
            pool_wait: Duration::from_millis(self.pool_wait_ms),
        }
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        for (name, value) in [
            ("limits.company_per_minute", self.company_per_minute),
            ("limits.user_per_minute", self.user_per_minute),
            ("limits.key_per_minute", self.key_per_minute),
            ("limits.address_per_minute", self.address_per_minute),
        ] {
            faults.range(name, value.into(), 0, 100_000_000);
        }
        faults.range("limits.instances", self.instances.into(), 1, 1000);
        faults.range("limits.in_flight", self.in_flight as u64, 0, 1_000_000);
        faults.range("limits.pool_wait_ms", self.pool_wait_ms, 0, 60_000);
    }
}
