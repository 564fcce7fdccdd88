//! `/api/email_templates`: the shared routes, versions, preview, test mails and the list of what can be printed.

use crate::app::App;
use crate::errors::{Code, Result};
use crate::models::{EmailTemplate, TEMPLATE_KEYS};
use crate::permissions::{Authorized, EmailTemplatesPublish, EmailTemplatesRead, EmailTemplatesUpdate};
use crate::schema::{FieldSpec, Kind};
use crate::services::email_templates;
use crate::services::mail::catalog;
use crate::services::tickets::body::parse_body;
use crate::web::{AnswerDoc, BodyDoc, Doc, Path, Reply, Routes, Write, crud};
use axum::extract::State;
use serde_json::{Value, json};

const PREVIEW: &[FieldSpec] = &[
    FieldSpec::new(Kind::Json { max_bytes: 65_536 })
        .nullable()
        .named("variables", "Values to show, by name; groups as objects."),
    FieldSpec::id_of("tickets").nullable().named("ticket_id", "Ticket whose values to show."),
    FieldSpec::text(1, 500).nullable().named("subject", "Subject to show instead of what is written."),
    FieldSpec::prose(1, 65_536).nullable().named("html", "HTML to show instead of what is written."),
    FieldSpec::prose(0, 65_536).nullable().named("text", "Plain text to show instead of what is written."),
];

const TEST: &[FieldSpec] = &[
    FieldSpec::new(Kind::Json { max_bytes: 65_536 })
        .nullable()
        .named("variables", "Values to show, by name; groups as objects."),
    FieldSpec::id_of("tickets").nullable().named("ticket_id", "Ticket whose values to show."),
];

const SHOWN: &[FieldSpec] = &[
    FieldSpec::text(0, 500).named("subject", "Subject."),
    FieldSpec::prose(0, 262_144).named("html", "HTML."),
    FieldSpec::prose(0, 262_144).named("text", "Plain text."),
];

const SENT: &[FieldSpec] =
    &[FieldSpec::new(Kind::Email).named("to", "Where the mail goes: the caller's address.")];

const REVERT: &[FieldSpec] =
    &[FieldSpec::int(1, i64::MAX).required().named("number", "Number of the version.")];

/// All routes of templates.
pub fn routes() -> Routes {
    let one = "/api/email_templates/{id}";
    let path = |action: &str| format!("{one}/{action}");
    let variables =
        Doc::new("What each mail can print, with the platform's own text.").answer(AnswerDoc::Json);
    let versions = Doc::new("The published versions that are kept, newest first.").answer(AnswerDoc::Json);
    let preview = Doc::new("Show what a template makes, with samples, given values or a real ticket.")
        .body(BodyDoc::Fields(PREVIEW))
        .answer(AnswerDoc::Fields(SHOWN))
        .codes(&[Code::UnknownVariable, Code::InvalidTemplate, Code::ReferenceNotFound]);
    let test = Doc::new("Send the template as it is written to one's own address.")
        .body(BodyDoc::Fields(TEST))
        .answer(AnswerDoc::Fields(SENT))
        .codes(&[Code::InvalidTemplate, Code::ReferenceNotFound, Code::RateLimited]);
    let publish =
        Doc::new("Publish what is written: it is sent from now on.").codes(&[Code::PreconditionFailed]);
    let revert = Doc::new("Take the text of an earlier version back as the draft.")
        .body(BodyDoc::Fields(REVERT))
        .codes(&[Code::ReferenceNotFound, Code::PreconditionFailed]);
    Routes::of("email_templates")
        .get("/api/email_templates/variables", "variables", variables, list_variables)
        .merge(crud::<EmailTemplate>())
        .get(&path("versions"), "versions", versions, list_versions)
        .post(&path("preview"), "preview", preview, show_preview)
        .post(&path("test"), "test", test, send_test)
        .post(&path("publish"), "publish", publish, publish_one)
        .post(&path("revert"), "revert", revert, revert_one)
}

async fn list_variables(_: Authorized<EmailTemplatesRead>) -> Result<Reply> {
    let entry = |key: &&str| {
        let template = catalog::template(key)?;
        let variables: Vec<Value> = template
            .variables
            .iter()
            .map(|variable| {
                let required = variable.missing == catalog::Missing::Fails;
                json!({ "name": variable.path, "doc": variable.doc, "sample": variable.sample, "required": required })
            })
            .collect();
        let defaults: Vec<Value> = ["en", "de"]
            .into_iter()
            .filter_map(|locale| {
                let (subject, html) = template.default_text(locale)?;
                Some(json!({ "locale": locale, "subject": subject, "html": html }))
            })
            .collect();
        Some(json!({ "key": key, "doc": template.doc, "variables": variables, "defaults": defaults }))
    };
    Ok(Reply::ok(json!({ "data": TEMPLATE_KEYS.iter().filter_map(entry).collect::<Vec<_>>() })))
}

async fn list_versions(
    Authorized(permit): Authorized<EmailTemplatesRead>,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Reply> {
    email_templates::versions(&app, &permit, &id).await
}

async fn show_preview(
    Authorized(permit): Authorized<EmailTemplatesUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    parse_body(PREVIEW, &request.body, permit.actor())?;
    email_templates::preview(&app, &permit, &id, &request.body).await
}

async fn send_test(
    Authorized(permit): Authorized<EmailTemplatesUpdate>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    parse_body(TEST, &request.body, permit.actor())?;
    email_templates::send_test(&app, &permit, &id, &request).await
}

async fn publish_one(
    Authorized(permit): Authorized<EmailTemplatesPublish>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    email_templates::publish(&app, &permit, &id, &request).await
}

async fn revert_one(
    Authorized(permit): Authorized<EmailTemplatesPublish>,
    State(app): State<App>,
    Path(id): Path<String>,
    Write(request): Write,
) -> Result<Reply> {
    parse_body(REVERT, &request.body, permit.actor())?;
    email_templates::revert(&app, &permit, &id, &request).await
}
