//! Mail that was passed on: who wrote the original and what it said.

use super::addresses::{line, people};
use super::quote_marks::{is_banner, is_header_block};
use super::shield::{Shielded, contents, is_mail, text};
use super::{ParsedEmail, Party};
use crate::auth::email::EmailAddress;
use mail_parser::HeaderName;

/// What subjects of forwarded mail begin with.
const PREFIXES: &[&str] = &["fwd:", "fw:", "wg:", "tr:", "rv:", "i:", "doorst:", "enc:"];

/// The original within a mail that was passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forwarded {
    /// Who wrote the original, as whoever passed it on quotes it.
    pub sender: Party,
    /// Subject of the original.
    pub subject: String,
    /// Text of the original.
    pub text: String,
    /// What was added on top.
    pub note: String,
}

/// The original in a mail whose subject says that it was passed on.
pub fn forwarded(mail: &ParsedEmail, raw: &[u8]) -> Option<Forwarded> {
    let lower = mail.subject.to_lowercase();
    let prefix = PREFIXES.iter().find(|prefix| lower.starts_with(*prefix))?;
    let subject: String = mail.subject.chars().skip(prefix.chars().count()).collect();
    quoted(&mail.text, subject.trim()).or_else(|| attached(mail, raw))
}

/// The original below a block of its headers.
fn quoted(text: &str, subject: &str) -> Option<Forwarded> {
    let rows: Vec<&str> = text.lines().collect();
    let block = (0..rows.len()).find(|&at| is_header_block(&rows[at..]))?;
    let top = rows[..block].iter().rposition(|row| !row.trim().is_empty()).filter(|&at| {
        let row = rows[at].trim();
        is_banner(row) || row.chars().all(|c| c == '_')
    });
    let sender = party(rows[block].split_once(':')?.1)?;
    let end = rows[block..]
        .iter()
        .position(|row| row.trim().trim_start_matches('>').trim().is_empty())
        .map_or(rows.len(), |n| block + n);
    let unmarked = |row: &&str| row.trim_start().strip_prefix('>').map_or(*row, str::trim_start).to_owned();
    let body: Vec<String> = rows[end..].iter().map(unmarked).collect();
    Some(Forwarded {
        sender,
        subject: line(subject, 200),
        text: body.join("\n").trim().to_owned(),
        note: rows[..top.unwrap_or(block)].join("\n").trim().to_owned(),
    })
}

/// The original as an attached mail.
fn attached(mail: &ParsedEmail, raw: &[u8]) -> Option<Forwarded> {
    let outer = Shielded::new(raw).ok()?;
    let outer = outer.message().ok()?;
    let part = outer.parts.iter().find(|part| is_mail(part))?;
    let inner = contents(&outer, part);
    let inner = Shielded::new(&inner).ok()?;
    let inner = inner.message().ok()?;
    let sender = inner.header_values(HeaderName::From).flat_map(people).next()?;
    Some(Forwarded {
        sender,
        subject: line(inner.subject().unwrap_or_default(), 200),
        text: inner.body_text(0).map(|body| text(body.trim()).into_owned()).unwrap_or_default(),
        note: mail.text.clone(),
    })
}

/// `Name <address>`, `Name [mailto:address]` or an address alone.
fn party(text: &str) -> Option<Party> {
    let text = text.trim().trim_matches('*').trim();
    let open = text.rfind(['<', '[']);
    let inner = open.map_or(text, |at| text.get(at + 1..).unwrap_or_default());
    let address = inner.trim_end_matches(['>', ']']).trim_start_matches("mailto:");
    let address = EmailAddress::parse(address.split(['>', ']']).next().unwrap_or_default())?;
    let name = open.and_then(|at| text.get(..at)).unwrap_or_default();
    Some(Party { name: line(name.trim().trim_matches(['"', '\'']), 120), address })
}
