//! The list of addresses and networks of a key, as people write it and as it is kept.

use crate::errors::{Code, FieldErrors, Result};
use ipnet::{IpNet, Ipv4Net};
use std::net::IpAddr;

/// The networks in their usual form: host bits cleared, IPv4 inside IPv6 as IPv4.
///
/// # Errors
/// 422 naming the first text that is neither an address nor a network.
pub(super) fn normalise(texts: &[String]) -> Result<Vec<String>> {
    let mut kept = Vec::with_capacity(texts.len());
    for text in texts {
        let network = parse(text).ok_or_else(|| {
            let message = format!("{text} is neither an address nor a network such as 192.0.2.0/24.");
            FieldErrors::one("allowed_ips", Code::ValidationFailed, message)
        })?;
        let text = network.to_string();
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    Ok(kept)
}

fn parse(text: &str) -> Option<IpNet> {
    if let Ok(ip) = text.parse::<IpAddr>() {
        return Some(IpNet::from(ip.to_canonical()));
    }
    let network = text.parse::<IpNet>().ok()?.trunc();
    match network.addr().to_canonical() {
        // ::ffff:192.0.2.0/120 is 192.0.2.0/24.
        IpAddr::V4(ip) if network.addr().is_ipv6() && network.prefix_len() >= 96 => {
            Ipv4Net::new(ip, network.prefix_len() - 96).ok().map(IpNet::from)
        }
        _ => Some(network),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_kept_in_one_form() {
        let of = |text: &str| normalise(&[text.to_owned()]).map(|kept| kept.concat()).ok();
        for (text, kept) in [
            ("192.0.2.7", "192.0.2.7/32"),
            ("192.0.2.7/24", "192.0.2.0/24"),
            ("::ffff:192.0.2.7", "192.0.2.7/32"),
            ("::ffff:192.0.2.0/120", "192.0.2.0/24"),
            ("2001:DB8::1/32", "2001:db8::/32"),
            ("0.0.0.0/0", "0.0.0.0/0"),
        ] {
            assert_eq!(of(text).as_deref(), Some(kept), "{text}");
        }
        for wrong in ["", "example.com", "192.0.2.0/33", "192.0.2", "2001:db8::/129", "192.0.2.1-9"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
        let twice = ["192.0.2.1".to_owned(), "192.0.2.1/32".to_owned()];
        assert_eq!(normalise(&twice).unwrap(), ["192.0.2.1/32"]);
    }
}
