//! What a mail carries besides its text: attachments, inline images, invitations, nested mails.

use super::addresses::line;
use super::shield::{self, Shielded};
use mail_parser::{Message, MessagePart, MimeHeaders, PartType};
use std::collections::HashSet;

/// Most parts that are listed.
const MAX_PARTS: usize = 200;
/// Most characters of a file name.
const MAX_FILENAME: usize = 200;

/// A part that can be downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailPart {
    /// Number of the part within the mail.
    pub number: usize,
    /// A name that is safe as the name of a file.
    pub filename: String,
    /// Type as the mail says, lower case; a hint, never to be trusted.
    pub content_type: String,
    /// Bytes after decoding.
    pub size: usize,
    /// The id by which the HTML text shows it, if it does.
    pub content_id: Option<String>,
}

/// The parts of a message that are not its text.
pub(super) fn parts_of(message: &Message<'_>, shown: &HashSet<usize>) -> Vec<MailPart> {
    let listed = message.parts.iter().enumerate().filter(|(number, part)| {
        !shown.contains(number) && !matches!(part.body, PartType::Multipart(_)) && !part.contents().is_empty()
    });
    listed.take(MAX_PARTS).map(|(number, part)| describe(number, part)).collect()
}

fn describe(number: usize, part: &MessagePart<'_>) -> MailPart {
    let content_type = content_type(part);
    let named = part.attachment_name().map(file_name).filter(|name| !name.is_empty());
    let filename = named.unwrap_or_else(|| {
        let end = match content_type.as_str() {
            "message/rfc822" => "eml",
            "text/calendar" => "ics",
            "text/plain" => "txt",
            "text/html" => "html",
            "application/pkcs7-mime" => "p7m",
            "application/pkcs7-signature" => "p7s",
            _ => "bin",
        };
        format!("part-{number}.{end}")
    });
    let content_id =
        part.content_id().map(|id| line(id.trim_matches(['<', '>']), 200)).filter(|id| !id.is_empty());
    MailPart { number, filename, content_type, size: part.contents().len(), content_id }
}

fn content_type(part: &MessagePart<'_>) -> String {
    let named = part
        .content_type()
        .map(|kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("octet-stream")));
    if shield::is_mail(part) {
        return "message/rfc822".to_owned();
    }
    let token = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+/".contains(&b));
    let named = named.unwrap_or_else(|| "text/plain".to_owned()).to_ascii_lowercase();
    if token(&named) && named.len() <= 127 { named } else { "application/octet-stream".to_owned() }
}

/// The last part of a path without what file systems or people could take for something else.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = line(last, MAX_FILENAME).chars().filter(|c| !"<>:\"|?*;%`$".contains(*c)).collect();
    clean.trim_matches(['.', ' ']).to_owned()
}

/// The bytes of part `number` of a raw mail.
pub fn part_content(raw: &[u8], number: usize) -> Option<Vec<u8>> {
    let shielded = Shielded::new(raw).ok()?;
    let message = shielded.message().ok()?;
    let part = message.parts.get(number)?;
    (!matches!(part.body, PartType::Multipart(_))).then(|| shield::contents(&message, part).into_owned())
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_of_files_stay_names() {
        let cases = [
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\evil.exe", "evil.exe"),
            ("a\r\nSet-Cookie: x.txt", "a Set-Cookie x.txt"),
            ("..", ""),
            ("invoice\u{202e}fdp.exe", "invoice fdp.exe"),
            ("x\";.html", "x.html"),
        ];
        for (given, kept) in cases {
            assert_eq!(file_name(given), kept);
        }
        assert!(file_name(&"n".repeat(5000)).len() <= 200);
    }
}
