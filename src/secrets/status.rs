//! What may be told about secrets: names, origins, versions and ages, never values.

use serde::Serialize;

/// Where a secret was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretOrigin {
    /// AWS Secrets Manager.
    SecretsManager,
    /// The file that `<NAME>_FILE` names.
    File,
    /// The variable `<NAME>`.
    Environment,
    /// Made for the embedded database and kept in its data folder.
    Generated,
    /// Derived from the JWT secret.
    Derived,
    /// Not set, and not needed.
    Absent,
}

/// What may be told about one secret.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SecretStatus {
    /// Name of the secret.
    pub name: &'static str,
    /// Where it was found.
    pub origin: SecretOrigin,
    /// Version id in Secrets Manager.
    pub version: Option<String>,
    /// Ids of its keys, the active one first; empty for secrets that are no key sets.
    pub key_ids: Vec<String>,
    /// Seconds since it was last read.
    pub age_s: u64,
}

impl SecretStatus {
    /// One line for `check-config`.
    pub fn line(&self) -> String {
        let origin = serde_json::to_value(self.origin).unwrap_or_default();
        let origin = origin.as_str().unwrap_or_default();
        let value = if self.origin == SecretOrigin::Absent { "" } else { "[redacted] " };
        let keys = if self.key_ids.is_empty() {
            String::new()
        } else {
            format!(", keys {}", self.key_ids.join(" "))
        };
        format!("{} = {value}({origin}{keys})", self.name)
    }
}
