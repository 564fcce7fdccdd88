//! The platform's own way to send mail: its server, who its mails come from, and which certificates are trusted.

use super::names::Names;
use crate::errors::{AppError, Result};
use lettre::transport::smtp::client::Certificate;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Longest wait for a mail server's answer to one command.
const COMMAND: Duration = Duration::from_secs(60);

/// A way to a mail server, with connections that are used again.
pub(super) type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// What the program knows of the platform's mail when it starts.
#[derive(Clone, Debug, Default)]
pub struct MailOptions {
    /// Address that mails come from.
    pub from: String,
    /// Name beside it.
    pub from_name: String,
    /// Certificates in PEM that are trusted besides the public authorities.
    pub trusted: Vec<Vec<u8>>,
    /// DNS server that is asked for keys; those of the system when none.
    pub name_server: Option<SocketAddr>,
    /// The server; none when mails are only kept.
    pub smtp_url: Option<SecretString>,
    /// The database is the embedded one of a trial.
    pub embedded: bool,
}

/// The platform's mail. Its server can be changed while it runs.
pub struct MailPlatform {
    options: MailOptions,
    names: Names,
    server: Mutex<(Option<SecretString>, Option<Transport>)>,
}

impl MailPlatform {
    /// As the options say.
    pub fn new(options: MailOptions) -> Self {
        let server = Mutex::new((options.smtp_url.clone(), None));
        let names = Names::new(options.name_server);
        Self { options, names, server }
    }

    /// Uses another server from now on, or none.
    pub fn replace_url(&self, url: Option<SecretString>) {
        *self.server.lock().unwrap_or_else(PoisonError::into_inner) = (url, None);
    }

    /// Address that mails come from.
    pub fn from(&self) -> &str {
        &self.options.from
    }

    /// Name beside it.
    pub fn from_name(&self) -> &str {
        &self.options.from_name
    }

    /// Certificates in PEM that are trusted besides the public authorities.
    pub fn trusted(&self) -> &[Vec<u8>] {
        &self.options.trusted
    }

    /// The DNS.
    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// Whether there is a server.
    pub fn is_configured(&self) -> bool {
        self.server.lock().unwrap_or_else(PoisonError::into_inner).0.is_some()
    }

    /// Someone tries the program out: its database is the embedded one and no mail leaves it. Only then may mails with
    /// credentials be read in it; else whoever reads a company's mails could take over its accounts.
    pub fn is_trial(&self) -> bool {
        self.options.embedded && !self.is_configured()
    }

    /// The way to the server; none when there is none.
    ///
    /// # Errors
    /// The address of the server cannot be read.
    pub(super) fn transport(&self) -> Result<Option<Transport>> {
        let mut server = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(url) = server.0.clone() else { return Ok(None) };
        if server.1.is_none() {
            server.1 = Some(self.connect(url.expose_secret())?);
        }
        Ok(server.1.clone())
    }

    fn connect(&self, url: &str) -> Result<Transport> {
        let unusable = |_| AppError::bug("SMTP_URL cannot be used");
        let mut builder = Transport::from_url(url).map_err(unusable)?;
        if !self.options.trusted.is_empty() {
            let tls = self.parameters(host_of(url))?;
            if url.starts_with("smtps:") {
                builder = builder.tls(Tls::Wrapper(tls));
            } else if url.contains("tls=required") {
                builder = builder.tls(Tls::Required(tls));
            } else if url.contains("tls=opportunistic") {
                builder = builder.tls(Tls::Opportunistic(tls));
            }
        }
        Ok(builder.timeout(Some(COMMAND)).build())
    }

    /// How the certificate of a host is checked.
    pub(super) fn parameters(&self, host: &str) -> Result<TlsParameters> {
        let mut builder = TlsParameters::builder(host.to_owned());
        for pem in &self.options.trusted {
            let certificate = Certificate::from_pem(pem).map_err(AppError::internal)?;
            builder = builder.add_root_certificate(certificate);
        }
        builder.build().map_err(AppError::internal)
    }
}

/// The host in the address of a server.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or(rest);
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    match place.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((address, _)) => address,
        None => place.split(':').next().unwrap_or(place),
    }
}

#[cfg(test)]
mod tests {
    use super::host_of;

    #[test]
    fn the_host_is_found_wherever_it_stands() {
        for (url, host) in [
            ("smtps://user:pa%40ss@mail.example.com", "mail.example.com"),
            ("smtp://mail.example.com:587/me?tls=required", "mail.example.com"),
            ("smtp://[::1]:25", "::1"),
        ] {
            assert_eq!(host_of(url), host);
        }
    }
}
