//! The names of all settings, taken from the settings themselves so that no list can go stale.

use super::Settings;
use serde_json::Value;

/// Prefix of the variables that are settings.
pub(super) const PREFIX: &str = "STOA_";

/// Variables with the prefix that belong to `scripts/`, not to the program.
pub(super) const OF_SCRIPTS: [&str; 2] = ["STOA_PROFILE", "STOA_TEST_MONGO_URI"];

/// Dotted keys and JSON values of all settings.
pub(super) fn lines(settings: &Settings) -> Vec<(String, Value)> {
    let mut lines = Vec::new();
    // A struct of plain fields always serialises.
    flatten("", serde_json::to_value(settings).unwrap_or_default(), &mut lines);
    lines
}

fn flatten(prefix: &str, value: Value, lines: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
                flatten(&key, member, lines);
            }
        }
        leaf => lines.push((prefix.to_owned(), leaf)),
    }
}

/// The variable that sets `key`.
fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

/// The names of all variables that set a setting.
pub fn variables() -> Vec<String> {
    lines(&Settings::default()).iter().map(|(key, _)| variable(key)).collect()
}
