//! Incoming mail: what came in, its bytes and files, the secret address over which mail servers deliver.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::models::{EmailRecipient, InboundEmail};
use crate::permissions::{
    Authorized, EmailRecipientsRelease, InboundEmailsRaw, InboundEmailsReprocess, MailboxesWebhook,
    MessagesRead, Public,
};
use crate::schema::FieldSpec;
use crate::services::inbound;
use crate::web::{AnswerDoc, BodyDoc, Doc, Path, Reply, Routes, Write, read_bytes, reads};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

/// Largest delivery that is read at all; what is above the limit of a mail is answered by mail.
const MAX_DELIVERY: usize = 32 << 20;
/// Types that browsers only ever show as what they are called.
const HARMLESS: &[&str] =
    &["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"];

const WEBHOOK: &[FieldSpec] = &[
    FieldSpec::text(1, 500).named("url", "Where to deliver; shown once."),
    FieldSpec::text(1, 100).named("secret", "What to sign deliveries with; shown once."),
];
const TAKEN: &[FieldSpec] = &[FieldSpec::text(1, 20).named("status", "`accepted`.")];

pub fn routes() -> Routes {
    let reprocess = Doc::new("Have a mail looked at once more that is in no ticket.")
        .codes(&[Code::Conflict, Code::PreconditionFailed]);
    let raw = Doc::new("Read a mail as it came in, byte by byte.").answer(AnswerDoc::Text);
    let part = Doc::new("Download a file that the mail of a message carried.").answer(AnswerDoc::Text);
    let rotate =
        Doc::new("Make the address over which mail is delivered to the mailbox; an earlier one ends.")
            .answer(AnswerDoc::Fields(WEBHOOK))
            .passing()
            .codes(&[Code::InsufficientUserAuthentication]);
    let end = Doc::new("End the address over which mail is delivered to the mailbox.")
        .answer(AnswerDoc::Json)
        .passing()
        .codes(&[Code::InsufficientUserAuthentication]);
    let deliver = Doc::new("Deliver a mail (RFC 5322) to a mailbox, signed by `Stoa-Signature: t=<unix time>,v1=<hex HMAC-SHA256 of t.body>`.")
        .body(BodyDoc::None)
        .answer(AnswerDoc::Fields(TAKEN))
        .passing()
        .codes(&[Code::Unauthenticated, Code::PayloadTooLarge]);
    let release = Doc::new("Let automatic mail go to an address again.").codes(&[Code::PreconditionFailed]);
    let mails = Routes::of("inbound_emails")
        .post("/api/inbound_emails/{id}/reprocess", "reprocess", reprocess, reprocess_one)
        .get("/api/inbound_emails/{id}/raw", "raw", raw, raw_one)
        .post("/email/inbound/{token}", "deliver", deliver, deliver_one);
    let boxes = Routes::of("mailboxes")
        .post("/api/mailboxes/{id}/webhook", "webhook", rotate, rotate_one)
        .delete("/api/mailboxes/{id}/webhook", "webhook_end", end, end_one);
    let parts = Routes::of("ticket_messages").get(
        "/api/tickets/{id}/messages/{message_id}/email_parts/{part}",
        "email_part",
        part,
        part_one,
    );
    let people = Routes::of("email_recipients").post(
        "/api/email_recipients/{id}/release",
        "release",
        release,
        release_one,
    );
    reads::<InboundEmail>()
        .merge(mails)
        .merge(reads::<EmailRecipient>())
        .merge(people)
        .merge(boxes)
        .merge(parts)
}

async fn reprocess_one(
    Authorized(permit): Authorized<InboundEmailsReprocess>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    inbound::reprocess(&app, &permit, &id, &request).await
}

async fn release_one(
    Authorized(permit): Authorized<EmailRecipientsRelease>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    inbound::release(&app, &permit, &id, &request).await
}

async fn raw_one(
    Authorized(permit): Authorized<InboundEmailsRaw>,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Response> {
    let bytes = inbound::raw_mail(&app, &permit, &id).await?;
    Ok(download("text/plain; charset=utf-8", &format!("{id}.eml.txt"), bytes))
}

async fn part_one(
    Authorized(permit): Authorized<MessagesRead>,
    State(app): State<App>,
    Path((ticket, message, part)): Path<(String, String, usize)>,
) -> Result<Response> {
    let part = inbound::part(&app, &permit, &ticket, &message, part).await?;
    let harmless = HARMLESS.contains(&part.content_type.as_str());
    let kind = if harmless { part.content_type.as_str() } else { "application/octet-stream" };
    Ok(download(kind, &part.filename, part.bytes))
}

/// Bytes that are saved, never shown: what they are is the sender's word.
fn download(kind: &str, name: &str, bytes: Vec<u8>) -> Response {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' }).collect();
    let full = utf8_percent_encode(name, NON_ALPHANUMERIC);
    let place = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}");
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    let mut set = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, kind);
    set(header::CONTENT_DISPOSITION, &place);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CACHE_CONTROL, "private, no-store");
    set(header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'");
    response
}

async fn rotate_one(
    Authorized(permit): Authorized<MailboxesWebhook>,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Reply> {
    let made = inbound::rotate(&app, &permit, &id).await?;
    Ok(Reply::ok(json!({ "url": made.url, "secret": made.secret })).no_store())
}

async fn end_one(
    Authorized(permit): Authorized<MailboxesWebhook>,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Reply> {
    inbound::end(&app, &permit, &id).await?;
    Ok(Reply::ok(json!({})))
}

async fn deliver_one(
    _: Public,
    State(app): State<App>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response> {
    let (parts, body) = request.into_parts();
    let signature = parts.headers.get("stoa-signature").and_then(|value| value.to_str().ok());
    let delivery = inbound::expect(&app, &token, signature).await?;
    let raw = read_bytes(body, MAX_DELIVERY).await?;
    inbound::deliver(&app, &delivery, &raw).await?;
    // The same whether it was known or not.
    Ok((StatusCode::ACCEPTED, axum::Json(json!({ "status": "accepted" }))).into_response())
}
