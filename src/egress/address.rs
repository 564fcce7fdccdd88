//! Which addresses are public: everything but the special-purpose ranges of IANA (RFC 6890) and what embeds them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The address inside a cloud at which a large provider answers every machine, although it looks public.
const WIRE_SERVER: [u8; 4] = [168, 63, 129, 16];

/// Whether packets to this address leave for the public internet. IPv4 inside IPv6 is judged as IPv4.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// Whether no setting can open the way to an address: what machines of clouds are told about themselves, with their
/// credentials, lies on the link; and what is no address of one machine is none to call.
pub fn is_forbidden(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            ip.is_link_local()
                || ip.octets()[0] == 0
                || ip.octets()[0] >= 224
                || ip.octets() == WIRE_SERVER
                || ip.octets() == [100, 100, 100, 200]
        }
        IpAddr::V6(ip) => {
            let segments = ip.segments();
            ip.is_unspecified()
                || ip.is_multicast()
                || ip.is_unicast_link_local()
                || segments == [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254]
                || embedded(segments).is_some_and(|inner| is_forbidden(IpAddr::V4(inner)))
        }
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224.., _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !special && ip.octets() != WIRE_SERVER
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    match segments {
        // IPv4-mapped, IPv4-compatible (with :: and ::1), and both forms of NAT64.
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => {
            embedded(segments).is_some_and(is_public_v4)
        }
        [0, 0, 0, 0, 0, 0, ..] | [0x64, 0xff9b, 1, ..] => false,
        // 6to4 carries the address of a router; Teredo hides one: neither is needed by anyone who may be called.
        [0x2002 | 0x3ffe, ..] | [0x2001, 0..=0x01ff, ..] => false,
        // Both ranges for examples in documents.
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// The IPv4 address that an IPv6 address stands for, in the forms in which packets would reach it.
fn embedded(segments: [u16; 8]) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match segments {
        // The machine itself, written in IPv6, is no IPv4-compatible address.
        [0, 0, 0, 0, 0, 0, 0, _] => None,
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some(of(high, low)),
        // Teredo turns every bit of the client's address around.
        [0x2001, 0, .., high, low] => Some(of(!high, !low)),
        _ => None,
    }
}
