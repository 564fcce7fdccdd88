//! Sends a mail once more that could not be sent.

use super::enqueue_sending;
use crate::answer_once;
use crate::app::App;
use crate::db::{Draft, Patch, from_document};
use crate::engine::{Rules, WriteRequest, Writing, apply, record_act, reply, visible};
use crate::errors::{AppError, Code, Result};
use crate::models::{OutboundEmail, OutboundState};
use crate::permissions::{OutboundEmailsRetry, Permit, system};
use crate::web::Reply;
use bson::Bson;

impl Rules for OutboundEmail {
    // Mails come from events only; the three are refused below, whoever might serve them one day.
    type Create = OutboundEmailsRetry;
    type Update = OutboundEmailsRetry;
    type Delete = OutboundEmailsRetry;

    async fn before_create(_: &mut Writing<'_>, _: &mut Draft<Self>) -> Result<()> {
        Err(refused())
    }

    async fn before_update(_: &mut Writing<'_>, _: &Self, _: &mut Patch<Self>) -> Result<()> {
        Err(refused())
    }

    async fn before_delete(_: &mut Writing<'_>, _: &Self) -> Result<()> {
        Err(refused())
    }
}

fn refused() -> AppError {
    AppError::problem(Code::Forbidden, "Mails are written by what they tell of.")
}

/// Queues a mail again that failed, was kept or came back, and answers with it.
pub async fn retry(
    app: &App,
    permit: &Permit<OutboundEmailsRetry>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    answer_once!(app.db(), permit, request, |tx| {
        let stored = visible::<OutboundEmail, _>(&mut tx, permit, id, false).await?;
        let email: OutboundEmail = from_document(&stored)?;
        request.conditions.check(email.version)?;
        if !matches!(email.state, OutboundState::Failed | OutboundState::Kept | OutboundState::Bounced) {
            let detail = format!("The mail is {}.", email.state.as_str());
            return Err(AppError::problem(Code::InvalidTransition, detail));
        }
        let patch = Patch::new()
            .set(OutboundEmail::state(), OutboundState::Queued)
            .set(OutboundEmail::attempts(), 0_i64)
            .set(OutboundEmail::last_error(), Bson::Null)
            .set(OutboundEmail::accepted_at(), Bson::Null)
            .set(OutboundEmail::delivery(), Bson::Null)
            .set(OutboundEmail::claimed_until(), Bson::Null);
        let after = apply::<OutboundEmail, _>(&mut tx, permit, &stored, patch).await?;
        record_act::<OutboundEmail>(&mut tx, permit, "retry", Some(&stored), &after).await?;
        let home = permit.scope();
        let scope = system::company_of(&email, home.request_id()).unwrap_or_else(|| home.clone());
        enqueue_sending(&mut tx, &scope, &email, email.version).await?;
        reply::<OutboundEmail, _>(permit, &after)
    })
}
