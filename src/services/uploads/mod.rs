//! Files: announced, sent, looked at, attached, handed out, removed.

mod attach;
mod complete;
mod create;
mod delete;
mod download;
mod filename;
mod find;
mod jobs;
mod policy;
mod quota;
mod receive;
mod reconcile;
mod rules;
mod schedule;
mod settle;
mod sniff;

pub use attach::{attach, detach};
pub use complete::complete;
pub use create::create;
pub use delete::delete;
pub use download::{Disposition, Download, Head, Wanted, download};
pub use filename::{disposition, harmless};
pub use find::show;
pub use jobs::{DeleteObject, Reap};
pub use receive::{Incoming, receive, send};
pub use reconcile::{ReconcileObjects, ReconcileRecords};
pub use schedule::schedule;
pub use sniff::{Sniffed, sniff};
