//! A folder that is gone when the test is.

use std::path::{Path, PathBuf};

/// A new, empty folder; deleted with its contents on drop.
pub struct TempDir(PathBuf);

impl TempDir {
    /// Makes the folder.
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("stoa-{}", uuid::Uuid::new_v4().simple()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file into it and gives its path.
    pub fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}
