//! Settings of outgoing mail: who the platform's mails come from. The server itself is the secret `SMTP_URL`.

use super::Faults;
use crate::auth::email::EmailAddress;
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Outgoing mail of the platform.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailSettings {
    /// Address that mails come from when no mailbox of a company sends them; `no-reply@` the host of the public address
    /// when not set.
    pub from: Option<String>,
    /// Name beside it.
    pub from_name: String,
    /// File of certificates (PEM) that mail servers are trusted by besides the public authorities, for servers with a
    /// certificate of the own network.
    pub ca_file: Option<PathBuf>,
    /// DNS server (address and port) that is asked whether the key of a mailbox is published; those of the system when not
    /// set.
    pub name_server: Option<SocketAddr>,
}

impl Default for MailSettings {
    fn default() -> Self {
        Self { from: None, from_name: "Stoa".to_owned(), ca_file: None, name_server: None }
    }
}

impl MailSettings {
    pub(super) fn check(&self, faults: &mut Faults) {
        if let Some(from) = self.from.as_deref().filter(|from| EmailAddress::parse(from).is_none()) {
            faults.add("mail.from", format!("`{from}` is not an e-mail address"));
        }
        if self.from_name.chars().any(char::is_control) {
            faults.add("mail.from_name", "must be one line");
        }
    }
}
