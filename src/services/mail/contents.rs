//! The text of a mail as it is sent: found, filled and in the recipient's language.

use super::choose::{Sender, sender_of};
use super::render::{Fault, Rendered};
use super::{PREPARED, catalog, render, texts, ticket};
use crate::app::App;
use crate::db::Filter;
use crate::errors::Result;
use crate::models::{Company, OutboundEmail, Ticket};
use crate::permissions::TenantScope;
use serde_json::Value;

/// A mail that is ready, but for its headers.
pub struct Contents {
    /// What the recipient reads.
    pub rendered: Rendered,
    /// Who it comes from.
    pub(super) sender: Sender,
    /// Ticket that it is about.
    pub(super) ticket: Option<Ticket>,
}

/// What became of the attempt to make up a mail.
pub enum Made {
    /// It is ready.
    Ready(Box<Contents>),
    /// The recipient may no longer see what it tells of.
    Withheld,
    /// The template cannot be filled.
    Broken(Fault),
}

/// Makes up a mail as it is sent now.
pub async fn contents(app: &App, scope: &TenantScope, email: &OutboundEmail) -> Result<Made> {
    if email.template == PREPARED {
        return prepared(app, scope, email).await;
    }
    let Some(template) = catalog::template(&email.template) else {
        let message = "There is no such mail.".to_owned();
        return Ok(Made::Broken(Fault { part: "template".to_owned(), message, line: None }));
    };
    let company = company_of(app, scope, email).await?;
    let (mut values, about) = if email.ticket_id.is_some() {
        let Some(about) = ticket::read(app, scope, email).await? else { return Ok(Made::Withheld) };
        (about.values, Some(about.ticket))
    } else {
        (crate::services::outbound_emails::variables(app, email)?, None)
    };
    if let (Value::Object(values), Some(company)) = (&mut values, &company) {
        values.entry("company").or_insert_with(|| Value::String(company.name.clone()));
    }
    let db = app.db();
    let found = texts::find(db, scope, template, company.as_ref(), email.locale.as_deref()).await?;
    let rendered = match render::render(template, &found, &values) {
        Ok(rendered) => rendered,
        Err(fault) => return Ok(Made::Broken(fault)),
    };
    let sender = sender_of(app, scope, email, company.as_ref(), about.as_ref()).await?;
    Ok(Made::Ready(Box::new(Contents { rendered, sender, ticket: about })))
}

/// A mail whose text was made up when it was queued.
async fn prepared(app: &App, scope: &TenantScope, email: &OutboundEmail) -> Result<Made> {
    let values = crate::services::outbound_emails::variables(app, email)?;
    let part = |name: &str| values[name].as_str().unwrap_or_default().to_owned();
    let rendered = Rendered { subject: part("subject"), html: part("html"), text: part("text") };
    let company = company_of(app, scope, email).await?;
    let sender = sender_of(app, scope, email, company.as_ref(), None).await?;
    Ok(Made::Ready(Box::new(Contents { rendered, sender, ticket: None })))
}

async fn company_of(app: &App, scope: &TenantScope, email: &OutboundEmail) -> Result<Option<Company>> {
    match email.company_id {
        Some(id) => app.db().within::<Company>(scope).find_one(Filter::id(id)).await,
        None => Ok(None),
    }
}
