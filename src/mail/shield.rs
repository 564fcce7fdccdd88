//! Reads raw mail with the library, and keeps from it what it has no bounds for: mails within mails, and parts without end.

use super::charset::bytes_of;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders};
use std::borrow::Cow;

/// Most lines that can begin a part or hold a header field; a thousand times what programs send.
const MAX_LINES: usize = 100_000;
/// Most bytes that the search for the ends of parts goes over: each type of many parts can make it go over the whole mail,
/// comparing it with what ends its parts.
const MAX_SEARCH: usize = 4 << 30;
/// Most steps within header fields: encoded words that do not end, and attributes that are compared with each other.
const MAX_STEPS: usize = 1 << 29;
/// Stands for the slash in the type of a nested mail, so that it is taken for a file.
const SLASH: u8 = 0x1f;
/// Stands for the last letter of `multipart/digest`, whose parts are mails without saying so.
const LETTER: u8 = 0x1e;

crate::text_enum! {
    /// Why a mail is not read.
    pub enum Unreadable {
        /// It has no header field at all.
        NoMail = "unreadable",
        /// It has more parts or header fields than any program sends.
        TooComplex = "too_complex",
    }
}

/// A raw mail with what the library may see of it. The library reads a mail within a mail by calling itself, however deep
/// they go, which ends the program: so it sees them as files, and what is in one is read like a mail of its own.
pub(super) struct Shielded<'a> {
    raw: &'a [u8],
    seen: Cow<'a, [u8]>,
}

impl<'a> Shielded<'a> {
    pub(super) fn new(raw: &'a [u8]) -> Result<Self, Unreadable> {
        let mut seen = Cow::Borrowed(raw);
        let (mut lines, mut multiparts, mut steps, mut in_head) = (0_usize, 0_usize, 0_usize, true);
        for field in (Fields { raw, at: 0 }) {
            let bytes = &raw[field.clone()];
            if bytes.contains(&b'/') {
                multiparts += find(bytes, b"multipart").map_or(0, |_| 1 + bytes.len() / 256);
                hide(&mut seen, bytes, field.start);
            }
            for line in bytes.split(|byte| *byte == b'\n') {
                if line.contains(&b'-') && find(line, b"--").is_some() {
                    (lines, in_head) = (lines + 1, true);
                }
                lines += usize::from(in_head && line.contains(&b':'));
            }
            if in_head {
                let words = bytes.windows(2).filter(|pair| pair == b"=?").count();
                let attributes = bytes.iter().filter(|byte| **byte == b'=').count();
                steps = steps.saturating_add(words.saturating_mul(bytes.len()));
                steps = steps.saturating_add(attributes.saturating_mul(attributes));
            }
            in_head &= !matches!(bytes, b"\n" | b"\r\n");
            let search = multiparts.saturating_mul(raw.len());
            if lines > MAX_LINES || search > MAX_SEARCH || steps > MAX_STEPS {
                return Err(Unreadable::TooComplex);
            }
        }
        Ok(Self { raw, seen })
    }

    /// The mail. Its raw bytes are those that came; texts and files go through [`text`] and [`contents`].
    pub(super) fn message(&self) -> Result<Message<'_>, Unreadable> {
        let mut message = MessageParser::default().parse(self.seen.as_ref()).ok_or(Unreadable::NoMail)?;
        message.raw_message = Cow::Borrowed(self.raw);
        Ok(message)
    }
}

/// Hides what calls itself a mail within a field, wherever in the mail it stands: all that is between both words of the
/// type, for the library takes comments and line ends there. Where it was no type at all, nobody sees a difference.
fn hide(seen: &mut Cow<'_, [u8]>, field: &[u8], start: usize) {
    if let Some(from) = find(field, b"message")
        && let Some(to) = last(field, b"rfc822").max(last(field, b"global"))
        && from < to
    {
        let between = seen.to_mut().get_mut(start + from..start + to);
        between.into_iter().flatten().filter(|byte| **byte == b'/').for_each(|byte| *byte = SLASH);
    }
    let mut from = find(field, b"multipart");
    while let Some(at) = from {
        let word = field.get(at..).and_then(|rest| find(rest, b"digest"));
        from = word.map(|found| at + found + b"digest".len());
        if let Some(letter) = from.and_then(|end| seen.to_mut().get_mut(start + end - 1)) {
            *letter = LETTER;
        }
    }
}

/// Whether a part is a mail.
pub(super) fn is_mail(part: &MessagePart<'_>) -> bool {
    part.content_type().is_some_and(|kind| kind.ctype().bytes().any(|byte| byte == SLASH))
}

/// A text of the library as it was written.
pub(super) fn text(seen: &str) -> Cow<'_, str> {
    let hidden = [char::from(SLASH), char::from(LETTER)];
    match seen.contains(hidden) {
        true => Cow::Owned(seen.replace(hidden[0], "/").replace(hidden[1], "t")),
        false => Cow::Borrowed(seen),
    }
}

