//! What people do with incoming mail: look at its bytes, have it looked at again, take a file out of it.

use super::{ReceiveEmail, raw};
use crate::answer_once;
use crate::app::App;
use crate::db::{Expr, Filter, Patch, TenantModel, Tx};
use crate::engine::audit::{self, Act};
use crate::engine::{self, Rules, WriteRequest, reply};
use crate::errors::{AppError, Code, Result};
use crate::jobs::{When, enqueue};
use crate::mail::part_content;
use crate::models::{EmailRecipient, InboundChunk, InboundEmail, InboundState, Job, JobState};
use crate::permissions::{
    EmailRecipientsRelease, InboundEmailsRaw, InboundEmailsRead, InboundEmailsReprocess, MessagesRead,
    Permit, TicketsRead,
};
use crate::transaction;
use crate::web::Reply;
use bson::{Bson, Document, oid::ObjectId};

/// Nobody writes mails but the program; this binds the one action that people have.
impl Rules for InboundEmail {
    type Create = InboundEmailsReprocess;
    type Update = InboundEmailsReprocess;
    type Delete = InboundEmailsReprocess;
}

/// As with mails.
impl Rules for EmailRecipient {
    type Create = EmailRecipientsRelease;
    type Update = EmailRecipientsRelease;
    type Delete = EmailRecipientsRelease;
}

/// Has a mail looked at once more, that is in no ticket, and answers with it.
///
/// # Errors
/// 409 `conflict` when it is in a ticket, repeats another mail or waits already.
pub async fn reprocess(
    app: &App,
    permit: &Permit<InboundEmailsReprocess>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let wanted = InboundEmail::lookup(id).ok_or_else(AppError::not_found)?;
    answer_once!(app.db(), permit, request, |tx| {
        let before = tx.of(permit).document(&wanted).await?.ok_or_else(AppError::not_found)?;
        let email: InboundEmail = crate::db::from_document(&before)?;
        request.conditions.check(email.version)?;
        if email.reason.as_deref() == Some("duplicate") {
            let detail = "The mail repeats one that came before; have that one looked at.";
            return Err(AppError::problem(Code::Conflict, detail));
        }
        let waits = email.state == InboundState::Received && is_waiting(&mut tx, permit, &email).await?;
        if email.state == InboundState::Processed || waits {
            let detail = "The mail is in a ticket, or waits to be looked at.";
            return Err(AppError::problem(Code::Conflict, detail));
        }
        let runs = email.runs + 1;
        let patch = Patch::new()
            .set(InboundEmail::state(), InboundState::Received)
            .set(InboundEmail::reason(), Bson::Null)
            .set(InboundEmail::error(), Bson::Null)
            .set(InboundEmail::runs(), runs);
        let after =
            tx.of(permit).update_document(email.id, &Expr::eq("version", email.version), patch).await?;
        let after = after.ok_or_else(|| AppError::bug("a mail that changed within the transaction"))?;
        let when = When { unique_key: Some(ReceiveEmail::key(email.id, runs)), ..When::default() };
        enqueue::<ReceiveEmail>(&mut tx, permit.scope(), &ReceiveEmail::payload(email.id), when).await?;
        let act = Act {
            action: "inbound_emails.reprocess",
            resource: "inbound_emails",
            id: Some(email.id),
            changes: engine::changes::<InboundEmail>(Some(&before), &after),
            version: Some(email.version + 1),
        };
        audit::append(&mut tx, permit.scope(), Some(permit.actor()), act).await?;
        reply(permit, &after)
    })
}

/// Whether a job will look at a mail. People cancel jobs, and those that end their worker are given up.
async fn is_waiting(
    tx: &mut Tx,
    permit: &Permit<InboundEmailsReprocess>,
    email: &InboundEmail,
) -> Result<bool> {
    let key = ReceiveEmail::key(email.id, email.runs);
    let live = Filter::eq(Job::unique_key(), key.as_str())
        .and(Filter::is_in(Job::state(), [JobState::Ready, JobState::Leased]));
    tx.within::<Job>(permit.scope()).exists(live).await
}

