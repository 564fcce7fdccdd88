//! `stoa routes`: every operation, from the registry that the router itself is made of.

use super::output;
use crate::permissions::Guard;
use std::process::ExitCode;

pub(super) fn run() -> anyhow::Result<ExitCode> {
    let (_, mut operations) = crate::routers::all().into_parts();
    operations.sort_by(|a, b| (&a.path, a.method.as_str()).cmp(&(&b.path, b.method.as_str())));
    let width = operations.iter().map(|operation| operation.path.len()).max().unwrap_or_default();
    for operation in &operations {
        let method = operation.method.as_str();
        let guard = match operation.guard {
            Guard::Permission(row) => row.name,
            Guard::SignedIn => "(signed in)",
            Guard::Public => "(public)",
        };
        output::line(&format!("{method:<6} {:<width$} {guard}", operation.path));
    }
    Ok(ExitCode::SUCCESS)
}
