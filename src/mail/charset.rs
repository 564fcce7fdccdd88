//! Texts whose label is wrong: what is valid UTF-8 is read as such, what is not is read as Windows-1252.

use super::shield;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders};

/// The text of a part: as its label says, unless its bytes say otherwise.
pub(super) fn text_of(message: &Message<'_>, part: &MessagePart<'_>) -> String {
    let labelled = shield::text(part.text_contents().unwrap_or_default());
    let label = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"))
        .unwrap_or_default()
        .to_ascii_lowercase();
    // These use bytes that UTF-8 text could be mistaken for, or escape sequences: their label is always right.
    let relabel = label.is_empty()
        || ["utf-8", "utf8", "us-ascii", "ascii", "iso-8859", "windows-125", "latin"]
            .iter()
            .any(|known| label.starts_with(known));
    if !relabel {
        return labelled.into_owned();
    }
    let Some(bytes) = bytes_of(message, part) else { return labelled.into_owned() };
    if bytes.is_ascii() {
        return labelled.into_owned();
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => text.to_owned(),
        // A single-byte label may be right then; for the others there is no better guess.
        Err(_)
            if label.starts_with("iso-8859")
                || label.starts_with("windows-125")
                || label.starts_with("latin") =>
        {
            labelled.into_owned()
        }
        Err(_) => {
            charset_decoder(b"windows-1252").map_or_else(|| labelled.into_owned(), |decode| decode(&bytes))
        }
    }
}

/// The bytes of a part after its transfer encoding, before its character set.
pub(super) fn bytes_of(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Vec<u8>> {
    let from = usize::try_from(part.offset_body).ok()?;
    let to = usize::try_from(part.offset_end).ok()?;
    let raw = message.raw_message.get(from..to)?;
    match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    }
}