/// The bytes of a part as they were sent; those of a text in UTF-8.
pub(super) fn contents<'a>(message: &'a Message<'_>, part: &'a MessagePart<'_>) -> Cow<'a, [u8]> {
    let seen = part.contents();
    if !seen.iter().any(|byte| matches!(*byte, SLASH | LETTER)) {
        return Cow::Borrowed(seen);
    }
    match (part.text_contents().filter(|_| part.is_text()), bytes_of(message, part)) {
        (Some(seen), _) => Cow::Owned(text(seen).into_owned().into_bytes()),
        (None, Some(sent)) if sent.len() == seen.len() => Cow::Owned(sent),
        _ => Cow::Borrowed(seen),
    }
}

/// Lines with those that continue them, as header fields are written.
struct Fields<'a> {
    raw: &'a [u8],
    at: usize,
}

impl Iterator for Fields<'_> {
    type Item = std::ops::Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        while let Some(rest) = self.raw.get(self.at..).filter(|rest| !rest.is_empty()) {
            self.at += rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
            if !matches!(self.raw.get(self.at), Some(b' ' | b'\t')) {
                break;
            }
        }
        (start < self.at).then_some(start..self.at)
    }
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window.eq_ignore_ascii_case(word))
}

fn last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use crate::mail::{Unreadable, forwarded, parse, part_content, peek};
    use base64::Engine;
    use std::fmt::Write;

    const HEAD: &str = "From: a@b.co\r\nSubject: Fwd: x\r\n";

    #[test]
    fn mails_within_mails_are_files_however_deep_and_however_written() {
        let deep = "Content-Type: message/rfc822\n\n".repeat(100_000);
        let encoded = base64::engine::general_purpose::STANDARD.encode(&deep);
        let quoted = deep.replace('m', "=6D");
        for mail in [
            deep.clone(),
            "C o n t e n t-Type: MESSAGE\n (a (b)) / (c)\n ".to_owned() + "\"GLOBAL\" ; x=y\n\n" + &deep,
            format!("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}"),
            format!(
                "Content-Transfer-Encoding: =?utf-8?q?quoted-printable?=\r\nContent-Type: message/rfc822\r\n\r\n{quoted}"
            ),
            "Content-Type: multipart/digest; boundary=b\n\n--b\n\n".repeat(50) + &deep,
        ] {
            let mail = parse(format!("{HEAD}{mail}").as_bytes());
            assert!(mail.as_ref().is_ok_and(|mail| mail.parts.len() <= 200) || mail.is_err());
        }
    }

    #[test]
    fn what_is_hidden_is_told_as_it_was_sent() {
        let inner = "From: c@d.co\r\nContent-Type: message/rfc822; name=a/rfc822\r\n\r\nlow";
        let raw = format!(
            "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nContent-Type: message/rfc822, multipart/digest\r\n\
            --b\r\nContent-Type: Message/Rfc822\r\n\r\n{inner}\r\n--b\r\nContent-Type: application/x\r\n\
            Content-Disposition: attachment\r\n\r\nmessage/global\x1f\r\n--b--"
        );
        let mail = parse(raw.as_bytes()).unwrap();
        assert_eq!(mail.text, "Content-Type: message/rfc822, multipart/digest");
        let kinds: Vec<&str> = mail.parts.iter().map(|part| part.content_type.as_str()).collect();
        assert_eq!(kinds, ["message/rfc822", "application/x"]);
        assert_eq!(part_content(raw.as_bytes(), 2).unwrap(), inner.as_bytes());
        assert_eq!(part_content(raw.as_bytes(), 3).unwrap(), b"message/global\x1f");
        assert_eq!(forwarded(&mail, raw.as_bytes()).unwrap().sender.address.as_str(), "c@d.co");
    }

    #[test]
    fn many_parts_are_read_at_once_and_too_many_not_at_all() {
        let parts = |n: usize| {
            format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(n))
        };
        assert!(parse(parts(90_000).as_bytes()).unwrap().text.len() > 50_000);
        assert_eq!(parse(parts(110_000).as_bytes()).unwrap_err(), Unreadable::TooComplex);
        assert_eq!(
            parse(format!("{}\n", "a:\n".repeat(200_000)).as_bytes()).unwrap_err(),
            Unreadable::TooComplex
        );
        let mut endless = format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n");
        for n in 0..60_000 {
            write!(endless, "--b\nContent-Type: multipart/mixed; boundary=none{n}\n\nx\n").unwrap();
        }
        assert_eq!(parse(endless.as_bytes()).unwrap_err(), Unreadable::TooComplex);
        assert_eq!(parse(b"").unwrap_err(), Unreadable::NoMail);
        for field in ["Subject: ".to_owned() + &"=?aa?q?x".repeat(50_000), "a*=u'e'x;".repeat(50_000)] {
            let slow = format!("{HEAD}Content-Type: text/plain; {field}\n\nx");
            assert_eq!(parse(slow.as_bytes()).unwrap_err(), Unreadable::TooComplex);
            assert!(peek(slow.as_bytes()).message_id.is_none());
        }
        let log = format!("{HEAD}\n{}", "10:00:00 a -- b/c\n\n".repeat(90_000 / 2));
        assert!(parse(log.as_bytes()).unwrap().text.len() > 50_000);
    }
}
