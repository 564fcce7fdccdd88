//! What commands print: results on standard output, failures on standard error.

use std::io::{Write, stderr, stdout};
use std::process::ExitCode;

/// Prints a line of the result. Who closed the pipe does not want it.
pub(super) fn line(text: &str) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Prints why the command failed.
pub(super) fn fail(error: &anyhow::Error) -> ExitCode {
    let _ = writeln!(stderr().lock(), "error: {error:#}");
    ExitCode::FAILURE
}
