//! The codes as a page for people, kept in `docs/problems.md`.

use super::Code;
use std::fmt::Write;

/// The text of `docs/problems.md`.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Problem codes\n\nGenerated from `src/errors/code.rs`; a test keeps it equal (`STOA_BLESS=1 cargo test` \
         rewrites it). Every refusal is a problem document (RFC 9457) with one of these in `code`.\n\n\
         | code | status | title | meaning |\n|---|---|---|---|\n",
    );
    for code in Code::ALL {
        let (name, status, meaning) = (code.as_str(), code.status().as_u16(), code.meaning().trim());
        // Writing into a String cannot fail.
        let _ = writeln!(out, "| `{name}` | {status} | {} | {meaning} |", code.title());
    }
    out
}
