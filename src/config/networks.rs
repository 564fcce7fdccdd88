//! A list of networks that a setting names, as a value that can be asked.

use ipnet::IpNet;
use std::net::IpAddr;

/// Networks such as `10.0.0.0/8` and single addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// From ranges or single addresses.
    ///
    /// # Errors
    /// The first text that is neither.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let one = |text: &str| {
            let single = || text.parse::<IpAddr>().map(IpNet::from).ok();
            text.parse::<IpNet>().ok().or_else(single).ok_or_else(|| text.to_owned())
        };
        texts.into_iter().map(one).collect::<Result<_, _>>().map(Self)
    }

    /// Whether an address lies in one of them. IPv4 inside IPv6 counts as IPv4.
    pub fn contains(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        self.0.iter().any(|network| network.contains(&ip))
    }
}
