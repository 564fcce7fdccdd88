//! Hands a mail to a server, and tells what came of it.

use super::choose::Sender;
use super::compose::Outgoing;
use super::platform::{COMMAND, Transport};
use super::render::one_line;
use crate::app::App;
use crate::engine::unseal;
use crate::errors::{AppError, Code, Result};
use crate::models::{MailSecurity, Mailbox};
use lettre::AsyncTransport;
use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::Tls;
use std::time::Duration;

/// Longest time that handing over takes, with all its commands.
const WHOLE: Duration = Duration::from_secs(180);

/// What came of handing a mail over.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The server has it.
    Accepted,
    /// The server will never take it.
    Refused(String),
    /// It may be taken later. `uncertain` when the server may have it all the same.
    Later { why: String, uncertain: bool },
}

/// The way by which a sender sends; none when there is no server, so that mails are kept.
pub(super) async fn way(app: &App, sender: &Sender) -> Result<Option<Transport>> {
    match sender.mailbox.as_ref().filter(|_| sender.own_server) {
        Some(mailbox) => connect(app, mailbox).await.map(Some),
        None => app.mail().transport(),
    }
}

/// The way to a mailbox's server. The connection goes to the very address that was looked at, the certificate is checked
/// for the name.
///
/// # Errors
/// 422 when there is none, or it may not be connected to.
pub(crate) async fn connect(app: &App, mailbox: &Mailbox) -> Result<Transport> {
    let missing = || AppError::problem(Code::ValidationFailed, "The mailbox has no SMTP server.");
    let server = mailbox.smtp.as_ref().ok_or_else(missing)?;
    let host = server.get_str("host").unwrap_or_default();
    let port = u16::try_from(server.get_i64("port").unwrap_or_default()).unwrap_or_default();
    let addresses = app.egress().resolve(host, port).await?;
    let address = addresses.first().ok_or_else(missing)?;
    let tls = match server.get_str("security").ok().and_then(MailSecurity::parse) {
        Some(MailSecurity::None) => Tls::None,
        Some(MailSecurity::Tls) => Tls::Wrapper(app.mail().parameters(host)?),
        Some(MailSecurity::Starttls) | None => Tls::Required(app.mail().parameters(host)?),
    };
    let mut builder = Transport::builder_dangerous(address.ip().to_string()).port(port).tls(tls);
    if let (Ok(user), Some(sealed)) = (server.get_str("username"), &mailbox.smtp_password) {
        let password = unseal::<Mailbox>(app.data_keys(), mailbox.company_id, "smtp_password", sealed)?;
        builder = builder.credentials(Credentials::new(user.to_owned(), password));
    }
    Ok(builder.timeout(Some(COMMAND)).build())
}

/// Hands a mail over.
pub(super) async fn hand_over(transport: &Transport, mail: &Outgoing) -> Outcome {
    let first = attempt(transport, &mail.envelope, &mail.bytes).await;
    // Some servers take no mail without a sender. A refusal means that they do not have it: it can be sent again.
    if matches!(first, Outcome::Refused(_)) && mail.envelope.from().is_none() {
        return attempt(transport, &mail.plain_envelope, &mail.bytes).await;
    }
    first
}

async fn attempt(transport: &Transport, envelope: &Envelope, bytes: &[u8]) -> Outcome {
    match tokio::time::timeout(WHOLE, transport.send_raw(envelope, bytes)).await {
        Ok(Ok(_)) => Outcome::Accepted,
        Ok(Err(error)) if error.is_permanent() => Outcome::Refused(sentence(&error)),
        Ok(Err(error)) => {
            let why = sentence(&error);
            let uncertain = !error.is_transient() && !is_before_the_mail(&error);
            Outcome::Later { why, uncertain }
        }
        Err(_elapsed) => Outcome::Later { why: "The server took too long.".to_owned(), uncertain: true },
    }
}

/// Whether nothing of the mail can have reached the server yet.
fn is_before_the_mail(error: &Error) -> bool {
    error.is_client() || error.is_tls() || error.to_string().starts_with("Connection error")
}

/// What is told of a failure: the server's own words, cut.
pub(crate) fn sentence(error: &Error) -> String {
    let text = match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    };
    one_line(&text).chars().take(300).collect()
}
