//! Settings of the dashboard, whose files are built apart from the program and served by it.

use super::Faults;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Where the files of the dashboard lie.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct DashboardSettings {
    /// Folder of the built files; relative ones begin at the working folder. Without it, only the API is served.
    pub folder: PathBuf,
}

impl Default for DashboardSettings {
    fn default() -> Self {
        Self { folder: "admin/dist".into() }
    }
}

impl DashboardSettings {
    /// Whether there is a dashboard to serve.
    pub fn is_built(&self) -> bool {
        self.folder.join("index.html").is_file()
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        // An empty path is the working folder, whose files are nobody's business.
        if self.folder.as_os_str().is_empty() {
            faults.add("dashboard.folder", "must name a folder");
        }
    }
}
