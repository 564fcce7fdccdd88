//! Outgoing mail: its texts, how they are filled, and the way to the recipient's server.

mod ancestors;
pub mod catalog;
pub mod check;
mod choose;
mod compose;
mod contents;
mod deliver;
pub mod dkim;
mod names;
mod own_server;
mod plain;
mod platform;
mod render;
mod send;
mod texts;
mod ticket;

pub use contents::{Contents, Made, contents};
pub(crate) use own_server::OwnServer;
pub use platform::{MailOptions, MailPlatform};
pub use render::{Fault, Rendered, Texts, one_line, render};
pub use send::{EmailJob, SendEmail, retry_key};
pub use texts::{find, language_of, platform as platform_texts};
pub(crate) use ticket::client_values;

/// Bound into the seal of the private key of a mailbox's signature.
pub(crate) const DKIM_PURPOSE: &str = "dkim key";

/// Key of mails whose text was made up before they were queued.
pub const PREPARED: &str = "prepared";
