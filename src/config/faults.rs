//! The faults found while reading settings, collected so that all are reported at once.

use std::fmt;

/// What is wrong with the settings. Never empty when it is returned as an error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults(Vec<String>);

impl Faults {
    /// Notes that `key` is wrong.
    pub(super) fn add(&mut self, key: &str, message: impl fmt::Display) {
        self.0.push(format!("{key}: {message}"));
    }

    /// Notes when `value` lies outside of `low..=high`.
    pub(super) fn range(&mut self, key: &str, value: u64, low: u64, high: u64) {
        if !(low..=high).contains(&value) {
            self.add(key, format_args!("{value} is not between {low} and {high}"));
        }
    }

    /// Notes when `url` is not an `http` or `https` address, or carries a password.
    pub(super) fn url(&mut self, key: &str, url: &str) {
        match url.parse::<http::Uri>() {
            Ok(uri) => {
                if !matches!(uri.scheme_str(), Some("http" | "https")) || uri.host().is_none() {
                    self.add(key, "is not an http or https address");
                }
                if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
                    self.add(key, "must not carry a user or password");
                }
            }
            Err(error) => self.add(key, error),
        }
    }

    /// The faults as sentences, in the order found.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// `Err` when any fault was noted.
    pub(super) fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the settings have {} fault(s)", self.0.len())?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  - {fault}"))
    }
}

impl std::error::Error for Faults {}
