//! People in the headers of a mail.

use crate::auth::email::EmailAddress;
use mail_parser::{Address, HeaderValue};

/// Most people of one field that are looked at.
const MAX_PEOPLE: usize = 100;
/// Most characters of a display name.
const MAX_NAME: usize = 120;

/// Someone named in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Display name; empty when there is none.
    pub name: String,
    /// Address.
    pub address: EmailAddress,
}

impl Party {
    /// The display name, or the address where there is none.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { self.address.as_str() } else { &self.name }
    }
}

/// The people of one header field. What is no address is left out.
pub(super) fn people(value: &HeaderValue<'_>) -> Vec<Party> {
    let address = match value {
        HeaderValue::Address(address) => address,
        _ => return Vec::new(),
    };
    let all: Box<dyn Iterator<Item = &mail_parser::Addr<'_>>> = match address {
        Address::List(list) => Box::new(list.iter()),
        Address::Group(groups) => Box::new(groups.iter().flat_map(|group| group.addresses.iter())),
    };
    let party = |addr: &mail_parser::Addr<'_>| {
        let address = EmailAddress::parse(addr.address.as_deref()?)?;
        Some(Party { name: line(addr.name.as_deref().unwrap_or_default(), MAX_NAME), address })
    };
    all.filter_map(party).take(MAX_PEOPLE).collect()
}

/// A text in one line of at most `max` characters, without anything that steers a terminal or the direction of writing.
pub(super) fn line(text: &str, max: usize) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let clean: String = text.chars().map(|c| if steers(c) { ' ' } else { c }).collect();
    let joined = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().take(max).collect::<String>().trim_end().to_owned()
}

/// Whether nobody reads what is sent to such an address: postmasters, daemons and those that say so.
pub fn local_part_is_robot(local: &str) -> bool {
    let plain: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    matches!(
        plain.as_str(),
        "mailerdaemon" | "postmaster" | "bounce" | "bounces" | "autoreply" | "autoresponder"
    ) || ["noreply", "donotreply", "nichtantworten", "neresponderpas", "noresponder"]
        .iter()
        .any(|robot| plain.starts_with(robot) || plain.ends_with(robot))
        || plain.starts_with("mailerdaemon")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn robots_are_known_by_their_name() {
        for robot in [
            "mailer-daemon",
            "MAILER_DAEMON".to_ascii_lowercase().as_str(),
            "no-reply",
            "noreply",
            "do-not-reply",
            "no.reply",
            "billing-noreply",
            "postmaster",
        ] {
            assert!(local_part_is_robot(robot), "{robot}");
        }
        for person in ["reply", "nora", "replyno", "post", "master"] {
            assert!(!local_part_is_robot(person), "{person}");
        }
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line("a\r\nBcc: b\0\u{202e}c", 50), "a Bcc: b c");
        assert_eq!(line(&"é".repeat(300), 120).chars().count(), 120);
    }
}
