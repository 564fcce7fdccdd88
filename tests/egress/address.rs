//! Addresses against the registries of special-purpose addresses (RFC 6890 and its updates).

use stoa::config::{Environment, Settings};
use stoa::egress::{is_forbidden, is_public};

/// The first and the last address of every block that is not reachable from everywhere, and what embeds such.
const SPECIAL: &[&str] = &[
    "0.0.0.0",
    "0.255.255.255",
    "10.0.0.0",
    "10.255.255.255",
    "100.64.0.0",
    "100.127.255.255",
    "100.100.100.200",
    "127.0.0.0",
    "127.0.0.1",
    "127.255.255.255",
    "168.63.129.16",
    "169.254.0.0",
    "169.254.169.254",
    "169.254.255.255",
    "172.16.0.0",
    "172.31.255.255",
    "192.0.0.0",
    "192.0.0.255",
    "192.0.2.0",
    "192.0.2.255",
    "192.88.99.0",
    "192.88.99.255",
    "192.168.0.0",
    "192.168.255.255",
    "198.18.0.0",
    "198.19.255.255",
    "198.51.100.0",
    "198.51.100.255",
    "203.0.113.0",
    "203.0.113.255",
    "224.0.0.0",
    "239.255.255.255",
    "240.0.0.0",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:0.0.0.0",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
    "100::",
    "100::ffff:ffff:ffff:ffff",
    "100:0:0:1::",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1",
    "2001:10::1",
    "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::",
    "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2002::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2002:c000:204::1",
    "3ffe::1",
    "3fff::",
    "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
    "4000::1",
    "5f00::1",
    "fc00::",
    "fd00:ec2::254",
    "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fe80::",
    "fe80::1",
    "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fec0::1",
    "ff00::",
    "ff02::1",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
];

/// Neighbours of those blocks, and ordinary addresses.
const PUBLIC: &[&str] = &[
    "1.0.0.0",
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.0.3.0",
    "192.88.98.255",
    "192.88.100.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "198.51.99.255",
    "198.51.101.0",
    "203.0.112.255",
    "203.0.114.0",
    "223.255.255.255",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2001:200::1",
    "2001:4860:4860::8888",
    "2003::1",
    "2606:4700:4700::1111",
    "2a00:1450:4001:830::200e",
    "3fff:1000::1",
];

#[test]
fn every_special_block_is_closed_and_its_neighbours_are_open() {
    for text in SPECIAL {
        assert!(!is_public(text.parse().unwrap()), "{text} is not public");
    }
    for text in PUBLIC {
        assert!(is_public(text.parse().unwrap()), "{text} is public");
        assert!(!is_forbidden(text.parse().unwrap()), "{text} may be called");
    }
}

#[test]
fn no_setting_opens_the_way_to_what_machines_are_told_about_themselves() {
    let wide = super::egress(&["0.0.0.0/0", "::/0"], &std::sync::Arc::default());
    for text in [
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:a9fe:a9fe::",
        "2001:0:0:0:0:0:5601:5601",
        "::a9fe:a9fe",
        "fd00:ec2::254",
        "fe80::1",
        "168.63.129.16",
        "100.100.100.200",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "255.255.255.255",
    ] {
        let ip = text.parse().unwrap();
        assert!(is_forbidden(ip), "{text}");
        assert!(!wide.admits(ip), "{text}");
    }
    assert!(wide.admits("10.1.2.3".parse().unwrap()), "what the operator names is open");
    assert!(wide.admits("::ffff:10.1.2.3".parse().unwrap()));
}

#[test]
fn settings_that_would_open_too_much_are_refused() {
    let with = |bind: &str, allow: &str| {
        let variables = [("STOA_SERVER__BIND", bind), ("STOA_EGRESS__ALLOW_NETWORKS", allow)];
        let variables: Environment = variables.into_iter().collect();
        Settings::from_sources("", &variables)
    };
    let (here, public) = ("127.0.0.1:8080", "0.0.0.0:8080");
    for allow in [
        "0.0.0.0/0",
        "::/0",
        "169.254.0.0/16",
        "169.254.169.254",
        "168.0.0.0/8",
        "fe80::/10",
        "fd00::/8",
        "100.64.0.0/10",
        "224.0.0.0/4",
        "0.0.0.0",
        "nonsense",
    ] {
        for bind in [here, public] {
            let faults = with(bind, allow).unwrap_err().to_string();
            assert!(faults.contains("egress.allow_networks"), "{allow}: {faults}");
        }
    }
    for allow in ["127.0.0.1", "127.0.0.0/8", "::1", "::ffff:127.0.0.1"] {
        with(here, allow).unwrap();
        assert!(with(public, allow).is_err(), "{allow} on a server for others");
    }
    let variables: Environment = [
        ("STOA_SERVER__PUBLIC_URL", "https://support.example"),
        ("STOA_EGRESS__ALLOW_NETWORKS", "127.0.0.1"),
    ]
    .into_iter()
    .collect();
    assert!(Settings::from_sources("", &variables).is_err(), "a server behind a proxy serves others too");
    with(public, "10.0.0.0/8, 192.168.1.7, fd12:3456::/32").unwrap();
}
