//! `/api/mailboxes`: the shared routes, the test of the servers, and the key of the signature.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::models::Mailbox;
use crate::permissions::{Authorized, MailboxesUpdate};
use crate::schema::{FieldSpec, Kind};
use crate::services::mailboxes;
use crate::services::tickets::body::parse_body;
use crate::web::{AnswerDoc, BodyDoc, Doc, Path, Reply, Routes, Write, crud};
use axum::extract::State;

const CHECKED: &[FieldSpec] = &[
    FieldSpec::flag(true)
        .nullable()
        .named("ok", "Whether connection and log-in went well; null without server."),
    FieldSpec::text(0, 500).nullable().named("error", "What went wrong."),
];

const TESTED: &[FieldSpec] = &[
    FieldSpec::new(Kind::Object(CHECKED)).named("smtp", "The server to send by."),
    FieldSpec::new(Kind::Object(CHECKED)).named("imap", "The server to fetch from."),
];

const DKIM: &[FieldSpec] = &[
    FieldSpec::one_of(&["rsa-sha256", "ed25519-sha256"])
        .nullable()
        .named("algorithm", "`rsa-sha256`, which everyone can check, when nothing is said."),
    FieldSpec::new(Kind::Format(mailboxes::is_selector, mailboxes::SELECTOR))
        .nullable()
        .named("selector", "Name of the key; one with the date when nothing is said."),
];

/// All routes of mailboxes.
pub fn routes() -> Routes {
    let test = Doc::new("Connect to the servers of a mailbox and log in.")
        .answer(AnswerDoc::Fields(TESTED))
        .codes(&[Code::RateLimited]);
    let dkim =
        Doc::new("Make a new key that signs the mailbox's mail; `dkim` tells the DNS record to publish.")
            .body(BodyDoc::Fields(DKIM))
            .codes(&[Code::InsufficientUserAuthentication, Code::PreconditionFailed]);
    crud::<Mailbox>().post("/api/mailboxes/{id}/test", "test", test, test_one).post(
        "/api/mailboxes/{id}/dkim",
        "dkim",
        dkim,
        make_key,
    )
}

async fn test_one(
    Authorized(permit): Authorized<MailboxesUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    mailboxes::test(&app, &permit, &id, &request).await
}

async fn make_key(
    Authorized(permit): Authorized<MailboxesUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    parse_body(DKIM, &request.body, permit.actor())?;
    mailboxes::make_key(&app, &permit, &id, &request).await
}
