//! Who is calling: the client's IP address behind trusted proxies, and the network prefix that throttling counts by.

use http::{HeaderMap, HeaderName};
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

/// The header that proxies append their peer to.
pub const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The proxies whose word about their peer is believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// From networks (`10.0.0.0/8`) or single addresses (`::1`). The first text that is neither is the error.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let network = |text: &str| {
            let text = text.trim();
            let single = || text.parse::<IpAddr>().map(|ip| IpNet::from(ip.to_canonical())).ok();
            text.parse::<IpNet>().ok().or_else(single).ok_or_else(|| text.to_owned())
        };
        texts.into_iter().map(network).collect::<Result<_, _>>().map(Self)
    }

    /// The client of a connection from `peer`: read from the right, the first address that is no trusted proxy.
    ///
    /// Everything left of it was written by the client and is ignored; so is the whole header when `peer` is not
    /// trusted. An entry that is no address ends the walk at the proxy that reported it.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        // Repeated headers are one list, in order (RFC 9110 section 5.3).
        for line in headers.get_all(FORWARDED_FOR).iter().rev() {
            let Ok(line) = line.to_str() else { return client };
            for entry in line.rsplit(',') {
                if !self.trusts(client) {
                    return client;
                }
                let Some(ip) = parse_hop(entry) else { return client };
                client = ip;
            }
        }
        client
    }

    fn trusts(&self, ip: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&ip))
    }
}

/// `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:443`.
fn parse_hop(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let bracketed = || entry.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let ip = entry.parse::<IpAddr>().ok();
    ip.or_else(|| entry.parse::<SocketAddr>().map(|socket| socket.ip()).ok())
        .or_else(bracketed)
        .map(|ip: IpAddr| ip.to_canonical())
}

/// The network by which attempts are counted: /24 of IPv4 and /64 of IPv6, because one customer commands that many
/// addresses. IPv4 inside IPv6 counts as IPv4.
pub fn network_prefix(ip: IpAddr) -> String {
    let ip = ip.to_canonical();
    let bits = if ip.is_ipv4() { 24 } else { 64 };
    IpNet::new(ip, bits).map_or_else(|_| ip.to_string(), |network| network.trunc().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_hops_are_believed() {
        let trusted = TrustedProxies::parse(["10.0.0.0/8", "::1", "2001:db8:1::/48"]).unwrap();
        let cases: [(&str, &[&str], &str); 13] = [
            ("203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
            ("10.0.0.1", &["1.1.1.1, 198.51.100.1,10.2.3.4"], "198.51.100.1"),
            ("10.0.0.1", &["1.1.1.1", "198.51.100.1", "10.2.3.4"], "198.51.100.1"),
            ("10.0.0.1", &["10.9.9.9"], "10.9.9.9"),
            ("10.0.0.1", &["198.51.100.1, unknown"], "10.0.0.1"),
            ("10.0.0.1", &["198.51.100.1, "], "10.0.0.1"),
            ("::ffff:10.0.0.1", &["198.51.100.1:4711"], "198.51.100.1"),
            ("::1", &["[2001:db8::7]:443"], "2001:db8::7"),
            ("::1", &["2001:db8::7, [2001:db8:1::5]"], "2001:db8::7"),
            ("::1", &["::ffff:198.51.100.1"], "198.51.100.1"),
        ];
        for (peer, lines, expected) in cases {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(FORWARDED_FOR, line.parse().unwrap());
            }
            let client = trusted.client(peer.parse().unwrap(), &headers);
            assert_eq!(client.to_string(), expected, "{peer} {lines:?}");
        }
        assert_eq!(TrustedProxies::parse(["10.0.0.0/8", "proxy"]), Err("proxy".to_owned()));
    }

    #[test]
    fn prefixes_are_24_and_64_bits() {
        for (ip, prefix) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.78", "203.0.113.0/24"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(network_prefix(ip.parse().unwrap()), prefix);
        }
    }
}
