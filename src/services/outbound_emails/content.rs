//! The text of a mail, for administrators.

use crate::app::App;
use crate::errors::{AppError, Code, Result};
use crate::models::{OutboundEmail, OutboundState};
use crate::permissions::{OutboundEmailsContent, Permit, system};
use crate::services::mail::{Made, contents};
use crate::web::Reply;
use bson::oid::ObjectId;
use serde_json::json;

/// The text of a mail as it is sent now, as `{subject, html, text}`.
///
/// # Errors
/// 403 `content_sealed` for mails with a credential, unless the program is tried out: whoever could read the reset links
/// of a company's people could take over their accounts. 409 `content_unavailable` when there is nothing to show.
pub async fn content(app: &App, permit: &Permit<OutboundEmailsContent>, id: &str) -> Result<Reply> {
    let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    let email: OutboundEmail = app.db().of(permit).get(id).await?;
    let readable = email.state == OutboundState::Kept && app.mail().is_trial();
    if email.sensitive && !readable {
        let detail = "The mail carries a credential: only its recipient reads it.";
        return Err(AppError::problem(Code::ContentSealed, detail));
    }
    let home = permit.scope();
    let scope = system::company_of(&email, home.request_id()).unwrap_or_else(|| home.clone());
    match contents(app, &scope, &email).await? {
        Made::Ready(ready) => {
            let mail = &ready.rendered;
            Ok(Reply::ok(json!({ "subject": mail.subject, "html": mail.html, "text": mail.text })).no_store())
        }
        Made::Withheld => {
            let detail = "The recipient may not see any more what the mail tells of.";
            Err(AppError::problem(Code::ContentUnavailable, detail))
        }
        Made::Broken(fault) => {
            let detail = format!("{}: {}", fault.part, fault.message);
            Err(AppError::problem(Code::ContentUnavailable, detail))
        }
    }
}
