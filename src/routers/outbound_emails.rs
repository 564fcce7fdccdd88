//! `/api/outbound_emails`: the mails that were sent or wait to be, the text of each, and sending one once more.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::models::OutboundEmail;
use crate::permissions::{Authorized, OutboundEmailsContent, OutboundEmailsRetry};
use crate::schema::FieldSpec;
use crate::services::outbound_emails;
use crate::web::{AnswerDoc, Doc, Path, Reply, Routes, Write, reads};
use axum::extract::State;

const CONTENT: &[FieldSpec] = &[
    FieldSpec::text(0, 1000).named("subject", "Subject."),
    FieldSpec::prose(0, 262_144).named("html", "HTML, a whole document."),
    FieldSpec::prose(0, 262_144).named("text", "Plain text."),
];

/// All routes of outgoing mail.
pub fn routes() -> Routes {
    let content = Doc::new("The text of a mail, as it is sent now. One with a credential is shown only while the program is tried out: with its own database and without a mail server.")
        .answer(AnswerDoc::Fields(CONTENT))
        .codes(&[Code::ContentSealed, Code::ContentUnavailable]);
    let retry = Doc::new("Send a mail once more that failed, was kept or came back.")
        .codes(&[Code::InvalidTransition, Code::PreconditionFailed]);
    Routes::of("outbound_emails")
        .merge(reads::<OutboundEmail>())
        .get("/api/outbound_emails/{id}/content", "content", content, show_content)
        .post("/api/outbound_emails/{id}/retry", "retry", retry, retry_one)
}

async fn show_content(
    Authorized(permit): Authorized<OutboundEmailsContent>,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Reply> {
    outbound_emails::content(&app, &permit, &id).await
}

async fn retry_one(
    Authorized(permit): Authorized<OutboundEmailsRetry>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    outbound_emails::retry(&app, &permit, &id, &request).await
}
