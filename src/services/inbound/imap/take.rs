//! Takes one mail out of a folder: its bytes are kept, then it is marked as read.

use super::super::{Incoming, store};
use crate::app::App;
use crate::mail::MAX_MAIL;
use crate::models::Mailbox;
use crate::permissions::TenantScope;
use crate::services::mailboxes::{Fault, Imap, ask, search};
use async_imap::imap_proto::{AttributeValue, Response};

/// Bytes that an answer with a mail may have.
const LONG: usize = MAX_MAIL + (1 << 20);
/// Bytes that an answer with a few facts may have.
const FACTS: usize = 1 << 20;

/// A folder that is open, and whose mail it is.
pub(super) struct Reading<'a> {
    pub(super) app: &'a App,
    pub(super) scope: &'a TenantScope,
    pub(super) mailbox: &'a Mailbox,
    pub(super) imap: Imap,
}

/// What the server says of a mail, as far as it was asked.
#[derive(Default)]
struct Row {
    size: Option<usize>,
    raw: Option<Vec<u8>>,
}

impl Reading<'_> {
    /// Keeps a mail. `false` when it is not there any more.
    pub(super) async fn keep(&mut self, uid: i64) -> Result<bool, String> {
        let Some(size) = self.get(uid, "RFC822.SIZE", FACTS).await?.size else { return self.gone(uid).await };
        let query = if size > MAX_MAIL { "BODY.PEEK[HEADER]" } else { "BODY.PEEK[]" };
        let Some(raw) = self.get(uid, query, LONG).await?.raw else { return self.gone(uid).await };
        let incoming =
            Incoming { mailbox: self.mailbox, source: "imap", raw: &raw, size: size.max(raw.len()) };
        match store(self.app, self.scope, incoming).await {
            Ok(_) => Ok(true),
            Err(error) => Err(format!("The mail could not be kept ({}).", error.code().as_str())),
        }
    }

    /// Marks a mail as read.
    pub(super) async fn mark(&mut self, uid: i64) -> Result<(), Fault> {
        let command = format!("UID STORE {uid} +FLAGS.SILENT (\\Seen)");
        ask(&mut self.imap, "flag", &command, FACTS, |_| ()).await
    }

    async fn get(&mut self, uid: i64, query: &str, most: usize) -> Result<Row, String> {
        let mut row = Row::default();
        let command = format!("UID FETCH {uid} (UID {query})");
        ask(&mut self.imap, "fetch", &command, most, |answer| {
            let Response::Fetch(_, facts) = answer else { return };
            let ours =
                |fact: &AttributeValue<'_>| matches!(fact, AttributeValue::Uid(of) if i64::from(*of) == uid);
            if !facts.iter().any(ours) {
                return;
            }
            for fact in facts {
                match fact {
                    AttributeValue::Rfc822Size(size) => row.size = usize::try_from(*size).ok(),
                    AttributeValue::BodySection { data: Some(data), .. } => row.raw = Some(data.to_vec()),
                    _ => {}
                }
            }
        })
        .await?;
        Ok(row)
    }

    /// A mail that the server did not give must not be there any more: `false`, or an error when it is.
    async fn gone(&mut self, uid: i64) -> Result<bool, String> {
        if search(&mut self.imap, &format!("UID {uid}")).await?.contains(&uid) {
            return Err("The server does not give a mail that it lists.".to_owned());
        }
        Ok(false)
    }
}
