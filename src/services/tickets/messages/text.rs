//! Texts of messages: the safe subset of HTML, and the short form for lists.

use super::super::core::create::MAX_DESCRIPTION;
use std::collections::HashSet;

/// Most characters of a preview.
const PREVIEW: usize = 200;
/// What stands in place of a text that was taken out.
pub const REDACTED: &str = "[redacted]";

/// HTML without scripts, styles, forms, frames and addresses of any scheme but those of web, mail and telephone; none
/// when nothing is left.
pub fn clean_html(html: &str) -> Option<String> {
    let clean = ammonia::Builder::default()
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(html)
        .to_string();
    let clean = clean.trim();
    (!clean.is_empty()).then(|| clean.to_owned())
}

/// What a ticket repeats of the message that opens it.
pub fn description(text: &str) -> String {
    text.chars().take(MAX_DESCRIPTION).collect()
}

/// The begin of a text in one line.
pub fn preview(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.chars().count() > PREVIEW {
            return line.chars().take(PREVIEW - 1).chain(['…']).collect();
        }
    }
    line
}
