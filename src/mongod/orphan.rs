//! Stops a mongod that an earlier, killed run left behind on the same folder, after making sure that it is that one.

use super::MongodError;
use super::child::signal;
use std::path::Path;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long an orphan gets to end after each signal.
const PATIENCE: Duration = Duration::from_secs(30);

/// Stops the mongod that runs on `db`, if any. Call it only while holding the folder's lock.
pub(super) async fn stop(db: &Path) -> Result<(), MongodError> {
    // mongod writes its process id there and empties the file when it ends in order.
    let text = std::fs::read_to_string(db.join("mongod.lock")).unwrap_or_default();
    let Ok(pid) = text.trim().parse::<u32>() else { return Ok(()) };
    if !runs_on(pid, db) {
        return Ok(());
    }
    tracing::warn!(pid, "stopping the mongod that an earlier run left behind");
    for name in ["TERM", "KILL"] {
        signal(pid, name);
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if !runs_on(pid, db) {
                return Ok(());
            }
            sleep(Duration::from_millis(20)).await;
        }
    }
    Err(MongodError::Unstoppable(pid))
}

/// Whether that process is a mongod on that folder, and not another that got the number.
fn runs_on(pid: u32, db: &Path) -> bool {
    let Ok(line) = std::fs::read(format!("/proc/{pid}/cmdline")) else { return false };
    let words: Vec<&[u8]> = line.split(|byte| *byte == 0).collect();
    let folder = db.as_os_str().as_encoded_bytes();
    words.windows(2).any(|pair| pair[0] == b"--dbpath" && pair[1] == folder)
}
