//! Connections to the mail servers that companies name: to addresses and ports that may be connected to, protected as the
//! mailbox says, with certificates of the public authorities or those of the settings.

use crate::app::App;
use crate::errors::{AppError, Result};
use crate::models::MailSecurity;
use bson::Document;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Ports of mail: others are not connected to, except on networks that the operator allows.
const PORTS: [u16; 6] = [25, 143, 465, 587, 993, 2525];

/// Where a server is, as a mailbox names it.
#[derive(Clone, Debug)]
pub(crate) struct MailServer {
    /// Name or address.
    pub(crate) host: String,
    /// Port.
    pub(crate) port: u16,
    /// How it is protected.
    pub(crate) security: MailSecurity,
}

impl MailServer {
    /// As it is stored; `usual` when no protection is named.
    pub(crate) fn of(server: &Document, usual: MailSecurity) -> Self {
        Self {
            host: server.get_str("host").unwrap_or_default().to_owned(),
            port: u16::try_from(server.get_i64("port").unwrap_or_default()).unwrap_or_default(),
            security: server.get_str("security").ok().and_then(MailSecurity::parse).unwrap_or(usual),
        }
    }

    /// Connects, without protection yet. The connection goes to an address that was looked at. The error is for
    /// administrators.
    pub(crate) async fn dial(&self, app: &App) -> std::result::Result<TcpStream, String> {
        let found = app.egress().resolve(&self.host, self.port).await.map_err(|error| words(&error))?;
        let own = |address: &SocketAddr| app.egress().is_own(address.ip());
        let (inside, outside): (Vec<SocketAddr>, Vec<SocketAddr>) = found.into_iter().partition(own);
        let addresses = match (inside.is_empty(), self.security) {
            (false, _) => inside,
            (true, MailSecurity::None) => {
                return Err("A server on the public network needs a protected connection.".to_owned());
            }
            (true, _) if !PORTS.contains(&self.port) => {
                return Err(format!("Mail servers are connected to at the ports {PORTS:?} only."));
            }
            (true, _) => outside,
        };
        TcpStream::connect(&*addresses)
            .await
            .map_err(|error| format!("The server cannot be reached: {}.", error.kind()))
    }

    /// Protects a connection by TLS with a certificate for the host.
    pub(crate) async fn protect(
        &self,
        app: &App,
        stream: TcpStream,
    ) -> std::result::Result<TlsStream<TcpStream>, String> {
        let config = trust(app).map_err(|error| words(&error))?;
        let name = ServerName::try_from(self.host.clone()).map_err(|_| "The host is no name.".to_owned())?;
        let protected = TlsConnector::from(Arc::new(config)).connect(name, stream).await;
        protected.map_err(|error| format!("The connection cannot be protected: {error}."))
    }
}

fn trust(app: &App) -> Result<ClientConfig> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for pem in app.mail().trusted() {
        for certificate in CertificateDer::pem_slice_iter(pem) {
            roots.add(certificate.map_err(AppError::internal)?).map_err(AppError::internal)?;
        }
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions().map_err(AppError::internal)?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// What is told of an error of ours: its code only.
pub(crate) fn words(error: &AppError) -> String {
    format!("The server cannot be connected to ({}).", error.code().as_str())
}
