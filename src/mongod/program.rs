//! Finds the programs that are started: `mongod`, and `setpriv` which makes it end with us.

use super::MongodError;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where `scripts/setup` puts a downloaded one.
const DOWNLOADED: &str = ".stoa/bin/mongod";

/// The `mongod` to start: `chosen`, or the first that runs of `PATH` and the downloaded one.
pub(super) fn mongod(chosen: Option<&Path>) -> Result<PathBuf, MongodError> {
    let candidates: Vec<PathBuf> = match chosen {
        Some(path) => vec![path.to_owned()],
        None => vec!["mongod".into(), DOWNLOADED.into()],
    };
    let mut tried = Vec::new();
    for candidate in candidates {
        // Asking for the version also finds out about missing libraries, which spawning does not.
        match quiet(&candidate).arg("--version").status() {
            Ok(status) if status.success() => return Ok(candidate),
            Ok(status) => tried.push(format!("{}: {status}", candidate.display())),
            Err(error) => tried.push(format!("{}: {error}", candidate.display())),
        }
    }
    Err(MongodError::NoProgram { tried: tried.join(", ") })
}

/// A command that runs `program` and gets SIGTERM when we die, however we die, where the system can do that.
pub(super) fn bound_to_us(program: &Path) -> Command {
    // PR_SET_PDEATHSIG itself would need unsafe code between fork and exec; setpriv of util-linux does it for us.
    let setpriv = ["--pdeathsig", "TERM", "--"];
    if quiet(Path::new("setpriv")).args(setpriv).arg("true").status().is_ok_and(|status| status.success()) {
        let mut command = quiet(Path::new("setpriv"));
        command.args(setpriv).arg(program);
        command
    } else {
        quiet(program)
    }
}

fn quiet(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}
