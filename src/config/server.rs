//! Settings of the HTTP server.

use super::{Faults, Networks, value};
use crate::auth::client_address::TrustedProxies;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::time::Duration;

/// Address, deadlines and trusted neighbours of the HTTP server.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerSettings {
    /// Address and port to listen on. Port 0 takes a free one.
    pub bind: SocketAddr,
    /// Address under which clients reach the server, without a path. Without it, `http://` and `bind`.
    pub public_url: Option<String>,
    /// Origins whose pages may call the API (`https://app.example.com`); none by default.
    #[serde(deserialize_with = "value::list")]
    pub cors_origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` is believed: addresses or ranges; none by default.
    #[serde(deserialize_with = "value::list")]
    pub trusted_proxies: Vec<String>,
    /// Addresses or ranges that may read `/metrics` besides this machine; none by default.
    #[serde(deserialize_with = "value::list")]
    pub metrics_networks: Vec<String>,
    /// Most connections at a time; further ones wait to be accepted.
    pub max_connections: usize,
    /// Seconds after which a request is answered with 503.
    pub request_deadline_s: u64,
    /// Seconds between "not ready" and no longer accepting, so that load balancers notice.
    pub drain_s: u64,
    /// Seconds that running requests get to finish at shutdown.
    pub shutdown_s: u64,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            cors_origins: Vec::new(),
            trusted_proxies: Vec::new(),
            metrics_networks: Vec::new(),
            max_connections: 10_000,
            request_deadline_s: 15,
            drain_s: 5,
            shutdown_s: 25,
        }
    }
}

impl ServerSettings {
    /// Address under which clients reach a server that listens on `bound`; without a trailing slash.
    pub fn public_url(&self, bound: SocketAddr) -> String {
        let url = self.public_url.clone().unwrap_or_else(|| format!("http://{bound}"));
        url.trim_end_matches('/').to_owned()
    }

    /// Time after which a request is answered with 503.
    pub fn request_deadline(&self) -> Duration {
        Duration::from_secs(self.request_deadline_s)
    }

    /// Time between "not ready" and no longer accepting.
    pub fn drain(&self) -> Duration {
        Duration::from_secs(self.drain_s)
    }

    /// Time that running requests get to finish at shutdown.
    pub fn shutdown(&self) -> Duration {
        Duration::from_secs(self.shutdown_s)
    }

    /// The proxies whose `X-Forwarded-For` is believed.
    ///
    /// # Errors
    /// The first text that is neither an address nor a range; loaded settings have none.
    pub fn trusted_proxies(&self) -> Result<TrustedProxies, String> {
        TrustedProxies::parse(self.trusted_proxies.iter().map(String::as_str))
    }

    /// Who besides this machine may read the metrics.
    ///
    /// # Errors
    /// The first text that is neither an address nor a range; loaded settings have none.
    pub fn metrics_networks(&self) -> Result<Networks, String> {
        Networks::parse(self.metrics_networks.iter().map(String::as_str))
    }

    pub(super) fn check(&self, faults: &mut Faults) {
        faults.range("server.request_deadline_s", self.request_deadline_s, 1, 300);
        faults.range("server.drain_s", self.drain_s, 0, 120);
        faults.range("server.shutdown_s", self.shutdown_s, 1, 600);
        if let Some(url) = &self.public_url {
            faults.url("server.public_url", url);
        }
        if let Err(text) = self.trusted_proxies() {
            faults.add(
                "server.trusted_proxies",
                format_args!("{text} is not an address or a range such as 10.0.0.0/8"),
            );
        }
        if let Err(text) = self.metrics_networks() {
            faults.add(
                "server.metrics_networks",
                format_args!("{text} is not an address or a range such as 10.0.0.0/8"),
            );
        }
        faults.range("server.max_connections", self.max_connections as u64, 1, 1_000_000);
        for origin in &self.cors_origins {
            faults.url("server.cors_origins", origin);
            // RFC 6454 section 6.2: scheme, host and port only. A slash at the end would never match.
            if origin.matches('/').count() != 2 {
                faults.add("server.cors_origins", format_args!("{origin} has a path"));
            }
        }
    }
}
