//! What may be connected to, and the HTTP clients that keep to it.

use super::resolver::Filtered;
use super::{Lookup, SystemLookup, is_forbidden, is_public};
use crate::config::Networks;
use crate::errors::{AppError, Code, Result};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// How long a name may take to be resolved.
const RESOLVE: Duration = Duration::from_secs(5);

/// How long a connection may take, with what secures it.
const CONNECT: Duration = Duration::from_secs(5);

/// Ports that every public host may be called at.
const PORTS: [u16; 2] = [80, 443];

/// Decides about addresses.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    allow: Networks,
}

impl Filter {
    /// Whether an address may be connected to; with `own`, only on networks that the operator allows.
    pub fn admits(&self, ip: IpAddr, own: bool) -> bool {
        !is_forbidden(ip) && (self.allow.contains(ip) || (!own && is_public(ip)))
    }
}

struct Inner {
    filter: Filter,
    ports: Vec<u16>,
    timeout: Duration,
    lookup: Arc<dyn Lookup>,
    /// For public hosts, and for those that the operator allows only. A proxy would connect for us, past the filter:
    /// neither takes one from the environment.
    clients: [reqwest::Client; 2],
}

/// Which addresses may be connected to on behalf of users. Cheap to clone.
#[derive(Clone)]
pub struct Egress {
    inner: Arc<Inner>,
}

impl Egress {
    /// Public addresses, and those of `allow`: for tests and for what an operator runs on the own network. `ports` are
    /// admitted besides 80 and 443. A whole call takes no longer than `timeout`.
    ///
    /// # Errors
    /// No HTTP client can be made, as when there are no certificates to trust.
    pub fn new(allow: Networks, ports: Vec<u16>, timeout: Duration) -> reqwest::Result<Self> {
        Self::with_lookup(allow, ports, timeout, Arc::new(SystemLookup))
    }

    /// As [`Egress::new`], with another way to find the addresses of names. They pass the same filter.
    ///
    /// # Errors
    /// As [`Egress::new`].
    pub fn with_lookup(
        allow: Networks,
        ports: Vec<u16>,
        timeout: Duration,
        lookup: Arc<dyn Lookup>,
    ) -> reqwest::Result<Self> {
        let filter = Filter { allow };
        let client = |own| {
            reqwest::Client::builder()
                .dns_resolver(Arc::new(Filtered { lookup: lookup.clone(), filter: filter.clone(), own }))
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .referer(false)
                .connect_timeout(CONNECT)
                .pool_idle_timeout(Duration::from_secs(15))
                .pool_max_idle_per_host(2)
                .user_agent(concat!("Stoa/", env!("CARGO_PKG_VERSION")))
                .build()
        };
        let clients = [client(false)?, client(true)?];
        Ok(Self { inner: Arc::new(Inner { filter, ports, timeout, lookup, clients }) })
    }

    /// Whether an address may be connected to.
    pub fn admits(&self, ip: IpAddr) -> bool {
        self.inner.filter.admits(ip, false)
    }

    /// Whether an address lies on a network that the operator allows.
    pub fn is_own(&self, ip: IpAddr) -> bool {
        self.inner.filter.admits(ip, true)
    }

    /// Whether an address may be connected to; with `own`, only on networks that the operator allows.
    pub(super) fn admits_to(&self, ip: IpAddr, own: bool) -> bool {
        self.inner.filter.admits(ip, own)
    }

    /// Whether every public host may be called at a port.
    pub(super) fn admits_port(&self, port: u16) -> bool {
        PORTS.contains(&port) || self.inner.ports.contains(&port)
    }

    /// Whether the operator allows any network besides the public one.
    pub(super) fn allows_any(&self) -> bool {
        self.inner.filter.allow != Networks::default()
    }

    /// How long a whole call may take.
    pub fn timeout(&self) -> Duration {
        self.inner.timeout
    }

    pub(super) fn client(&self, own: bool) -> &reqwest::Client {
        &self.inner.clients[usize::from(own)]
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
        let found = match host.parse() {
            Ok(literal) => vec![literal],
            Err(_) => {
                let found = tokio::time::timeout(RESOLVE, self.inner.lookup.addresses(host)).await;
                found.ok().and_then(std::result::Result::ok).ok_or_else(refused)?
            }
        };
        let admitted = found.into_iter().filter(|ip| self.admits(*ip));
        let admitted: Vec<SocketAddr> = admitted.map(|ip| SocketAddr::new(ip, port)).collect();
        if admitted.is_empty() { Err(refused()) } else { Ok(admitted) }
    }
}

impl std::fmt::Debug for Egress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Egress").field("filter", &self.inner.filter).finish_non_exhaustive()
    }
}
