//! How large files may be, and how long they may take.

use crate::config::StorageSettings;
use crate::permissions::Role;
use std::time::Duration;

/// Limits of files, in bytes and time.
#[derive(Clone, Debug)]
pub struct StorageLimits {
    /// Largest file of the staff.
    pub file: i64,
    /// Largest file of a client.
    pub client_file: i64,
    /// What a company may store when nothing else is said in the company.
    pub quota: i64,
    /// Files that a process takes in at the same time.
    pub transfers: usize,
    /// Time in which a file must have come in.
    pub deadline: Duration,
}

impl StorageLimits {
    /// Largest file that a role may send.
    pub fn largest(&self, role: Role) -> i64 {
        if role.is_staff() { self.file } else { self.client_file.min(self.file) }
    }
}

impl From<&StorageSettings> for StorageLimits {
    fn from(settings: &StorageSettings) -> Self {
        let bytes = |mb: u64| i64::try_from(mb << 20).unwrap_or(i64::MAX);
        Self {
            file: bytes(settings.max_file_mb),
            client_file: bytes(settings.client_max_file_mb),
            quota: bytes(settings.quota_mb),
            transfers: settings.max_transfers,
            deadline: settings.transfer_deadline(),
        }
    }
}
