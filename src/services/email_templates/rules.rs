//! The rules that every write of a template obeys: it can be filled, and a change of its text is a draft.

use crate::db::{Draft, Patch};
use crate::engine::{Rules, Writing};
use crate::errors::{AppError, Code, FieldErrors, Problem, Result};
use crate::models::{EmailTemplate, TemplateStatus};
use crate::permissions::{EmailTemplatesCreate, EmailTemplatesDelete, EmailTemplatesUpdate};
use crate::services::mail::{Texts, catalog, check};
use bson::Bson;
use serde_json::{Value, json};

impl Rules for EmailTemplate {
    type Create = EmailTemplatesCreate;
    type Update = EmailTemplatesUpdate;
    type Delete = EmailTemplatesDelete;
    const REFUSALS: &'static [Code] = &[Code::UnknownVariable, Code::InvalidTemplate];

    async fn before_create(_: &mut Writing<'_>, draft: &mut Draft<Self>) -> Result<()> {
        let text = |value: Option<&Bson>| value.and_then(Bson::as_str).unwrap_or_default().to_owned();
        let texts = Texts {
            locale: text(draft.get(Self::locale())),
            subject: text(draft.get(Self::subject())),
            html: text(draft.get(Self::html())),
            text: text(draft.get(Self::text())),
        };
        refuse_faults(&text(draft.get(Self::key())), &texts)
    }

    async fn before_update(_: &mut Writing<'_>, current: &Self, patch: &mut Patch<Self>) -> Result<()> {
        let text = |value: Option<&Bson>, now: &str| value.and_then(Bson::as_str).unwrap_or(now).to_owned();
        let texts = Texts {
            locale: current.locale.clone(),
            subject: text(patch.get(Self::subject()), &current.subject),
            html: text(patch.get(Self::html()), &current.html),
            text: text(patch.get(Self::text()), &current.text),
        };
        refuse_faults(&current.key, &texts)?;
        if !patch.is_empty() {
            patch.put(Self::status(), TemplateStatus::Draft);
        }
        Ok(())
    }
}

/// Refuses texts that cannot be filled. `positions` in the problem says where each fault stands.
pub(super) fn refuse_faults(key: &str, texts: &Texts) -> Result<()> {
    let template = catalog::template(key).ok_or_else(|| AppError::bug("a template without declaration"))?;
    let findings = check::check(template, texts);
    if findings.is_empty() {
        return Ok(());
    }
    let mut errors = FieldErrors::default();
    for finding in &findings {
        let place = format!("Line {}, column {}: {}", finding.line, finding.column, finding.message);
        errors.add(finding.part, finding.code, place);
    }
    let positions: Vec<Value> = findings
        .iter()
        .map(|finding| {
            json!({
                "field": finding.part, "line": finding.line, "column": finding.column,
                "code": finding.code.as_str(), "message": finding.message,
            })
        })
        .collect();
    Err(Problem::fields(errors).with("positions", positions).into())
}
