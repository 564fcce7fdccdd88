//! `stoa openapi`: the OpenAPI document of the routes, as the server also sends it.

use super::output;
use std::process::ExitCode;

pub(super) fn run() -> anyhow::Result<ExitCode> {
    let (_, operations) = crate::routers::all().into_parts();
    output::line(&serde_json::to_string_pretty(&crate::openapi::document(&operations))?);
    Ok(ExitCode::SUCCESS)
}
