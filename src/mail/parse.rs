//! Reads a raw mail into what the helpdesk needs to know of it.

use super::addresses::{line, people};
use super::bounce::bounce_of;
use super::charset::text_of;
use super::parts::parts_of;
use super::shield::{self, Shielded};
use super::{Bounce, Headers, MailPart, Party, Unreadable};
use mail_parser::decoders::html::html_to_text;
use mail_parser::{HeaderName, HeaderValue, Message, MessageParser, PartType};
use std::collections::HashSet;

/// Most characters of a subject.
const MAX_SUBJECT: usize = 200;
/// Most characters of a text that are kept: what a message holds.
const MAX_TEXT: usize = 60_000;
/// Most characters of the HTML text; longer ones are shown as plain text only.
const MAX_HTML: usize = 100_000;
/// Most ids of a mail's ancestors that are looked at.
const MAX_REFERENCES: usize = 100;
/// Most bytes of headers that are looked at when a mail arrives; nobody's are longer.
pub const MAX_HEAD: usize = 256 << 10;
/// Most characters of a message id.
const MAX_ID: usize = 500;

/// A mail that was read. Everything in it is what its sender claims.
#[derive(Clone, Debug)]
pub struct ParsedEmail {
    /// Message id without brackets; none when there is none that can be used.
    pub message_id: Option<String>,
    /// Message ids that it answers.
    pub in_reply_to: Vec<String>,
    /// Message ids of its ancestors, oldest first.
    pub references: Vec<String>,
    /// Who wrote it; more than one is allowed and suspicious.
    pub from: Vec<Party>,
    /// To whom.
    pub to: Vec<Party>,
    /// Who is copied.
    pub cc: Vec<Party>,
    /// Addresses to which servers say that they delivered it.
    pub delivered_to: Vec<Party>,
    /// Subject in one line; may be empty.
    pub subject: String,
    /// Milliseconds since 1970, as the sender's clock had it.
    pub date: Option<i64>,
    /// Text without formatting; may be empty.
    pub text: String,
    /// HTML as it came, not cleaned.
    pub html: Option<String>,
    /// What it carries besides.
    pub parts: Vec<MailPart>,
    /// Header fields.
    pub headers: Headers,
    /// Type of the whole, such as `multipart/report`.
    pub content_type: String,
    /// What it says of a mail that could not be delivered.
    pub bounce: Option<Bounce>,
}

impl ParsedEmail {
    /// The one person who wrote it; none when nobody or several are named.
    pub fn sender(&self) -> Option<&Party> {
        match self.from.as_slice() {
            [sender] if self.headers.all("from").count() == 1 => Some(sender),
            _ => None,
        }
    }

    /// Every address that it was sent to.
    pub fn recipients(&self) -> impl Iterator<Item = &Party> {
        self.delivered_to.iter().chain(&self.to).chain(&self.cc)
    }

    /// Ids that it answers, nearest first, each once.
    pub fn ancestors(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        for id in self.in_reply_to.iter().chain(self.references.iter().rev()) {
            if !ids.contains(&id.as_str()) {
                ids.push(id);
            }
        }
        ids
    }
}

/// Reads a mail.
///
/// # Errors
/// Why it cannot be read.
pub fn parse(raw: &[u8]) -> Result<ParsedEmail, Unreadable> {
    let shielded = Shielded::new(raw)?;
    let message = shielded.message()?;
    let headers = Headers::of(message.headers_raw());
    let all =
        |name: HeaderName<'static>| -> Vec<Party> { message.header_values(name).flat_map(people).collect() };
    let delivered = ["delivered-to", "x-original-to", "envelope-to"];
    let delivered_to = delivered.iter().flat_map(|name| headers.all(name)).filter_map(|text| {
        let address = text.trim_matches(['<', '>', ' ']);
        Some(Party { name: String::new(), address: crate::auth::email::EmailAddress::parse(address)? })
    });
    let (text, html, shown) = texts(&message);
    let kind = message.root_part().headers.iter().find(|header| header.name == HeaderName::ContentType);
    let content_type = kind
        .and_then(|header| header.value.as_content_type())
        .map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase())
        .map(|kind| shield::text(&kind).trim_end_matches('/').to_owned());
    Ok(ParsedEmail {
        message_id: ids(message.header_values(HeaderName::MessageId)).into_iter().next(),
        in_reply_to: ids(message.header_values(HeaderName::InReplyTo)),
        references: ids(message.header_values(HeaderName::References)),
        from: all(HeaderName::From),
        to: all(HeaderName::To),
        cc: all(HeaderName::Cc),
        delivered_to: delivered_to.take(20).collect(),
        subject: line(message.subject().unwrap_or_default(), MAX_SUBJECT),
        date: message.date().map(|date| date.to_timestamp().saturating_mul(1000)),
        parts: parts_of(&message, &shown),
        bounce: bounce_of(&message, &headers, &text),
        content_type: content_type.unwrap_or_else(|| "text/plain".to_owned()),
        text,
        html,
        headers,
    })
}

