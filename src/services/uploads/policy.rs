//! Which files are taken, from whom, and as what they are served.

use super::filename::{harmless, is_program};
use super::sniff::{Sniffed, sniff};
use crate::errors::{Code, FieldErrors, Problem, Result};
use crate::models::{QuarantineReason, Upload};
use crate::permissions::Role;
use crate::storage::StorageLimits;

/// What clients may send: pictures, documents and texts, but nothing that browsers run.
const CLIENT_TYPES: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/heif",
    "image/heic",
    "image/tiff",
    "image/bmp",
    "application/pdf",
    "text/plain",
    "text/csv",
    "text/markdown",
    "text/calendar",
    "application/json",
    "application/rtf",
    "text/rtf",
    "application/zip",
    "application/gzip",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "message/rfc822",
    "audio/mpeg",
    "audio/ogg",
    "audio/mp4",
    "video/mp4",
    "video/quicktime",
    "video/webm",
];

/// Texts that are told apart by what their sender calls them; none is run by a browser.
const TEXTS: &[&str] = &[
    "text/csv",
    "text/markdown",
    "text/calendar",
    "text/x-log",
    "application/json",
    "message/rfc822",
    "text/rtf",
];

/// Pictures that browsers show as they are and that cannot hold script.
const PICTURES: &[&str] = &["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"];

/// What a file was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is served as this type.
    Ready(String),
    /// It is never served.
    Quarantined(QuarantineReason, String),
}

/// Checks a file that is announced: its name, type and size. Returns the name as it is kept.
///
/// # Errors
/// 413 `payload_too_large`, 422 for names of programs and types that the role may not send.
pub(super) fn check_announced(
    role: Role,
    limits: &StorageLimits,
    filename: &str,
    content_type: &str,
    size: Option<i64>,
) -> Result<String> {
    let name = harmless(filename);
    if let Some(size) = size {
        check_size(role, limits, size)?;
    }
    let mut faults = FieldErrors::default();
    if is_program(&name) {
        faults.add("filename", Code::ValidationFailed, "Programs are not taken.");
    }
    if !may_send(role, content_type) {
        let message = "Clients may not send this type; pictures, PDF, office documents and texts are taken.";
        faults.add("content_type", Code::ValidationFailed, message);
    }
    faults.into_result()?;
    Ok(name)
}

/// # Errors
/// 413 `payload_too_large` with the `limit` in bytes.
pub(super) fn check_size(role: Role, limits: &StorageLimits, size: i64) -> Result<()> {
    let limit = limits.largest(role);
    if size <= limit {
        return Ok(());
    }
    let problem = Problem::new(Code::PayloadTooLarge, format!("The file may have {limit} bytes at most."));
    Err(problem.with("limit", limit).into())
}

/// What becomes of a file of whose first bytes these are.
pub(super) fn judge(role: Role, upload: &Upload, beginning: &[u8]) -> Verdict {
    let declared = upload.content_type.to_ascii_lowercase();
    let harmless = is_picture(&declared) || declared.starts_with("audio/") || declared.starts_with("video/");
    let found = match sniff(beginning) {
        Sniffed::Program => return quarantined(QuarantineReason::Executable, "application/octet-stream"),
        Sniffed::Polyglot => return quarantined(QuarantineReason::Polyglot, "application/octet-stream"),
        Sniffed::Active(found) if harmless || declared == "application/pdf" => {
            return quarantined(QuarantineReason::TypeMismatch, found);
        }
        Sniffed::Text if harmless => return quarantined(QuarantineReason::TypeMismatch, "text/plain"),
        Sniffed::Active(found) => found.to_owned(),
        Sniffed::Text if TEXTS.contains(&declared.as_str()) => declared,
        Sniffed::Text => "text/plain".to_owned(),
        Sniffed::Known(found) if holds(found, &declared) => declared,
        Sniffed::Known(found) => found.to_owned(),
        Sniffed::Unknown => "application/octet-stream".to_owned(),
    };
    match may_send(role, &found) {
        true => Verdict::Ready(found),
        false => Verdict::Quarantined(QuarantineReason::TypeNotAllowed, found),
    }
}

/// Whether a browser may show files of a type in a page of ours.
pub(super) fn is_picture(media_type: &str) -> bool {
    PICTURES.contains(&media_type)
}

/// Whether a browser would run files of a type: they are served as bytes of no known meaning.
pub(super) fn is_active(media_type: &str) -> bool {
    media_type.contains("html")
        || media_type.contains("xml") && !media_type.contains("officedocument")
        || media_type.contains("svg")
        || media_type.contains("script")
}

fn quarantined(reason: QuarantineReason, found: &str) -> Verdict {
    Verdict::Quarantined(reason, found.to_owned())
}

fn may_send(role: Role, media_type: &str) -> bool {
    role.is_staff() || CLIENT_TYPES.contains(&media_type.to_ascii_lowercase().as_str())
}

/// Containers whose signature is that of the archive in which their parts lie.
fn holds(found: &str, declared: &str) -> bool {
    match found {
        "application/zip" => {
            declared.starts_with("application/vnd.openxmlformats-officedocument.")
                || declared.starts_with("application/vnd.oasis.opendocument.")
                || declared == "application/epub+zip"
        }
        "application/x-ole-storage" => {
            ["application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"]
                .contains(&declared)
                || declared == "application/vnd.ms-outlook"
        }
        _ => false,
    }
}
