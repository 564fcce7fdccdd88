//! Addresses of workflows: only Microsoft's hosts, kept sealed, since whoever knows one can post to the channel.

use crate::app::App;
use crate::egress::Target;
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::permissions::TenantScope;

/// Bound into the seal.
const PURPOSE: &str = "teams workflow address";

/// Longest address.
const MAX: usize = 2000;

/// Hosts that run workflows end in one of these (Microsoft Learn: "Allow IP addresses and domains for Power Automate").
const SUFFIXES: &[&str] = &[
    ".logic.azure.com",
    ".logic.azure.us",
    ".logic.azure.cn",
    ".api.powerplatform.com",
    ".api.gov.powerplatform.microsoft.us",
    ".api.high.powerplatform.microsoft.us",
    ".api.powerplatform.partner.microsoftonline.cn",
];

/// An address of a workflow, if it is one: https on one of Microsoft's hosts, or a number on a network that the operator
/// allows.
pub fn check(app: &App, text: &str) -> Result<Target> {
    let refuse =
        |message: &str| AppError::from(FieldErrors::one("url", Code::AddressNotAllowed, message.to_owned()));
    if text.len() > MAX {
        return Err(refuse("The address is too long."));
    }
    let target = Target::parse(app.egress(), text, false).map_err(|error| match error {
        AppError::Problem(problem) => refuse(&problem.detail),
        other => other,
    })?;
    let host = target.host().trim_end_matches('.');
    let known = !target.is_own()
        && target.url().scheme() == "https"
        && SUFFIXES.iter().any(|suffix| host.ends_with(suffix));
    if known || target.is_own_literal(app.egress()) {
        return Ok(target);
    }
    Err(refuse("Only webhooks of workflows in Microsoft Teams are called: https, on a host of Microsoft."))
}

/// What a body carries on from the request to the rules: host and sealed address.
pub fn packed(app: &App, scope: &TenantScope, text: &str) -> Result<String> {
    let target = check(app, text)?;
    let sealed = app.data_keys().seal(PURPOSE, scope.key("teams").as_bytes(), text.as_bytes())?;
    Ok(format!("{} {sealed}", target.host()))
}

/// Host and sealed address of what [`packed`] made.
pub fn unpacked(text: &str) -> Option<(&str, &str)> {
    text.split_once(' ').filter(|(_, sealed)| sealed.starts_with("v1."))
}

/// The address that was sealed.
pub fn open(app: &App, scope: &TenantScope, sealed: &str) -> Result<Target> {
    let plain = app.data_keys().open(PURPOSE, scope.key("teams").as_bytes(), sealed)?;
    let text = std::str::from_utf8(&plain).map_err(AppError::internal)?;
    check(app, text)
}
