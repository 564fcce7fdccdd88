//! Hands files out: whole or in part, never as something that a browser would run in our name.

use super::filename::disposition;
use super::find::find;
use super::policy::{is_active, is_picture};
use crate::app::App;
use crate::db::from_document;
use crate::errors::{AppError, Code, Problem, Result};
use crate::models::{Upload, UploadState};
use crate::permissions::{Permit, UploadsRead};
use aws_sdk_s3::primitives::ByteStream;
use std::time::Duration;

/// How long a presigned address for reading holds.
const PRESIGNED: Duration = Duration::from_secs(300);

/// How a browser treats a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// It is saved.
    Attachment,
    /// It is shown, if it is a picture that cannot hold script.
    Inline,
}

/// A file on its way out.
pub enum Download {
    /// Where the storage hands it out itself, for a few minutes.
    Elsewhere(String),
    /// Its bytes.
    Here {
        /// What is told of them.
        head: Head,
        /// The bytes.
        body: ByteStream,
    },
    /// The client has it already.
    Unchanged(Head),
}

/// What is told of a file before its bytes.
pub struct Head {
    /// Media type as which it is served.
    pub content_type: String,
    /// `Content-Disposition`.
    pub disposition: String,
    /// Changes with the content.
    pub etag: String,
    /// Bytes of the whole file.
    pub size: i64,
    /// First and last byte, when part of it was asked for.
    pub range: Option<(i64, i64)>,
}

/// What a request says of how it wants a file.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Show or save.
    pub disposition: Disposition,
    /// `Range`.
    pub range: Option<&'a str>,
    /// `If-Range`.
    pub if_range: Option<&'a str>,
    /// `If-None-Match`.
    pub if_none_match: Option<&'a str>,
    /// Rather be sent to the storage, where it hands files out itself.
    pub redirect: bool,
}

/// A file, if the caller may see it now.
///
/// # Errors
/// 404 when the caller may not, 409 `conflict` while it is not ready, 409 `quarantined`, 416 for a range beyond its end.
pub async fn download(
    app: &App,
    permit: &Permit<UploadsRead>,
    id: &str,
    wanted: Wanted<'_>,
) -> Result<Download> {
    let upload: Upload = from_document(&find(app.db(), permit.caller(), id).await?)?;
    match upload.state {
        UploadState::Ready => {}
        UploadState::Quarantined => {
            let problem = Problem::new(Code::Quarantined, "The file was found unfit and is not handed out.");
            let reason = upload.quarantine_reason.map(|reason| reason.as_str());
            return Err(problem.with("reason", reason).into());
        }
        UploadState::Pending => {
            return Err(AppError::problem(Code::Conflict, "The file is not ready: send it and complete it."));
        }
        UploadState::Deleting => return Err(AppError::not_found()),
    }
    let mut head = head(&upload, wanted.disposition);
    let key = upload.key();
    if wanted.redirect && app.storage().is_direct() {
        let url = app.storage().presign_get(&key, &head.disposition, &head.content_type, PRESIGNED).await?;
        return Ok(Download::Elsewhere(url));
    }
    let has = |tags: &str| {
        tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == head.etag || tag.trim() == "*")
    };
    if wanted.if_none_match.is_some_and(has) {
        return Ok(Download::Unchanged(head));
    }
    // A part of another content than the client has would not fit its other parts.
    let range = wanted.range.filter(|_| wanted.if_range.is_none_or(|tag| tag == head.etag));
    head.range = range.map(|range| parse_range(range, upload.size)).transpose()?.flatten();
    let content = app.storage().read(&key, head.range).await?;
    let gone = || {
        tracing::error!(upload = %upload.id, "the bytes of a file are gone from the storage, or are others");
        AppError::not_found()
    };
    let content = content.ok_or_else(gone)?;
    // What was looked at is what is handed out, also where a storage lets objects be written over.
    if upload.etag.is_some() && content.etag != upload.etag {
        return Err(gone());
    }
    Ok(Download::Here { head, body: content.body })
}

fn head(upload: &Upload, wanted: Disposition) -> Head {
    let media_type = upload.served_type();
    let shown = wanted == Disposition::Inline && is_picture(media_type);
    let content_type = if is_active(media_type) { "application/octet-stream" } else { media_type };
    Head {
        content_type: if content_type == "text/plain" { "text/plain; charset=utf-8" } else { content_type }
            .to_owned(),
        disposition: disposition(if shown { "inline" } else { "attachment" }, &upload.filename),
        etag: format!("\"{}\"", upload.sha256.as_deref().unwrap_or_default()),
        size: upload.size,
        range: None,
    }
}

/// One range of bytes (RFC 9110 section 14.1.2). Several, other units and malformed ones are as if none were asked for.
fn parse_range(text: &str, size: i64) -> Result<Option<(i64, i64)>> {
    let Some(range) = text.strip_prefix("bytes=").filter(|range| !range.contains(',')) else {
        return Ok(None);
    };
    let Some((first, last)) = range.trim().split_once('-') else { return Ok(None) };
    let number = |text: &str| {
        text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i64>().unwrap_or(i64::MAX))
    };
    let range = match (first, last) {
        ("", "") => None,
        ("", last) => number(last).map(|last| ((size - last).max(0), if last == 0 { -1 } else { size - 1 })),
        (first, "") => number(first).map(|first| (first, size - 1)),
        (first, last) => number(first).zip(number(last)).filter(|(first, last)| first <= last),
    };
    let Some((first, last)) = range else { return Ok(None) };
    let last = last.min(size - 1);
    if first > last {
        let problem = Problem::new(Code::RangeNotSatisfiable, format!("The file has {size} bytes."));
        return Err(problem.with("size", size).into());
    }
    Ok(Some((first, last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        for (text, expected) in [
            ("bytes=0-9", Some((0, 9))),
            ("bytes=5-", Some((5, 99))),
            ("bytes=-10", Some((90, 99))),
            ("bytes=-1000", Some((0, 99))),
            ("bytes=90-1000", Some((90, 99))),
            ("bytes=9-0", None),
            ("bytes=0-1,5-6", None),
            ("lines=0-1", None),
            ("bytes=-", None),
            ("bytes=a-b", None),
            ("bytes=99999999999999999999999-", None),
        ] {
            match parse_range(text, 100) {
                Ok(range) => assert_eq!(range, expected, "{text}"),
                Err(error) => assert_eq!(
                    (error.code(), text),
                    (Code::RangeNotSatisfiable, "bytes=99999999999999999999999-")
                ),
            }
        }
        assert!(parse_range("bytes=100-", 100).is_err() && parse_range("bytes=-0", 100).is_err());
    }
}
