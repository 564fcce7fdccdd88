//! Preconditions of a request: `If-Match` and `If-None-Match` (RFC 9110 section 13).

use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use http::{HeaderMap, header};

/// The versions that a client is prepared to change.
#[derive(Clone, Debug, PartialEq)]
pub enum IfMatch {
    /// Any version.
    Any,
    /// One of these.
    Versions(Vec<i64>),
}

/// What must hold for a request to be carried out.
#[derive(Clone, Debug, Default)]
pub struct Preconditions {
    /// Versions that may be changed.
    pub if_match: Option<IfMatch>,
    /// Tags that the client has already.
    pub if_none_match: Vec<String>,
}

impl Preconditions {
    /// Reads the headers.
    pub fn read(headers: &HeaderMap) -> Result<Self> {
        let if_match =
            match headers.get(header::IF_MATCH).map(|value| value.to_str().unwrap_or_default().trim()) {
                None => None,
                Some("*") => Some(IfMatch::Any),
                // Also when it is empty or no text: taken for none, it would switch the protection off that it asks for.
                Some(list) => Some(IfMatch::Versions(
                    list.split(',').map(version).collect::<Option<_>>().ok_or_else(|| {
                        let message = "Must be an ETag such as \"7\" or \"7.ab3f\", or *.";
                        AppError::from(FieldErrors::one("If-Match", Code::InvalidParameter, message))
                    })?,
                )),
            };
        let tags = text(headers, &header::IF_NONE_MATCH).unwrap_or_default();
        let if_none_match = tags.split(',').map(|tag| tag.trim().trim_start_matches("W/").to_owned());
        Ok(Self { if_match, if_none_match: if_none_match.filter(|tag| !tag.is_empty()).collect() })
    }

    /// Refuses when the record's version is not among those named.
    pub fn check(&self, current: i64) -> Result<()> {
        match &self.if_match {
            Some(IfMatch::Versions(versions)) if !versions.contains(&current) => Err(stale(current).into()),
            _ => Ok(()),
        }
    }

    /// Refuses when nothing was named although it must be.
    pub fn require(&self) -> Result<()> {
        match self.if_match {
            Some(_) => Ok(()),
            None => {
                let detail = "Send If-Match with the ETag of the record that you read.";
                Err(AppError::problem(Code::PreconditionRequired, detail))
            }
        }
    }

    /// Whether the client has this tag already.
    pub fn has(&self, tag: &str) -> bool {
        self.if_none_match.iter().any(|known| known == tag || known == "*")
    }
}

/// The refusal of a stale version.
pub fn stale(current: i64) -> Problem {
    Problem::new(Code::PreconditionFailed, "The record was changed since you read it.")
        .with("current_version", current)
}

fn text<'h>(headers: &'h HeaderMap, name: &header::HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim).filter(|text| !text.is_empty())
}

/// The version in a tag: `"7"`, `"7.ab3f"`, `W/"7.ab3f"`, `v7` or a bare 7.
fn version(tag: &str) -> Option<i64> {
    let inner = tag.trim().trim_start_matches("W/").trim_matches('"').trim_start_matches('v');
    inner.split('.').next()?.parse().ok()
}
