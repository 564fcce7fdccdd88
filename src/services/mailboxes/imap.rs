//! Logs in to the IMAP server of a mailbox.

use super::meter::Metered;
use super::reach::MailServer;
use super::talk::{Imap, SHORT, Wire, open, said, timed};
use crate::app::App;
use crate::engine::unseal;
use crate::models::{MailSecurity, Mailbox};
use async_imap::Client;

/// Connects and logs in. The error is for administrators: what failed, without any secret.
pub(crate) async fn connect(app: &App, mailbox: &Mailbox) -> Result<Imap, String> {
    let server = mailbox.imap.as_ref().ok_or("The mailbox has no IMAP server.")?;
    let place = MailServer::of(server, MailSecurity::Tls);
    let stream = timed(place.dial(app)).await??;
    let client = match place.security {
        MailSecurity::None => greeted(Client::new(metered(Box::new(stream)))).await?,
        MailSecurity::Starttls => {
            let mut plain = greeted(Client::new(Metered::imap(stream, SHORT))).await?;
            timed(plain.run_command_and_check_ok("STARTTLS", None))
                .await?
                .map_err(|error| said("STARTTLS", &error))?;
            // What came before the protection is forgotten.
            let stream = plain.into_inner().into_inner();
            Client::new(metered(Box::new(timed(place.protect(app, stream)).await??)))
        }
        MailSecurity::Tls => {
            greeted(Client::new(metered(Box::new(timed(place.protect(app, stream)).await??)))).await?
        }
    };
    let password = match mailbox.imap_password.as_deref() {
        None | Some("") => String::new(),
        Some(sealed) => unseal::<Mailbox>(app.data_keys(), mailbox.company_id, "imap_password", sealed)
            .map_err(|_| "The stored password cannot be read. Set it again.".to_owned())?,
    };
    let user = server.get_str("username").unwrap_or_default();
    let session = timed(client.login(user, &password)).await?;
    session.map_err(|(error, _)| said("log-in", &error))
}

/// Logs in, opens the folder and logs out.
pub(super) async fn log_in(app: &App, mailbox: &Mailbox) -> Result<(), String> {
    let mut session = connect(app, mailbox).await?;
    open(&mut session, folder(mailbox), false).await?;
    timed(session.logout()).await?.map_err(|error| said("log-out", &error))
}

/// The folder that mail is fetched from.
pub(crate) fn folder(mailbox: &Mailbox) -> &str {
    mailbox.imap.as_ref().and_then(|imap| imap.get_str("folder").ok()).unwrap_or("INBOX")
}

fn metered(wire: Box<dyn Wire>) -> Metered<Box<dyn Wire>> {
    Metered::imap(wire, SHORT)
}

async fn greeted<T: Wire>(mut client: Client<T>) -> Result<Client<T>, String> {
    match timed(client.read_response()).await? {
        Ok(Some(_)) => Ok(client),
        _ => Err("The server does not speak IMAP.".to_owned()),
    }
}
