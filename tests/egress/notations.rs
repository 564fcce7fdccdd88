//! Addresses in every notation that some program takes for a host that must not be called.

use super::{egress, strict};
use std::sync::Arc;
use stoa::egress::Target;

/// All of them are refused before anything is resolved.
const REFUSED: &[&str] = &[
    // This machine, in every way to write a number.
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://127/",
    "https://0/",
    "https://0.0.0.0/",
    "https://00/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0X7F.0.0.1/",
    "https://0x7f.1/",
    "https://017700000001/",
    "https://0177.0.0.1/",
    "https://0177.0.0.0x1/",
    "https://127.0.0.1./",
    "https://127.0.0.1:443/",
    "https://%31%32%37.0.0.1/",
    "https://127%2e0%2e0%2e1/",
    // Digits and points of other scripts.
    "https://１２７.０.０.１/",
    "https://127。0。0。1/",
    "https://①②⑦.⓪.⓪.①/",
    "https://𝟏𝟐𝟕.𝟎.𝟎.𝟏/",
    // The same in IPv6.
    "https://[::1]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[0000:0000:0000:0000:0000:0000:0000:0001]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[0:0:0:0:0:ffff:127.0.0.1]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::127.0.0.1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:0:0:0:0:80ff:fffe]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fe80::1%eth0]/",
    "https://[fd00:ec2::254]/",
    // What machines of clouds are told about themselves.
    "https://169.254.169.254/latest/meta-data/",
    "https://2852039166/",
    "https://0xa9fea9fe/",
    "https://0251.0376.0251.0376/",
    "https://169.254.43518/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://168.63.129.16/",
    "https://100.100.100.200/",
    // Other networks.
    "https://10.0.0.1/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://198.18.0.1/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    // Who is called is not who seems to be.
    "https://example.com@127.0.0.1/",
    "https://user:password@example.com/",
    "https://user@example.com/",
    "https://:password@example.com/",
    "https://example.com\\@127.0.0.1/",
    "https:\\\\127.0.0.1/",
    "https://example.com\t/",
    "https://exam\nple.com/",
    " https://example.com/",
    "https://127.0.0.1#@example.com/",
    "https://127.0.0.1?@example.com/",
    // Other schemes, and none.
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:27017/_x",
    "javascript:alert(1)",
    "data:text/plain,x",
    "unix:/var/run/docker.sock",
    "//example.com/",
    "example.com",
    "https://",
    "https:///",
    "",
    // Not an address of any kind.
    "https://256.256.256.256/",
    "https://1.2.3.4.5/",
    "https://0x100000000/",
    "https://[::1/",
    "https://[::g]/",
    "https://exa mple.com/",
];

#[test]
fn addresses_of_what_must_not_be_called_are_refused_in_every_notation() {
    let egress = strict();
    for text in REFUSED {
        assert!(Target::parse(&egress, text, false).is_err(), "{text:?} was let through");
    }
    // The same where plain HTTP is in order.
    for text in REFUSED.iter().filter(|text| !text.starts_with("http://example.com")) {
        let plain = text.replacen("https:", "http:", 1);
        assert!(Target::parse(&egress, &plain, true).is_err(), "{plain:?} was let through");
    }
}

#[test]
fn ordinary_addresses_are_taken() {
    let egress = strict();
    for text in [
        "https://example.com",
        "https://example.com/hooks?token=a%20b",
        "https://EXAMPLE.com:443/x",
        "https://example.com:80/x",
        "https://bücher.example/",
        "https://example.com./",
        "https://8.8.8.8/",
        "https://[2606:4700:4700::1111]/",
        "https://localhost.example.com/",
        "HTTPS://example.com/",
    ] {
        assert!(Target::parse(&egress, text, false).is_ok(), "{text:?} was refused");
    }
    assert!(Target::parse(&egress, "http://example.com/", true).is_ok());
    let target = Target::parse(&egress, "https://Example.com/x#fragment", false).unwrap();
    assert_eq!(target.url().as_str(), "https://example.com/x", "fragments are not sent");
}

#[test]
fn unusual_ports_and_plain_http_lead_to_allowed_networks_only() {
    let egress = egress(&["10.0.0.0/8"], &Arc::default());
    for text in
        ["https://10.1.2.3:9000/", "http://10.1.2.3/", "http://10.1.2.3:8080/", "https://8.8.8.8:8443/"]
    {
        assert!(Target::parse(&egress, text, false).is_ok(), "{text}");
    }
    for text in [
        "https://8.8.8.8:9000/",
        "https://8.8.8.8:22/",
        "https://8.8.8.8:27017/",
        "http://8.8.8.8/",
        "http://11.1.2.3/",
        "http://example.com/",
    ] {
        assert!(Target::parse(&egress, text, false).is_err(), "{text}");
    }
}
