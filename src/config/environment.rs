//! A snapshot of the environment and of `.env`; the only place that reads them.
//!
//! It is a value rather than the process's own environment so that tests can give their own,
//! and so that `.env` changes nothing for child processes.

use super::Faults;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// Variables by name. A variable that is set to nothing counts as not set.
#[derive(Clone, Default, PartialEq)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables of the process, over those of the `.env` file at `dotenv` if there is one.
    pub(super) fn read(dotenv: &Path, faults: &mut Faults) -> Self {
        let mut variables = BTreeMap::new();
        if dotenv.exists() {
            match dotenvy::from_path_iter(dotenv) {
                // The error of a line quotes the line, which may be a secret: only its place is told.
                Ok(lines) => lines.enumerate().for_each(|(index, line)| match line {
                    Ok((name, value)) => drop(variables.insert(name, value)),
                    Err(_) => faults.add(".env", format_args!("entry {} is malformed", index + 1)),
                }),
                Err(_) => faults.add(".env", "cannot be read"),
            }
        }
        for (name, value) in std::env::vars_os() {
            // Names and values that are not Unicode cannot be ours.
            if let (Ok(name), Ok(value)) = (name.into_string(), value.into_string())
                && !value.is_empty()
            {
                variables.insert(name, value);
            }
        }
        Self(variables)
    }

    /// The value of a variable, if it is set to something.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The names and values of all variables that are set to something.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|(_, value)| !value.is_empty())
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        Self(variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// Names only: values may be secrets.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
