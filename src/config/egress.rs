//! Settings of connections to addresses that users name.

use super::{Faults, Networks, ServerSettings, value};
use crate::egress::is_forbidden;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

/// Which addresses users may make the server connect to, besides public ones.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct EgressSettings {
    /// Addresses or ranges of the own network that may be connected to, such as a mail server's; none by default.
    #[serde(deserialize_with = "value::list")]
    pub allow_networks: Vec<String>,
    /// Ports of public hosts that may be called besides 80 and 443; none by default.
    #[serde(deserialize_with = "value::list")]
    pub ports: Vec<u16>,
    /// Seconds that a call to a webhook may take.
    pub timeout_s: u64,
}

impl Default for EgressSettings {
    fn default() -> Self {
        Self { allow_networks: Vec::new(), ports: Vec::new(), timeout_s: 10 }
    }
}

impl EgressSettings {
    /// The networks; loaded settings are all readable.
    pub fn allow(&self) -> Networks {
        Networks::parse(self.allow_networks.iter().map(String::as_str)).unwrap_or_default()
    }

    /// Time of a call.
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_s)
    }

    pub(super) fn check(&self, server: &ServerSettings, faults: &mut Faults) {
        faults.range("egress.timeout_s", self.timeout_s, 1, 60);
        if let Err(text) = Networks::parse(self.allow_networks.iter().map(String::as_str)) {
            faults.add("egress.allow_networks", format!("`{text}` is neither an address nor a range"));
            return;
        }
        for text in &self.allow_networks {
            let Ok(network) = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
            else {
                continue;
            };
            if forbidden(&network) {
                faults.add(
                    "egress.allow_networks",
                    format!("`{text}` holds addresses that nobody may be let to"),
                );
            } else if serves_others(server) && loopback(&network) {
                let why = "is this machine itself, which users of a public server must not reach";
                faults.add("egress.allow_networks", format!("`{text}` {why}"));
            }
        }
    }
}

/// Whether people on other machines use the server: it listens to them, or has an address for them.
fn serves_others(server: &ServerSettings) -> bool {
    !server.bind.ip().is_loopback()
        || server.public_url.as_deref().is_some_and(|url| url.starts_with("https:"))
}

/// Whether a range reaches into what no setting opens. Its first and last address tell of ranges within those; the
/// known ones tell of ranges around them.
fn forbidden(network: &IpNet) -> bool {
    let known: [IpAddr; 6] = [
        Ipv4Addr::new(169, 254, 169, 254).into(),
        Ipv4Addr::new(168, 63, 129, 16).into(),
        Ipv4Addr::new(100, 100, 100, 200).into(),
        Ipv4Addr::new(255, 255, 255, 255).into(),
        Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 1).into(),
        Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254).into(),
    ];
    is_forbidden(network.network())
        || is_forbidden(network.broadcast())
        || known.iter().any(|address| network.contains(address))
}

fn loopback(network: &IpNet) -> bool {
    let local: [IpAddr; 2] = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
    network.network().to_canonical().is_loopback() || local.iter().any(|address| network.contains(address))
}
