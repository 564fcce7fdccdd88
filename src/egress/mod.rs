//! The way out: connections to addresses that users name are let through only to public ones.

mod address;

pub use address::is_public;

use crate::config::Networks;
use crate::errors::{AppError, Code, Result};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// How long a name may take to be resolved.
const RESOLVE: Duration = Duration::from_secs(5);

/// Which addresses may be connected to on behalf of users.
#[derive(Clone, Debug, Default)]
pub struct Egress {
    allow: Networks,
}

impl Egress {
    /// Public addresses, and those of `allow`: for tests and for what an operator runs on the own network.
    pub fn new(allow: Networks) -> Self {
        Self { allow }
    }

    /// Whether an address may be connected to.
    pub fn admits(&self, ip: IpAddr) -> bool {
        is_public(ip) || self.allow.contains(ip)
    }

    /// The addresses of a host name or literal that may be connected to. Connect to one of these, not to the name:
    /// a second look-up may give another answer.
    ///
    /// # Errors
    /// 422 `address_not_allowed` when there is none.
    pub async fn resolve(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>> {
        let refused = || {
            AppError::problem(Code::AddressNotAllowed, "The host has no address that may be connected to.")
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let found = tokio::time::timeout(RESOLVE, tokio::net::lookup_host((host, port))).await;
        let found = found.ok().and_then(std::result::Result::ok).ok_or_else(refused)?;
        let admitted: Vec<SocketAddr> = found.filter(|address| self.admits(address.ip())).collect();
        if admitted.is_empty() { Err(refused()) } else { Ok(admitted) }
    }
}
