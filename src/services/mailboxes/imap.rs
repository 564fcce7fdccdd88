//! Logs in to the IMAP server of a mailbox.

use crate::app::App;
use crate::engine::unseal;
use crate::errors::{AppError, Result};
use crate::models::{MailSecurity, Mailbox};
use crate::services::mail::one_line;
use bson::Document;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use std::fmt::Debug;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Logs in, opens the folder and logs out.
pub(super) async fn log_in(app: &App, mailbox: &Mailbox) -> std::result::Result<(), String> {
    let server = mailbox.imap.as_ref().ok_or("The mailbox has no IMAP server.")?;
    let host = server.get_str("host").unwrap_or_default();
    let port = u16::try_from(server.get_i64("port").unwrap_or_default()).unwrap_or_default();
    let addresses = app.egress().resolve(host, port).await.map_err(|error| words(&error))?;
    let stream = TcpStream::connect(&addresses[..]).await.map_err(|error| plain(&error))?;
    match server.get_str("security").ok().and_then(MailSecurity::parse) {
        Some(MailSecurity::None) => {
            let mut client = async_imap::Client::new(stream);
            greeting(&mut client).await?;
            look(app, mailbox, server, client).await
        }
        Some(MailSecurity::Starttls) => {
            let mut client = async_imap::Client::new(stream);
            greeting(&mut client).await?;
            client.run_command_and_check_ok("STARTTLS", None).await.map_err(|error| plain(&error))?;
            let stream = secure(app, host, client.into_inner()).await?;
            look(app, mailbox, server, async_imap::Client::new(stream)).await
        }
        Some(MailSecurity::Tls) | None => {
            let mut client = async_imap::Client::new(secure(app, host, stream).await?);
            greeting(&mut client).await?;
            look(app, mailbox, server, client).await
        }
    }
}

async fn greeting<S>(client: &mut async_imap::Client<S>) -> std::result::Result<(), String>
where
    S: AsyncRead + AsyncWrite + Unpin + Debug + Send,
{
    match client.read_response().await {
        Ok(Some(_)) => Ok(()),
        _ => Err("The server does not greet.".to_owned()),
    }
}

async fn look<S>(
    app: &App,
    mailbox: &Mailbox,
    server: &Document,
    client: async_imap::Client<S>,
) -> std::result::Result<(), String>
where
    S: AsyncRead + AsyncWrite + Unpin + Debug + Send,
{
    let user = server.get_str("username").unwrap_or_default();
    let password = match &mailbox.imap_password {
        Some(sealed) => unseal::<Mailbox>(app.data_keys(), mailbox.company_id, "imap_password", sealed)
            .map_err(|error| words(&error))?,
        None => String::new(),
    };
    let mut session = client.login(user, password).await.map_err(|(error, _)| plain(&error))?;
    let opened = session.examine(server.get_str("folder").unwrap_or("INBOX")).await;
    let left = session.logout().await;
    opened.map_err(|error| plain(&error))?;
    left.map_err(|error| plain(&error))
}

/// TLS with a certificate for the name, by the public authorities or those of the settings.
async fn secure(
    app: &App,
    host: &str,
    stream: TcpStream,
) -> std::result::Result<TlsStream<TcpStream>, String> {
    let config = trust(app).map_err(|error| words(&error))?;
    let name = ServerName::try_from(host.to_owned()).map_err(|error| plain(&error))?;
    TlsConnector::from(Arc::new(config)).connect(name, stream).await.map_err(|error| plain(&error))
}

fn trust(app: &App) -> Result<rustls::ClientConfig> {
    let mut roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for pem in app.mail().trusted() {
        for certificate in CertificateDer::pem_slice_iter(pem) {
            roots.add(certificate.map_err(AppError::internal)?).map_err(AppError::internal)?;
        }
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = rustls::ClientConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions().map_err(AppError::internal)?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// What is told of an error of ours: its code only.
pub(super) fn words(error: &AppError) -> String {
    format!("The server cannot be connected to ({}).", error.code().as_str())
}

fn plain(error: &impl std::fmt::Display) -> String {
    one_line(&error.to_string()).chars().take(300).collect()
}
