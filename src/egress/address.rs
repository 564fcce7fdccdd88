//! Which addresses are public: everything but the special-purpose ranges of IANA (RFC 6890) and what embeds them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether packets to this address leave for the public internet. IPv4 inside IPv6 is judged as IPv4.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
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
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    let tail = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match segments {
        // IPv4-mapped, IPv4-compatible (with :: and ::1), and both forms of NAT64.
        [0, 0, 0, 0, 0, 0xffff, high, low] => is_public_v4(tail(high, low)),
        [0, 0, 0, 0, 0, 0, ..] => false,
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_public_v4(tail(high, low)),
        [0x64, 0xff9b, 1, ..] => false,
        // 6to4 carries the address of a router; Teredo hides one: neither is needed by anyone who may be called.
        [0x2002 | 0x3ffe, ..] | [0x2001, 0..=0x01ff, ..] | [0x2001, 0xdb8, ..] => false,
        [0x100, 0, 0, 0, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}
