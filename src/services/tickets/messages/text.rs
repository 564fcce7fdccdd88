//! Texts of messages: the safe subset of HTML, and the short form for lists.

use super::super::core::create::MAX_DESCRIPTION;
use super::effort::is_light;
use crate::errors::{AppError, Code, FieldErrors, Result};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Most characters of a preview.
const PREVIEW: usize = 200;
/// What stands in place of a text that was taken out.
pub const REDACTED: &str = "[redacted]";

/// Formatted text that browsers may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleanHtml(String);

impl std::ops::Deref for CleanHtml {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// HTML without scripts, styles, forms, frames and addresses of any scheme but those of web, mail and telephone; none
/// when nothing is left, and none when its elements lie so deep in one another that nobody could work with it.
pub fn clean_html(html: &str) -> Option<CleanHtml> {
    is_light(html).then(|| clean(html)).flatten()
}

fn clean(html: &str) -> Option<CleanHtml> {
    let clean = ammonia::Builder::default()
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(html)
        .to_string();
    let clean = clean.trim();
    (!clean.is_empty()).then(|| CleanHtml(clean.to_owned()))
}

/// The formatted text of a body, cleaned beside the threads that answer requests.
///
/// # Errors
/// 422 when its elements lie too deep in one another.
pub(super) async fn clean_body(body: &Map<String, Value>) -> Result<Option<CleanHtml>> {
    let Some(html) = body.get("body_html").and_then(Value::as_str).map(str::to_owned) else {
        return Ok(None);
    };
    let cleaned = tokio::task::spawn_blocking(move || is_light(&html).then(|| clean(&html))).await;
    cleaned.map_err(AppError::internal)?.ok_or_else(|| {
        let message = "Its elements lie too deep in one another, or are never closed.";
        FieldErrors::one("body_html", Code::ValidationFailed, message).into()
    })
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
