//! Why secrets could not be read; never with a value in the text.

use std::fmt;

/// Why secrets could not be read.
#[derive(Clone, Debug, PartialEq)]
pub enum SecretsError {
    /// The secrets were read and are missing or malformed: all faults.
    Invalid(Vec<String>),
    /// Secrets Manager could not be asked; trying again may help.
    Unavailable(String),
}

impl fmt::Display for SecretsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(faults) => {
                write!(f, "the secrets have {} fault(s)", faults.len())?;
                faults.iter().try_for_each(|fault| write!(f, "\n  - {fault}"))
            }
            Self::Unavailable(why) => write!(f, "AWS Secrets Manager: {why}"),
        }
    }
}

impl std::error::Error for SecretsError {}