/// The bytes of a mail as it came. That someone looked at them is in the audit log.
pub async fn raw_mail(app: &App, permit: &Permit<InboundEmailsRaw>, id: &str) -> Result<Vec<u8>> {
    let email = engine::get(app.db(), &permit.other::<InboundEmailsRead>(), id).await?;
    let id = email.get_object_id("_id").map_err(AppError::internal)?;
    let bytes = raw::read_as(app.db(), permit, id).await?;
    if bytes.is_empty() {
        return Err(AppError::not_found());
    }
    transaction!(app.db(), permit.actor().author(), |tx| {
        let act = Act {
            action: "inbound_emails.raw",
            resource: "inbound_emails",
            id: Some(id),
            changes: Vec::new(),
            version: None,
        };
        audit::append(&mut tx, permit.scope(), Some(permit.actor()), act).await
    })?;
    Ok(bytes)
}

/// Lets automatic mail go to an address again, and answers with it.
pub async fn release(
    app: &App,
    permit: &Permit<EmailRecipientsRelease>,
    id: &str,
    request: &WriteRequest,
) -> Result<Reply> {
    let wanted = EmailRecipient::lookup(id).ok_or_else(AppError::not_found)?;
    answer_once!(app.db(), permit, request, |tx| {
        let before = tx.of(permit).document(&wanted).await?.ok_or_else(AppError::not_found)?;
        let recipient: EmailRecipient = crate::db::from_document(&before)?;
        request.conditions.check(recipient.version)?;
        let patch = Patch::new()
            .set(EmailRecipient::suppressed_until(), Bson::Null)
            .set(EmailRecipient::suppressed_reason(), Bson::Null)
            .set(EmailRecipient::capped_at(), Bson::Null)
            .set(EmailRecipient::recent(), Vec::<Document>::new());
        let after = tx
            .of(permit)
            .update_document(recipient.id, &Expr::eq("version", recipient.version), patch)
            .await?;
        let after = after.ok_or_else(|| AppError::bug("an address that changed within the transaction"))?;
        let act = Act {
            action: "email_recipients.release",
            resource: "email_recipients",
            id: Some(recipient.id),
            changes: engine::changes::<EmailRecipient>(Some(&before), &after),
            version: Some(recipient.version + 1),
        };
        audit::append(&mut tx, permit.scope(), Some(permit.actor()), act).await?;
        reply(permit, &after)
    })
}

/// A file that a message's mail carried.
#[derive(Clone, Debug)]
pub struct Part {
    /// Name of the file.
    pub filename: String,
    /// Type as the mail says.
    pub content_type: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A file of a message, for whoever sees ticket and message.
pub async fn part(
    app: &App,
    permit: &Permit<MessagesRead>,
    ticket: &str,
    message: &str,
    number: usize,
) -> Result<Part> {
    let parent = engine::get(app.db(), &permit.other::<TicketsRead>(), ticket).await?;
    let message = engine::get(app.db(), permit, message).await?;
    if message.get("ticket_id") != parent.get("_id") {
        return Err(AppError::not_found());
    }
    let wanted = i64::try_from(number).unwrap_or(i64::MAX);
    let listed = message.get_array("email_parts").ok().into_iter().flatten().filter_map(Bson::as_document);
    let listed = listed.into_iter().find(|part| part.get_i64("part").ok() == Some(wanted));
    let mail: Option<ObjectId> =
        message.get_document("email").ok().and_then(|email| email.get_object_id("inbound_id").ok());
    let (Some(listed), Some(mail)) = (listed, mail) else { return Err(AppError::not_found()) };
    let text = |name: &str| listed.get_str(name).unwrap_or_default().to_owned();
    let (filename, content_type) = (text("filename"), text("content_type"));
    // The permit for the bytes is the message itself, which was just seen.
    let whole = raw::read(app.db(), permit.scope(), mail).await?;
    let bytes = tokio::task::spawn_blocking(move || part_content(&whole, number)).await;
    let bytes = bytes.map_err(AppError::internal)?.ok_or_else(AppError::not_found)?;
    Ok(Part { filename, content_type, bytes })
}

/// Removes the bytes of the mail that a message came in by, when its text is taken out for good.
pub(crate) async fn forget(
    tx: &mut crate::db::Tx,
    scope: &crate::permissions::TenantScope,
    message: &Document,
) -> Result<()> {
    let mail = message.get_document("email").ok().and_then(|email| email.get_object_id("inbound_id").ok());
    let Some(mail) = mail else { return Ok(()) };
    let pieces = crate::db::Filter::eq(InboundChunk::email_id(), mail);
    tx.within::<InboundChunk>(scope).remove(pieces).await.map(drop)
}
