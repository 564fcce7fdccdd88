//! Hands a mail to a server, and tells what came of it.

use super::choose::Sender;
use super::compose::Outgoing;
use super::own_server::{Fault, OwnServer};
use super::platform::Transport;
use super::render::one_line;
use crate::app::App;
use crate::errors::Result;
use lettre::AsyncTransport;
use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use std::time::Duration;

/// Longest time that handing over takes, with all its commands. A worker waits so long for a server that says nothing.
const WHOLE: Duration = Duration::from_secs(90);

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

/// The way by which a sender sends.
pub(super) enum Way {
    /// The platform's server.
    Platform(Transport),
    /// That of the mailbox.
    Own(OwnServer),
}

/// The way by which a sender sends; none when there is no server, so that mails are kept.
pub(super) async fn way(app: &App, sender: &Sender) -> Result<Option<Way>> {
    match sender.mailbox.as_ref().filter(|_| sender.own_server) {
        Some(mailbox) => Ok(Some(Way::Own(OwnServer::of(app, mailbox)?))),
        None => Ok(app.mail().transport()?.map(Way::Platform)),
    }
}

/// Hands a mail over.
pub(super) async fn hand_over(app: &App, way: &Way, mail: &Outgoing) -> Outcome {
    let work = async {
        let first = attempt(app, way, &mail.envelope, &mail.bytes).await;
        // Some servers take no mail without a sender. A refusal means that they do not have it: it can be sent again.
        if matches!(first, Outcome::Refused(_)) && mail.envelope.from().is_none() {
            return attempt(app, way, &mail.plain_envelope, &mail.bytes).await;
        }
        first
    };
    let late = |_| Outcome::Later { why: "The server took too long.".to_owned(), uncertain: true };
    tokio::time::timeout(WHOLE, work).await.unwrap_or_else(late)
}

async fn attempt(app: &App, way: &Way, envelope: &Envelope, bytes: &[u8]) -> Outcome {
    let failed = match way {
        Way::Platform(transport) => match transport.send_raw(envelope, bytes).await {
            Ok(_) => return Outcome::Accepted,
            Err(error) => Fault::During(error),
        },
        Way::Own(server) => match server.send(app, envelope, bytes).await {
            Ok(()) => return Outcome::Accepted,
            Err(failed) => failed,
        },
    };
    match failed {
        Fault::Away(why) => Outcome::Later { why, uncertain: false },
        Fault::Before(error) | Fault::During(error) if error.is_permanent() => {
            Outcome::Refused(sentence(&error))
        }
        Fault::Before(error) => Outcome::Later { why: sentence(&error), uncertain: false },
        Fault::During(error) => {
            let uncertain = !error.is_transient() && !is_before_the_mail(&error);
            Outcome::Later { why: sentence(&error), uncertain }
        }
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
