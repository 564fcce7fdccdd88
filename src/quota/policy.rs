//! What is counted, and for whom.

use crate::auth::client_address::network_prefix;
use bson::oid::ObjectId;
use sha2::{Digest, Sha256};
use std::net::IpAddr;

/// Seconds of the usual window.
pub const MINUTE: u32 = 60;

/// Wrong secrets of one API key from one network, ten in ten minutes: a key has 256 bits, so this spares the database.
pub const GUESSES: Policy = Policy { name: "guesses", quota: 10, window_s: 600 };

/// So much cost in a window; all of it may come at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Name, as `RateLimit-Policy` tells it.
    pub name: &'static str,
    /// Cost in a window.
    pub quota: u32,
    /// Seconds of the window.
    pub window_s: u32,
}

impl Policy {
    /// A quota for each minute.
    pub const fn a_minute(name: &'static str, quota: u32) -> Self {
        Self { name, quota, window_s: MINUTE }
    }

    /// The part of it that one of `instances` grants; none when the policy is off.
    pub fn share(self, instances: u32) -> Option<Self> {
        (self.quota > 0).then(|| Self { quota: (self.quota / instances.max(1)).max(1), ..self })
    }
}

/// Whose bucket it is. Sixteen bytes, so that counting allocates nothing for each request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Partition([u8; 16]);

impl Partition {
    /// A company, person or key.
    pub fn id(id: ObjectId) -> Self {
        let mut bytes = [0; 16];
        bytes[..12].copy_from_slice(&id.bytes());
        Self(bytes)
    }

    /// An address: all of IPv4, the /64 of IPv6, because one customer commands that many. Unknown ones share a bucket.
    pub fn address(ip: Option<IpAddr>) -> Self {
        match ip.map(|ip| ip.to_canonical()) {
            Some(IpAddr::V4(ip)) => Self(ip.to_ipv6_mapped().octets()),
            Some(IpAddr::V6(ip)) => Self((u128::from(ip) & !u128::from(u64::MAX)).to_be_bytes()),
            None => Self([0xff; 16]),
        }
    }

    /// Guesses at the secret of a key from a network.
    pub fn guess(ip: Option<IpAddr>, key: &str) -> Self {
        let network = ip.map(network_prefix).unwrap_or_default();
        Self::digest(&[network.as_bytes(), b" ", key.as_bytes()])
    }

    /// What tells a client that two answers speak of the same bucket, and nothing else.
    pub fn tag(self, policy: &str) -> [u8; 8] {
        let mut tag = [0; 8];
        tag.copy_from_slice(&Self::digest(&[policy.as_bytes(), &self.0]).0[..8]);
        tag
    }

    fn digest(parts: &[&[u8]]) -> Self {
        let hash = parts.iter().fold(Sha256::new(), |hash, part| hash.chain_update(part)).finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        Self(bytes)
    }
}
