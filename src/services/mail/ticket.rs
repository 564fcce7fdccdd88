//! What a mail about a ticket tells: the ticket and its message as clients see them, whoever gets the mail.

use crate::app::App;
use crate::db::{Expr, Filter, from_document};
use crate::engine::render;
use crate::errors::{AppError, Result};
use crate::models::{OutboundEmail, Ticket, TicketEvent, TicketMessage, User, UserStatus, Visibility};
use crate::permissions::{Role, TenantScope, masks};
use crate::services::notifications::Subject;
use bson::Document;
use serde_json::{Value, json};

/// What a mail about a ticket is made of, as it is now.
pub(super) struct About {
    /// The ticket.
    pub ticket: Ticket,
    /// Values for the template, without the company's name.
    pub values: Value,
}

/// Reads what a mail about a ticket tells. None when the recipient may no longer see it: the person was disabled or lost
/// the ticket, the message became private.
pub(super) async fn read(app: &App, scope: &TenantScope, email: &OutboundEmail) -> Result<Option<About>> {
    let (Some(ticket_id), Some(user_id)) = (email.ticket_id, email.user_id) else { return Ok(None) };
    let db = app.db();
    let user = db.within::<User>(scope).find_one(Filter::id(user_id)).await?;
    let stored = db.within::<Ticket>(scope).document(&Expr::eq("_id", ticket_id)).await?;
    let (Some(user), Some(stored)) = (user, stored) else { return Ok(None) };
    let event = match email.event_id {
        Some(id) => db.within::<TicketEvent>(scope).find_one(Filter::id(id)).await?,
        None => None,
    };
    let message = match email.message_id {
        Some(id) => db.within::<TicketMessage>(scope).document(&Expr::eq("_id", id)).await?,
        None => None,
    };
    let parsed: Option<TicketMessage> = message.as_ref().map(from_document).transpose()?;
    if email.message_id.is_some() && parsed.is_none() || user.status == UserStatus::Disabled {
        return Ok(None);
    }
    let Some(event) = event else { return Ok(None) };
    let subject = Subject::new(stored.clone(), &event, parsed.as_ref());
    if !subject.is_visible_to(&user, scope) {
        return Ok(None);
    }
    let mut values = client_values(app, &stored, message.as_ref())?;
    values["recipient_name"] = Value::String(user.name);
    Ok(Some(About { ticket: from_document(&stored)?, values }))
}

/// A ticket and a message of it, through the eyes of a client: no template can print what is for staff only. A message
/// that is not public is left out.
pub(crate) fn client_values(app: &App, ticket: &Document, message: Option<&Document>) -> Result<Value> {
    let id = ticket.get_object_id("_id").map_err(|_| AppError::bug("a ticket without id"))?;
    let shown = render::<Ticket>(ticket, masks::read_mask("tickets", Role::Client))?.body;
    let mut values = json!({
        "ticket": {
            "reference": shown["reference"],
            "subject": shown["subject"],
            "status": shown["status"].as_str().map(|status| status.replace('_', " ")),
            "link": format!("{}/tickets/{}/show", app.limits().public_url, id.to_hex()),
        },
    });
    let public =
        |message: &&Document| message.get_str("visibility").is_ok_and(|v| v == Visibility::Public.as_str());
    if let Some(message) = message.filter(public) {
        let shown = render::<TicketMessage>(message, masks::read_mask("ticket_messages", Role::Client))?.body;
        values["message"] = json!({ "body": shown["body"], "author_name": shown["author_name"] });
    }
    Ok(values)
}
