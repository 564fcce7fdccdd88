//! An HTTP address that a user named, checked as it is written: scheme, user information, port, and hosts that are numbers.

use super::Egress;
use crate::errors::{AppError, Code, Result};
use reqwest::Url;
use std::net::IpAddr;
use url::Host;

/// An address that may be called. What its host resolves to is checked when the connection is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    url: Url,
    /// Only addresses that the operator allows by name may answer: the port or the scheme is unusual.
    own: bool,
}

impl Target {
    /// Reads an address in whatever notation. `plain` admits `http` for all hosts; without it only numbers on the
    /// networks that the operator allows may be called so.
    ///
    /// # Errors
    /// 422 `address_not_allowed`.
    pub fn parse(egress: &Egress, text: &str, plain: bool) -> Result<Self> {
        // The parser would drop tabs and line breaks and take backslashes for slashes: two readers of the same text
        // must not see two hosts.
        if text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
            return Err(refused("An address holds no blanks, control characters or backslashes."));
        }
        let url =
            Url::parse(text).map_err(|_| refused("This is not an address such as https://example.com/x."))?;
        Self::of(egress, url, plain)
    }

    /// The same for an address that was parsed.
    pub(super) fn of(egress: &Egress, mut url: Url, plain: bool) -> Result<Self> {
        let secure = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(refused("Only https addresses can be called.")),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("An address must not carry a user or password."));
        }
        let port = url.port_or_known_default().unwrap_or_default();
        let open = secure || plain;
        let own = !egress.admits_port(port) || !open;
        let literal = match url.host() {
            Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
            // A name that the connector would take for a number never reaches the resolver.
            Some(Host::Domain(name)) => name.trim_end_matches('.').parse().ok(),
            None => return Err(refused("The address names no host.")),
        };
        match literal {
            Some(ip) if !egress.admits_to(ip, own) => {
                return Err(refused("The host is no address that may be connected to."));
            }
            None if !open => return Err(refused("Only https addresses can be called.")),
            None if own && !egress.allows_any() => {
                return Err(refused(
                    "Only the ports 80 and 443 can be called, and those in the server's settings.",
                ));
            }
            _ => {}
        }
        url.set_fragment(None);
        Ok(Self { url, own })
    }

    /// The address in its normal form, without fragment.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The host as it is written in the normal form.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether the host is a number on a network that the operator allows.
    pub fn is_own_literal(&self, egress: &Egress) -> bool {
        let ip = self.host().trim_start_matches('[').trim_end_matches(']').parse();
        ip.is_ok_and(|ip| egress.admits_to(ip, true))
    }

    /// Whether only the networks that the operator allows may answer, as scheme or port are unusual.
    pub fn is_own(&self) -> bool {
        self.own
    }
}

fn refused(detail: &str) -> AppError {
    AppError::problem(Code::AddressNotAllowed, detail)
}
