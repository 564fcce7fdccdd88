//! Names become addresses here, and those that may not be connected to are dropped: between this and the connection
//! there is no second look-up, so a name that changes its address meanwhile gains nothing.

use super::gate::Filter;
use futures::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Looks names up. What it finds is filtered afterwards, whoever found it.
pub trait Lookup: Send + Sync {
    /// All addresses of a name.
    fn addresses<'a>(&'a self, name: &'a str) -> BoxFuture<'a, std::io::Result<Vec<IpAddr>>>;
}

/// Asks the system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn addresses<'a>(&'a self, name: &'a str) -> BoxFuture<'a, std::io::Result<Vec<IpAddr>>> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// The resolver of an HTTP client.
pub(super) struct Filtered {
    pub lookup: Arc<dyn Lookup>,
    pub filter: Filter,
    /// Only addresses that the operator allows pass.
    pub own: bool,
}

impl Resolve for Filtered {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, filter, own) = (self.lookup.clone(), self.filter.clone(), self.own);
        Box::pin(async move {
            let found = lookup.addresses(name.as_str()).await?;
            let admitted: Vec<SocketAddr> = found
                .into_iter()
                .filter(|ip| filter.admits(*ip, own))
                .map(|ip| SocketAddr::new(ip, 0))
                .collect();
            if admitted.is_empty() {
                return Err(Refused.into());
            }
            Ok(Box::new(admitted.into_iter()) as Addrs)
        })
    }
}

/// A name has no address that may be connected to.
#[derive(Debug, thiserror::Error)]
#[error("the host has no address that may be connected to")]
pub(super) struct Refused;
