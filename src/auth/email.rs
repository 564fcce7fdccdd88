//! E-mail addresses in the one form by which accounts are found: trimmed, lower case, domain in ASCII.

use crate::errors::{AppError, Code, FieldErrors, Result};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest address in bytes (RFC 5321 section 4.5.3.1.3, less the angle brackets).
const MAX_LEN: usize = 254;

/// Longest part before the `@` in bytes (RFC 5321 section 4.5.3.1.1).
const MAX_LOCAL_LEN: usize = 64;

/// Longest input that is looked at, in bytes: a domain can shrink when it becomes ASCII, but not without end.
const MAX_INPUT_LEN: usize = 1024;

/// A normalised address. Two texts that reach the same mailbox in practice give the same value.
///
/// The local part must be ASCII: lower-casing other scripts maps distinct letters onto one (the Kelvin sign becomes
/// `k`), and mail about one account would go to another's owner. The domain may be international; it becomes
/// its ASCII form (UTS 46), which is what DNS compares.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address as people type it; `None` when it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > MAX_INPUT_LEN {
            return None;
        }
        let (local, domain) = text.rsplit_once('@')?;
        if !is_local_part(local) {
            return None;
        }
        let domain = idna::domain_to_ascii_strict(domain).ok()?;
        if !is_mail_domain(&domain) {
            return None;
        }
        let address = format!("{}@{domain}", local.to_ascii_lowercase());
        (address.len() <= MAX_LEN).then_some(Self(address))
    }

    /// Like [`EmailAddress::parse`], with a fault of `field` when it is not one.
    pub fn from_field(field: &str, text: &str) -> Result<Self> {
        Self::parse(text).ok_or_else(|| {
            let message = "must be an e-mail address such as name@example.com";
            FieldErrors::one(field, Code::ValidationFailed, message).into()
        })
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the `@`.
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The part after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Dot-atom of RFC 5321: quoted local parts are allowed there and used by nobody but attackers.
fn is_local_part(local: &str) -> bool {
    let atext = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    local.len() <= MAX_LOCAL_LEN && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(atext))
}

/// A host name with at least two labels whose last is no number; so no address literals and no `localhost`.
fn is_mail_domain(domain: &str) -> bool {
    let last = domain.rsplit_once('.').map(|(_, last)| last);
    last.is_some_and(|label| !label.is_empty() && !label.bytes().all(|byte| byte.is_ascii_digit()))
}

impl TryFrom<String> for EmailAddress {
    type Error = AppError;

    fn try_from(text: String) -> Result<Self> {
        Self::from_field("email", &text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Personal data stays out of logs: only the domain is shown.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress(***@{})", self.domain())
    }
}

#[cfg(test)]
mod tests {
    use super::EmailAddress;

    #[test]
    fn one_mailbox_has_one_form() {
        let forms = [
            (" Ada@Example.COM\n", "ada@example.com"),
            ("first.last+tag@sub.example.co", "first.last+tag@sub.example.co"),
            ("info@Bücher.example", "info@xn--bcher-kva.example"),
            ("info@XN--BCHER-KVA.example", "info@xn--bcher-kva.example"),
            ("a@ｅｘａｍｐｌｅ.com", "a@example.com"),
        ];
        for (typed, stored) in forms {
            assert_eq!(EmailAddress::parse(typed).unwrap().as_str(), stored);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let (local, label) = ("a".repeat(65), "d".repeat(64));
        #[rustfmt::skip]
        let refused = [
            "", "@", "a", "a@", "@b.co", "a@b", "a b@c.de", "a@b..co", ".a@b.co", "a.@b.co", "a..b@c.de", "a@-b.co",
            "a@b_c.de", "a@127.0.0.1", "a@[127.0.0.1]", "\"a b\"@c.de", "a@b.co.", "a@b@c.de", "a\0@b.co",
            "a@b.co\r\nBcc: c", "ſam@example.com", "\u{212A}@example.com", "jöhn@example.com", "a@xn--a.example",
            "a@b.co, c@d.co",
        ];
        for text in refused {
            assert_eq!(EmailAddress::parse(text), None, "{text:?}");
        }
        assert_eq!(EmailAddress::parse(&format!("{local}@b.co")), None);
        assert_eq!(EmailAddress::parse(&format!("a@{label}.co")), None);
        assert_eq!(EmailAddress::parse(&format!("a@{}co", "d.".repeat(126))), None, "longer than 254");
        assert_eq!(EmailAddress::parse(&"a".repeat(100_000)), None);
    }
}
