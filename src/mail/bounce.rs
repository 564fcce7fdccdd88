//! Reports on mail that could not be delivered: DSNs (RFC 3464), those of qmail (QSBMF) and what looks like them.

use super::addresses::line;
use super::shield::{contents, is_mail};
use super::{Headers, local_part_is_robot, peek};
use crate::auth::email::EmailAddress;
use mail_parser::{Message, MimeHeaders};

/// Most characters of what the other server said.
const MAX_REASON: usize = 300;

/// What a report says of one mail. Anyone can write one: it counts only for a mail that was really sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// Message id of the mail that was not delivered.
    pub original: Option<String>,
    /// To whom it could not be delivered.
    pub recipient: Option<EmailAddress>,
    /// Enhanced status code (RFC 3463), such as `5.1.1`; empty when unknown.
    pub status: String,
    /// It is given up; false while the other server still tries.
    pub failed: bool,
    /// What the other server said.
    pub reason: String,
}

impl Bounce {
    /// The address itself is the reason: mail to it will never arrive. Full mailboxes, size and policy pass.
    pub fn is_hard(&self) -> bool {
        let passing = ["5.2.2", "5.2.3", "5.3.", "5.4.5", "5.4.7", "5.6.", "5.7."];
        self.failed
            && self.status.starts_with("5.")
            && !passing.iter().any(|code| self.status.starts_with(code))
    }
}

/// What a mail reports, if it is a report on the delivery of another.
pub(super) fn bounce_of(message: &Message<'_>, headers: &Headers, text: &str) -> Option<Bounce> {
    let empty_path = headers.get("return-path").is_some_and(|path| path.replace(' ', "") == "<>");
    let daemon = is_from_daemon(message);
    // Whoever writes about a report that came quotes it.
    let quoted = || qmail(text).filter(|_| daemon || empty_path);
    standard(message).or_else(quoted).or_else(|| informal(message, headers, text, (daemon, empty_path)))
}

fn is_from_daemon(message: &Message<'_>) -> bool {
    message.from().and_then(|from| from.first()).and_then(|from| from.address()).is_some_and(|address| {
        let local = address.split('@').next().unwrap_or_default().to_ascii_lowercase();
        local_part_is_robot(&local) && !local.contains("reply")
    })
}

/// `multipart/report` with a delivery status.
fn standard(message: &Message<'_>) -> Option<Bounce> {
    let is_status = |part: &&mail_parser::MessagePart<'_>| {
        let kind = part.content_type();
        kind.is_some_and(|kind| {
            kind.ctype().eq_ignore_ascii_case("message")
                && kind.subtype().is_some_and(|name| name.to_ascii_lowercase().ends_with("delivery-status"))
        })
    };
    let part = message.parts.iter().find(is_status)?;
    let status_text = String::from_utf8_lossy(part.contents()).into_owned();
    let field = |name: &str| field_of(&status_text, name);
    let address = |value: Option<String>| {
        let value = value?;
        EmailAddress::parse(value.rsplit(';').next().unwrap_or_default().trim().trim_matches(['<', '>']))
    };
    let action = field("action").unwrap_or_default().to_ascii_lowercase();
    Some(Bounce {
        original: original_id(message),
        recipient: address(field("original-recipient")).or_else(|| address(field("final-recipient"))),
        status: status_code(&field("status").unwrap_or_default()).unwrap_or_default(),
        failed: action.trim() == "failed",
        reason: line(&field("diagnostic-code").unwrap_or_default(), MAX_REASON),
    })
}

/// The message id in what is quoted of the original: its headers or the whole of it.
fn original_id(message: &Message<'_>) -> Option<String> {
    message.parts.iter().find_map(|part| {
        let kind = part.content_type()?;
        let headers = kind.subtype().is_some_and(|name| name.to_ascii_lowercase().starts_with("rfc822"));
        (headers || is_mail(part)).then(|| peek(&contents(message, part)).message_id).flatten()
    })
}

/// The report of qmail and those who took over its form.
fn qmail(text: &str) -> Option<Bounce> {
    let start = text.find("Hi. This is the ")?;
    let (report, original) =
        text.get(start..)?.split_once("--- Below this line is a copy of the message.")?;
    let recipient =
        report.lines().find_map(|row| EmailAddress::parse(row.trim().strip_prefix('<')?.strip_suffix(">:")?));
    Some(Bounce {
        original: id_in(original),
        recipient,
        status: status_code(report).unwrap_or_else(|| "5.0.0".to_owned()),
        failed: !report.contains("I'm still trying") && !report.contains("will not be retried"),
        reason: line(
            report.lines().skip_while(|row| !row.trim_end().ends_with(">:")).nth(1).unwrap_or_default(),
            MAX_REASON,
        ),
    })
}

/// A daemon's mail that quotes the original somewhere.
fn informal(
    message: &Message<'_>,
    headers: &Headers,
    text: &str,
    (from_daemon, empty_path): (bool, bool),
) -> Option<Bounce> {
    let failed = headers
        .get("x-failed-recipients")
        .and_then(|value| EmailAddress::parse(value.split(',').next().unwrap_or_default()));
    if !(from_daemon || (empty_path && failed.is_some())) {
        return None;
    }
    let original = original_id(message).or_else(|| id_in(text));
    if original.is_none() && failed.is_none() {
        return None;
    }
    Some(Bounce {
        original,
        recipient: failed,
        status: status_code(text).unwrap_or_default(),
        failed: true,
        reason: String::new(),
    })
}

/// A field of a status text, with its continuation lines.
fn field_of(text: &str, name: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|row| {
        !row.split_once(':').is_some_and(|(field, _)| field.trim().eq_ignore_ascii_case(name))
    });
    let mut value = lines.next()?.split_once(':')?.1.trim().to_owned();
    for more in lines.take_while(|row| row.starts_with([' ', '\t'])) {
        value.push(' ');
        value.push_str(more.trim());
    }
    Some(value)
}

/// The first message id among lines of headers.
fn id_in(text: &str) -> Option<String> {
    let id = field_of(text, "message-id")?;
    let id = id.trim().trim_matches(['<', '>']).to_owned();
    (!id.is_empty() && !id.contains(char::is_whitespace)).then_some(id)
}

/// The first enhanced status code of class 4 or 5 in a text.
fn status_code(text: &str) -> Option<String> {
    let is_code = |word: &&str| {
        let parts: Vec<&str> = word.split('.').collect();
        parts.len() == 3
            && matches!(parts[0], "4" | "5")
            && parts
                .iter()
                .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let words = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|word| word.trim_matches('.'));
    words.into_iter().find(is_code).map(str::to_owned)
}
