//! Settings of authentication: lifetimes of tokens and the cost of passwords.

use super::Faults;
use serde::{Deserialize, Serialize};
use std::time::Duration;

const DAY: u64 = 24 * 3600;

/// Lifetimes of tokens and sessions, and bounds of password hashing.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuthSettings {
    /// Seconds that an access token lives.
    pub access_ttl_s: u64,
    /// Seconds after which an unused session ends.
    pub refresh_idle_s: u64,
    /// Seconds after which any session ends.
    pub refresh_absolute_s: u64,
    /// Seconds after which an unused session of a superadmin ends.
    pub superadmin_idle_s: u64,
    /// Seconds in which a used refresh token may be sent again and gets the same answer.
    pub refresh_grace_s: u64,
    /// Threads that hash passwords; each needs 19 MiB while it works.
    pub argon2_threads: usize,
    /// Milliseconds that a failed log-in takes at least, so that its time tells nothing.
    pub login_floor_ms: u64,
    /// Operators of the platform must have a second factor.
    pub superadmin_mfa: bool,
}

impl Default for AuthSettings {
    fn default() -> Self {
        Self {
            access_ttl_s: 600,
            refresh_idle_s: 7 * DAY,
            refresh_absolute_s: 30 * DAY,
            superadmin_idle_s: DAY / 2,
            refresh_grace_s: 30,
            argon2_threads: std::thread::available_parallelism().map_or(2, usize::from).min(4),
            login_floor_ms: 350,
            superadmin_mfa: false,
        }
    }
}

impl AuthSettings {
    /// Life of an access token.
    pub fn access_ttl(&self) -> Duration {
        Duration::from_secs(self.access_ttl_s)
    }

    /// Time after which an unused session ends.
    pub fn refresh_idle(&self) -> Duration {
        Duration::from_secs(self.refresh_idle_s)
    }

    /// Time after which any session ends.
    pub fn refresh_absolute(&self) -> Duration {
        Duration::from_secs(self.refresh_absolute_s)
    }

    /// Time after which an unused session of a superadmin ends.
    pub fn superadmin_idle(&self) -> Duration {
        Duration::from_secs(self.superadmin_idle_s)
    }

    /// Time in which a used refresh token gets the same answer again.
    pub fn refresh_grace(&self) -> Duration {
        Duration::from_secs(self.refresh_grace_s)
    }

    /// Time that a failed log-in takes at least.
    pub fn login_floor(&self) -> Duration {
        Duration::from_millis(self.login_floor_ms)
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        faults.range("auth.access_ttl_s", self.access_ttl_s, 30, 3600);
        faults.range("auth.refresh_absolute_s", self.refresh_absolute_s, 300, 365 * DAY);
        faults.range("auth.refresh_idle_s", self.refresh_idle_s, 60, self.refresh_absolute_s.max(60));
        faults.range("auth.superadmin_idle_s", self.superadmin_idle_s, 60, self.refresh_absolute_s.max(60));
        faults.range("auth.refresh_grace_s", self.refresh_grace_s, 0, 300);
        faults.range("auth.argon2_threads", self.argon2_threads as u64, 1, 64);
        faults.range("auth.login_floor_ms", self.login_floor_ms, 0, 10_000);
    }
}
