//! Sends a template to the person who asks, and to nobody else.

use crate::answer_once;
use crate::app::App;
use crate::db::{Expr, Filter, Op};
use crate::engine::WriteRequest;
use crate::engine::audit::{self, Act};
use crate::errors::{AppError, Code, Problem, Result};
use crate::models::{EmailTemplate, OutboundEmail, User};
use crate::permissions::{EmailTemplatesUpdate, Permit};
use crate::services::mail::PREPARED;
use crate::services::outbound_emails::{self, NewEmail};
use crate::web::Reply;
use bson::{DateTime, oid::ObjectId};
use serde_json::json;

/// Test mails that a person gets in an hour.
const MOST: u64 = 10;
const HOUR_MS: i64 = 3_600_000;

/// Queues the template as it is written, filled like a preview, to the caller's own address. Answers `{to}`.
pub async fn send_test(
    app: &App,
    permit: &Permit<EmailTemplatesUpdate>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let id = ObjectId::parse_str(id).map_err(|_| AppError::not_found())?;
    let template: EmailTemplate = app.db().of(permit).get(id).await?;
    let texts = super::draft_of(&template);
    let rendered = super::preview::shown(app, permit.caller(), &template, &texts, &request.body).await?;
    let home = permit.actor().home_scope();
    let user = app.db().within::<User>(&home).find_one(Filter::id(permit.actor().user_id())).await?;
    let user = user.ok_or_else(AppError::not_found)?;
    let to = user.email.clone();
    answer_once!(app.db(), permit, request, |tx| {
        let since = DateTime::from_millis(tx.now().timestamp_millis() - HOUR_MS);
        let lately = Filter::eq(OutboundEmail::to(), to.as_str())
            .and(Filter::eq(OutboundEmail::template(), PREPARED))
            .and(Expr::cmp("created_at", Op::Gt, since));
        if tx.within::<OutboundEmail>(permit.scope()).count(lately).await? >= MOST {
            let detail = format!("You get at most {MOST} test mails an hour.");
            return Err(Problem::new(Code::RateLimited, detail).retry_after(600).into());
        }
        let email = NewEmail {
            template: PREPARED,
            to: to.clone(),
            to_name: Some(user.name.clone()),
            locale: user.locale.clone(),
            variables: json!({ "subject": rendered.subject, "html": rendered.html, "text": rendered.text }),
            sensitive: false,
            dedupe_key: format!("template_test:{}", ObjectId::new().to_hex()),
            ticket_id: None,
            message_id: None,
        };
        outbound_emails::queue(app, &mut tx, permit.scope(), &email).await?;
        let act = Act {
            action: "email_templates.test",
            resource: "email_templates",
            id: Some(template.id),
            changes: Vec::new(),
            version: None,
        };
        audit::append(&mut tx, permit.scope(), Some(permit.actor()), act).await?;
        Ok(Reply::ok(json!({ "to": to.clone() })))
    })
}
