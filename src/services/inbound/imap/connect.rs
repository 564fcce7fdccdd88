//! Connections to IMAP servers: to addresses that may be connected to, protected as the mailbox says.

use crate::app::App;
use crate::engine::unseal;
use crate::models::Mailbox;
use async_imap::{Client, Session};
use bson::Document;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// How long one step may take.
pub(super) const STEP: Duration = Duration::from_secs(30);

/// A connection, protected or not.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Send + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Debug> Wire for T {}

/// Opens the folder of a mailbox's server. The error is for administrators: what failed, without any secret.
pub(super) async fn connect(app: &App, mailbox: &Mailbox) -> Result<Session<Box<dyn Wire>>, String> {
    let Some(server) = &mailbox.imap else { return Err("No server is named.".to_owned()) };
    let text = |name: &str| server.get_str(name).unwrap_or_default();
    let (host, security) = (text("host"), text("security"));
    let stream = dial(app, server, host).await?;
    let client = match security {
        "none" => greeted(Client::new(Box::new(stream) as Box<dyn Wire>)).await?,
        "starttls" => {
            let mut plain = greeted(Client::new(stream)).await?;
            timed(plain.run_command_and_check_ok("STARTTLS", None))
                .await?
                .map_err(|e| said("STARTTLS", &e))?;
            // What came before the protection is forgotten.
            Client::new(Box::new(protect(plain.into_inner(), host).await?) as Box<dyn Wire>)
        }
        _ => greeted(Client::new(Box::new(protect(stream, host).await?) as Box<dyn Wire>)).await?,
    };
    let sealed = mailbox.imap_password.as_deref().unwrap_or_default();
    let password = if sealed.is_empty() {
        String::new()
    } else {
        unseal::<Mailbox>(app.data_keys(), mailbox.company_id, "imap_password", sealed)
            .map_err(|_| "The stored password cannot be read. Set it again.".to_owned())?
    };
    let session = timed(client.login(text("username"), &password)).await?;
    session.map_err(|(error, _)| said("log-in", &error))
}

async fn dial(app: &App, server: &Document, host: &str) -> Result<TcpStream, String> {
    let port = server.get_i64("port").ok().and_then(|port| u16::try_from(port).ok()).unwrap_or(993);
    let addresses = app.egress().resolve(host, port).await;
    let addresses = addresses.map_err(|_| "The host has no address that may be connected to.".to_owned())?;
    let connected = timed(TcpStream::connect(&*addresses)).await?;
    connected.map_err(|error| format!("The server cannot be reached: {}.", error.kind()))
}

async fn greeted<T: Wire>(mut client: Client<T>) -> Result<Client<T>, String> {
    match timed(client.read_response()).await? {
        Ok(Some(_)) => Ok(client),
        _ => Err("The server does not speak IMAP.".to_owned()),
    }
}

async fn protect(
    stream: TcpStream,
    host: &str,
) -> Result<tokio_rustls::client::TlsStream<TcpStream>, String> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).map_err(|_| "The host is no name.".to_owned())?;
    let connected = timed(TlsConnector::from(Arc::new(config)).connect(name, stream)).await?;
    connected.map_err(|error| format!("The connection cannot be protected: {error}."))
}

/// The answer to a step, unless it takes too long.
pub(super) async fn timed<T>(step: impl Future<Output = T>) -> Result<T, String> {
    tokio::time::timeout(STEP, step).await.map_err(|_| "The server does not answer.".to_owned())
}

/// What a server said to a step, in a length that fits.
pub(super) fn said(step: &str, error: &async_imap::error::Error) -> String {
    format!("The server refused ({step}): {error}").chars().filter(|c| !c.is_control()).take(400).collect()
}