/// Ids in a header field. What holds blanks or control characters is no id.
fn ids<'a>(values: impl Iterator<Item = &'a HeaderValue<'a>>) -> Vec<String> {
    let texts = values.flat_map(|value| match value {
        HeaderValue::Text(text) => vec![text.to_string()],
        HeaderValue::TextList(list) => list.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    });
    let clean = texts.map(|text| text.trim().trim_matches(['<', '>']).to_owned());
    let usable = |id: &String| {
        !id.is_empty() && id.len() <= MAX_ID && !id.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    let mut ids: Vec<String> = clean.filter(usable).collect();
    // The newest ones are those that count.
    let surplus = ids.len().saturating_sub(MAX_REFERENCES);
    ids.split_off(surplus)
}

/// The plain text, the HTML and which parts they came from.
fn texts(message: &Message<'_>) -> (String, Option<String>, HashSet<usize>) {
    let (mut shown, mut plain, mut html) = (HashSet::new(), Vec::new(), Vec::new());
    let numbers = |ids: &[mail_parser::MessagePartId]| -> Vec<usize> {
        ids.iter().filter_map(|id| usize::try_from(*id).ok()).collect()
    };
    for number in numbers(&message.text_body) {
        let Some(part) = message.parts.get(number) else { continue };
        match &part.body {
            PartType::Text(_) if !is_attached(part) => plain.push(text_of(message, part)),
            PartType::Html(_) if !is_attached(part) => plain.push(html_to_text(&text_of(message, part))),
            _ => continue,
        }
        shown.insert(number);
    }
    for number in numbers(&message.html_body) {
        let Some(part) = message.parts.get(number) else { continue };
        if let PartType::Html(_) = &part.body
            && !is_attached(part)
        {
            html.push(text_of(message, part));
            shown.insert(number);
        }
    }
    if plain.is_empty() && html.is_empty() {
        // A mail that broke off on its way: its words are there, but belong to no body.
        for (number, part) in message.parts.iter().enumerate() {
            if let PartType::Text(_) = &part.body
                && !is_attached(part)
            {
                plain.push(text_of(message, part));
                shown.insert(number);
            }
        }
    }
    let html = html.join("\n");
    let html = (!html.trim().is_empty() && html.chars().count() <= MAX_HTML).then_some(html);
    (body_text(&plain.join("\n\n")), html, shown)
}

fn is_attached(part: &mail_parser::MessagePart<'_>) -> bool {
    use mail_parser::MimeHeaders;
    let calendar = part
        .content_type()
        .is_some_and(|kind| kind.subtype().is_some_and(|name| name.eq_ignore_ascii_case("calendar")));
    calendar || part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment)
}

/// A text with plain line ends and without control characters, cut to what a message holds.
fn body_text(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{a0}', " ");
    let kept = lines.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control());
    let kept: String = kept.take(MAX_TEXT).collect();
    kept.trim().to_owned()
}

/// What the headers of a mail say of it at a glance.
#[derive(Clone, Debug, Default)]
pub struct Peek {
    /// Message id without brackets.
    pub message_id: Option<String>,
    /// Address of the sender.
    pub from: Option<String>,
    /// Subject in one line.
    pub subject: String,
}

/// Reads the headers of a mail only.
pub fn peek(raw: &[u8]) -> Peek {
    let raw = raw.get(..MAX_HEAD).unwrap_or(raw);
    let bearable = Shielded::new(raw).is_ok();
    let message = bearable.then(|| MessageParser::default().parse_headers(raw)).flatten();
    let Some(message) = message else { return Peek::default() };
    let from = message.header_values(HeaderName::From).flat_map(people).next();
    Peek {
        message_id: ids(message.header_values(HeaderName::MessageId)).into_iter().next(),
        from: from.map(|from| from.address.into()),
        subject: line(message.subject().unwrap_or_default(), MAX_SUBJECT),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_multipart_without_end_keeps_its_words() {
        let raw = b"From: a@b.co\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhalf a mail";
        let mail = parse(raw).unwrap();
        assert_eq!(mail.text, "half a mail", "{mail:?}");
    }
}
