//! Keeps records that others name from being deleted.

use crate::errors::{Code, Problem, Result};

/// Refuses to delete what other records name, and says how many do.
pub fn refuse_if_used(uses: &[(&'static str, u64)]) -> Result<()> {
    let used: Vec<_> = uses.iter().filter(|(_, count)| *count > 0).collect();
    if used.is_empty() {
        return Ok(());
    }
    let told: Vec<_> = used.iter().map(|(name, count)| format!("{count} {name}")).collect();
    let mut problem = Problem::new(Code::InUse, format!("Still used by {}.", told.join(", ")));
    for (name, count) in used {
        problem = problem.with(&format!("{name}_count"), *count);
    }
    Err(problem.into())
}
