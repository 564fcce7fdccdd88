//! The SMTP server that a mailbox names. Each mail has a connection of its own, of which no more is read than the answers of a
//! server can have: a line without end would otherwise be held in memory until time is up.

use super::deliver::sentence;
use crate::app::App;
use crate::engine::unseal;
use crate::errors::{AppError, Code, Result};
use crate::models::{MailSecurity, Mailbox};
use crate::services::mailboxes::{MailServer, Metered};
use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream};
use lettre::transport::smtp::extension::ClientId;
use std::time::Duration;

/// Bytes that a server may say in a connection, with what TLS needs.
const MOST: usize = 256 << 10;
/// How long a server may take to say good-bye.
const BYE: Duration = Duration::from_secs(2);

/// The server of a mailbox.
pub(crate) struct OwnServer {
    place: MailServer,
    credentials: Option<Credentials>,
}

/// Why a server does not have a mail.
pub(super) enum Fault {
    /// It was not reached, in words for administrators.
    Away(String),
    /// What it said, or how the connection broke, before there was a word of a mail.
    Before(Error),
    /// The same afterwards: it may have it.
    During(Error),
}

impl OwnServer {
    /// The server, with its password.
    ///
    /// # Errors
    /// 422 when there is none.
    pub(crate) fn of(app: &App, mailbox: &Mailbox) -> Result<Self> {
        let missing = || AppError::problem(Code::ValidationFailed, "The mailbox has no SMTP server.");
        let server = mailbox.smtp.as_ref().ok_or_else(missing)?;
        let credentials = match (server.get_str("username"), &mailbox.smtp_password) {
            (Ok(user), Some(sealed)) => {
                let password =
                    unseal::<Mailbox>(app.data_keys(), mailbox.company_id, "smtp_password", sealed)?;
                Some(Credentials::new(user.to_owned(), password))
            }
            _ => None,
        };
        Ok(Self { place: MailServer::of(server, MailSecurity::Starttls), credentials })
    }

    /// Connects, logs in and says good-bye.
    pub(crate) async fn test(&self, app: &App) -> std::result::Result<(), String> {
        let mut connection = self.open(app).await.map_err(|fault| match fault {
            Fault::Away(why) => why,
            Fault::Before(error) | Fault::During(error) => sentence(&error),
        })?;
        let answers = connection.test_connected().await;
        leave(connection).await;
        if answers { Ok(()) } else { Err("The server does not answer as it should.".to_owned()) }
    }

    /// Hands a mail over.
    pub(super) async fn send(
        &self,
        app: &App,
        envelope: &Envelope,
        bytes: &[u8],
    ) -> std::result::Result<(), Fault> {
        let mut connection = self.open(app).await?;
        connection.send(envelope, bytes).await.map_err(Fault::During)?;
        // It has the mail: whatever it still says changes nothing.
        tokio::spawn(leave(connection));
        Ok(())
    }

    async fn open(&self, app: &App) -> std::result::Result<AsyncSmtpConnection, Fault> {
        let stream = self.place.dial(app).await.map_err(Fault::Away)?;
        let hello = ClientId::default();
        let stream: Box<dyn AsyncTokioStream> = match self.place.security {
            MailSecurity::Tls => {
                let protected = self.place.protect(app, stream).await.map_err(Fault::Away)?;
                Box::new(Metered::new(protected, MOST))
            }
            MailSecurity::Starttls | MailSecurity::None => Box::new(Metered::new(stream, MOST)),
        };
        let connected = AsyncSmtpConnection::connect_with_transport(stream, &hello).await;
        let mut connection = connected.map_err(Fault::Before)?;
        if self.place.security == MailSecurity::Starttls {
            let unusable = |error: AppError| Fault::Away(crate::services::mailboxes::words(&error));
            let parameters = app.mail().parameters(&self.place.host).map_err(unusable)?;
            connection.starttls(parameters, &hello).await.map_err(Fault::Before)?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await.map_err(Fault::Before)?;
        }
        Ok(connection)
    }
}

async fn leave(mut connection: AsyncSmtpConnection) {
    // The connection is closed in any case.
    tokio::time::timeout(BYE, connection.quit()).await.ok();
}
