//! Puts a mail into the form in which servers take it: headers, both parts, signature.

use super::ancestors::ancestors;
use super::contents::Contents;
use super::dkim;
use super::render::one_line;
use crate::app::App;
use crate::errors::{AppError, Result};
use crate::models::OutboundEmail;
use crate::permissions::TenantScope;
use crate::services::mail_ids::{loop_mark, message_id, reply_address};
use bson::DateTime;
use lettre::address::Envelope;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use std::time::{Duration, SystemTime};

/// Mails that answer one of the recipient's.
const ANSWERS: &[&str] = &["ticket_created", "mail_too_large"];

/// A mail as it goes out.
pub(super) struct Outgoing {
    /// Who it comes from and goes to, for the server.
    pub envelope: Envelope,
    /// The same with an address that a failure can be sent to, for servers that refuse mail without one.
    pub plain_envelope: Envelope,
    /// The mail.
    pub bytes: Vec<u8>,
    /// Its `Message-ID`.
    pub message_id: String,
}

/// Composes a mail; `None` when the recipient's address cannot be used.
pub(super) async fn compose(
    app: &App,
    scope: &TenantScope,
    email: &OutboundEmail,
    contents: &Contents,
) -> Result<Option<Outgoing>> {
    let (sender, rendered) = (&contents.sender, &contents.rendered);
    let (Ok(to), Ok(from)) = (email.to.parse::<Address>(), sender.address.parse::<Address>()) else {
        return Ok(None);
    };
    let message_id = match &email.internet_message_id {
        Some(id) => id.clone(),
        None => message_id(app.data_keys(), email.company_id, email.id, sender.domain()),
    };
    let mut builder = Message::builder()
        .from(named(&sender.name, from.clone()))
        .to(named(email.to_name.as_deref().unwrap_or_default(), to.clone()))
        .subject(one_line(&rendered.subject))
        .message_id(Some(message_id.clone()))
        .date(at(app.clock().now()));
    if let Some(reply_to) = reply_to(app, email, contents) {
        builder = builder.reply_to(Mailbox::new(None, reply_to));
    }
    let earlier = ancestors(app, scope, email).await?;
    if let Some(last) = earlier.ids.last() {
        builder = builder.in_reply_to(last.clone()).references(earlier.ids.join(" "));
    }
    // What a person wrote is no automatic mail: failures shall come back, and an answer is welcome.
    let written = email.template == "ticket_reply";
    let mut told = vec![
        ("X-Auto-Response-Suppress", "All".to_owned()),
        ("X-Stoa-Loop", loop_mark(app.data_keys(), email.company_id)),
    ];
    if !written {
        // The first mail to what someone wrote answers it; what is told later is news (RFC 3834 section 5).
        let answers = earlier.theirs && ANSWERS.contains(&email.template.as_str());
        told.push(("Auto-Submitted", if answers { "auto-replied" } else { "auto-generated" }.to_owned()));
        told.push(("Precedence", "bulk".to_owned()));
    }
    for (name, value) in told {
        builder = builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
    }
    let parts = MultiPart::alternative_plain_html(rendered.text.clone(), rendered.html.clone());
    let message = builder.multipart(parts).map_err(AppError::internal)?;
    let bytes = sign(app, contents, message.formatted())?;
    let returned = if written { Some(from.clone()) } else { None };
    let envelope = Envelope::new(returned, vec![to.clone()]).map_err(AppError::internal)?;
    let plain_envelope = Envelope::new(Some(from), vec![to]).map_err(AppError::internal)?;
    Ok(Some(Outgoing { envelope, plain_envelope, bytes, message_id }))
}

/// An address with a name that is one line.
fn named(name: &str, address: Address) -> Mailbox {
    let name = one_line(name);
    Mailbox::new(Some(name).filter(|name| !name.is_empty()), address)
}

fn at(now: DateTime) -> SystemTime {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}

/// Where answers go: to the mailbox, with the signed ticket in the address where its server can take that.
fn reply_to(app: &App, email: &OutboundEmail, contents: &Contents) -> Option<Address> {
    let (mailbox, ticket) = (contents.sender.mailbox.as_ref()?, contents.ticket.as_ref()?);
    let signed = email
        .company_id
        .filter(|_| mailbox.subaddressing)
        .and_then(|company| reply_address(app.data_keys(), company, ticket.id, &mailbox.address));
    signed.unwrap_or_else(|| mailbox.address.clone()).parse().ok()
}

/// Signs for the domain of the mailbox, where it has a key and the mail comes from it.
fn sign(app: &App, contents: &Contents, message: Vec<u8>) -> Result<Vec<u8>> {
    let Some(mailbox) = contents.sender.mailbox.as_ref() else { return Ok(message) };
    let (Some(key), Some(dkim)) = (&mailbox.dkim_key, &mailbox.dkim) else { return Ok(message) };
    let part = |name: &str| dkim.get_str(name).unwrap_or_default();
    if contents.sender.domain() != part("domain") {
        return Ok(message);
    }
    let private = app.data_keys().open(super::DKIM_PURPOSE, &mailbox.id.bytes(), key)?;
    let private = String::from_utf8(private).map_err(AppError::internal)?;
    dkim::sign(part("algorithm"), &private, part("domain"), part("selector"), &message)
}
