//! Settings of connections to addresses that users name.

use super::{Faults, Networks, value};
use serde::{Deserialize, Serialize};

/// Which addresses users may make the server connect to, besides public ones.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct EgressSettings {
    /// Addresses or ranges of the own network that may be connected to, such as a mail server's; none by default.
    #[serde(deserialize_with = "value::list")]
    pub allow_networks: Vec<String>,
}

impl EgressSettings {
    /// The networks; loaded settings are all readable.
    pub fn allow(&self) -> Networks {
        Networks::parse(self.allow_networks.iter().map(String::as_str)).unwrap_or_default()
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        if let Err(text) = Networks::parse(self.allow_networks.iter().map(String::as_str)) {
            faults.add("egress.allow_networks", format!("`{text}` is neither an address nor a range"));
        }
    }
}
