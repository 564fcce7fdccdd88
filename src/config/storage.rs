//! Settings of the storage of files: where they lie, how large they may be, how they get there.

use super::Faults;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where files lie and how much of them there may be. The bucket itself is a secret: `AWS_S3_BUCKET`.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct StorageSettings {
    /// Folder of the files where there is no bucket; without it, `files` in `database.data_dir`.
    pub folder: Option<PathBuf>,
    /// Address of a server that speaks S3; without it, AWS.
    pub endpoint_url: Option<String>,
    /// The same server as browsers reach it, when that differs: presigned addresses begin with it.
    pub public_endpoint_url: Option<String>,
    /// Region of the bucket; without it the SDK's own search.
    pub region: Option<String>,
    /// The bucket stands in the path of addresses rather than in their host.
    pub path_style: bool,
    /// Clients send to the bucket, and read from it, by presigned addresses; without it, everything goes through the API.
    pub direct_transfers: bool,
    /// Largest file of the staff, in MiB.
    pub max_file_mb: u64,
    /// Largest file of a client, in MiB.
    pub client_max_file_mb: u64,
    /// What a company may store when nothing else is said in the company, in MiB.
    pub quota_mb: u64,
    /// Files that a process takes in at the same time; each takes up to 10 MiB of memory meanwhile.
    pub max_transfers: usize,
    /// Seconds in which a file must have come in.
    pub transfer_deadline_s: u64,
}

impl Default for StorageSettings {
    fn default() -> Self {
        Self {
            folder: None,
            endpoint_url: None,
            public_endpoint_url: None,
            region: None,
            path_style: false,
            direct_transfers: true,
            max_file_mb: 25,
            client_max_file_mb: 10,
            quota_mb: 5120,
            max_transfers: 32,
            transfer_deadline_s: 600,
        }
    }
}

impl StorageSettings {
    /// Folder of the files where there is no bucket.
    pub fn folder(&self, data_dir: &Path) -> PathBuf {
        self.folder.clone().unwrap_or_else(|| data_dir.join("files"))
    }

    /// Time in which a file must have come in.
    pub fn transfer_deadline(&self) -> Duration {
        Duration::from_secs(self.transfer_deadline_s)
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        for (key, url) in [
            ("storage.endpoint_url", &self.endpoint_url),
            ("storage.public_endpoint_url", &self.public_endpoint_url),
        ] {
            if let Some(url) = url {
                faults.url(key, url);
            }
        }
        if self.public_endpoint_url.is_some() && self.endpoint_url.is_none() {
            faults.add("storage.public_endpoint_url", "needs storage.endpoint_url");
        }
        if self.folder.as_ref().is_some_and(|folder| folder.as_os_str().is_empty()) {
            faults.add("storage.folder", "must name a folder");
        }
        // A single request to S3 may carry 5 GiB.
        faults.range("storage.max_file_mb", self.max_file_mb, 1, 5000);
        faults.range("storage.client_max_file_mb", self.client_max_file_mb, 1, 5000);
        faults.range("storage.quota_mb", self.quota_mb, 0, 1 << 30);
        faults.range("storage.max_transfers", self.max_transfers as u64, 1, 10_000);
        faults.range("storage.transfer_deadline_s", self.transfer_deadline_s, 1, 86_400);
    }
}
