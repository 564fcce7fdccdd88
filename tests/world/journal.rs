//! Counts the cells of a matrix, collects what went wrong, and looks for the canary in whatever comes out.

use crate::support::Answer;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The result of a matrix.
pub struct Journal {
    name: &'static str,
    secret: String,
    cells: Mutex<BTreeMap<String, u64>>,
    failures: Mutex<Vec<String>>,
}

impl Journal {
    /// `secret` must never come out; empty when nothing is looked for.
    pub fn new(name: &'static str, secret: &str) -> Self {
        Self { name, secret: secret.to_lowercase(), cells: Mutex::default(), failures: Mutex::default() }
    }

    /// Counts one cell of a kind.
    pub fn cell(&self, kind: &str) {
        *self.cells.lock().unwrap_or_else(PoisonError::into_inner).entry(kind.to_owned()).or_default() += 1;
    }

    pub fn fail(&self, what: impl Into<String>) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).push(what.into());
    }

    /// Whether the canary is in an answer.
    pub fn inspect(&self, label: &str, answer: &Answer) {
        let headers =
            answer.headers.values().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let told = headers.chain([answer.text()]).any(|text| self.holds(&text));
        if told {
            self.fail(format!("{label}: the canary came out: {} {}", answer.status, answer.text()));
        }
        if answer.status.is_server_error() {
            self.fail(format!("{label}: {} {}", answer.status, answer.text()));
        }
    }

    /// Whether the canary is in a text.
    pub fn holds(&self, text: &str) -> bool {
        !self.secret.is_empty() && text.to_lowercase().contains(&self.secret)
    }

    /// Prints the numbers, leaves them below `target/`, and fails with all that went wrong.
    pub fn finish(self) {
        let cells = self.cells.into_inner().unwrap_or_else(PoisonError::into_inner);
        let failures = self.failures.into_inner().unwrap_or_else(PoisonError::into_inner);
        let total: u64 = cells.values().sum();
        let mut report = format!("{}: {total} cells\n", self.name);
        for (kind, count) in &cells {
            report.push_str(&format!("  {count:>6} {kind}\n"));
        }
        eprint!("{report}");
        let path = format!("{}/{}-cells.txt", env!("CARGO_TARGET_TMPDIR"), self.name);
        std::fs::write(path, &report).unwrap();
        assert!(total > 0, "{}: no cell was tried", self.name);
        assert!(failures.is_empty(), "{} of {total} cells fail:\n{}", failures.len(), failures.join("\n"));
    }
}
