//! The job that fetches what is new in a mailbox. A mail is marked as seen only after its bytes are kept; how far the folder
//! was read is noted after that, so that whatever breaks in between costs a second look and no mail.

use super::super::{Incoming, store};
use super::connect::{Wire, connect, said, timed};
use crate::app::App;
use crate::db::{Author, Filter, Patch};
use crate::errors::Result as AppResult;
use crate::jobs::{Failure, Kind, Lease, Policy};
use crate::mail::MAX_MAIL;
use crate::models::Mailbox;
use crate::permissions::TenantScope;
use crate::transaction;
use async_imap::Session;
use bson::{Bson, Document, doc, oid::ObjectId};
use futures::TryStreamExt;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Mails of one turn; the rest comes in the next one.
const BATCH: usize = 100;
/// Names of months as IMAP writes them.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

type Imap = Session<Box<dyn Wire>>;

/// Fetches what is new in a mailbox.
pub struct PollMailbox;

/// Which mailbox.
#[derive(Debug, Serialize, Deserialize)]
pub struct Payload {
    pub(super) mailbox_id: ObjectId,
}

/// How far a folder was read.
#[derive(Clone, Debug, Default)]
struct Place {
    validity: i64,
    last: i64,
    /// When it was read first, in milliseconds: what lay there before and was read by others stays theirs.
    since: i64,
}

impl Kind for PollMailbox {
    const NAME: &'static str = "mailboxes.poll";
    const POLICY: Policy = Policy {
        max_attempts: 2,
        first_pause: Duration::from_secs(5),
        longest_pause: Duration::from_secs(10),
    };
    type Payload = Payload;

    async fn run(app: &App, lease: &Lease, payload: Payload) -> Result<(), Failure> {
        let scope = &lease.scope;
        let wanted = Filter::id(payload.mailbox_id);
        let mailbox = app.db().within::<Mailbox>(scope).find_one(wanted).await?;
        let Some(mailbox) = mailbox.filter(|mailbox| mailbox.is_active && mailbox.imap.is_some()) else {
            return Ok(());
        };
        let mut place = Place::of(mailbox.imap_state.as_ref());
        let failure = fetch(app, scope, &mailbox, &mut place).await.err();
        // What is wrong is told on the mailbox; the next minute tries again.
        note(app, scope, mailbox.id, &place, failure.as_deref()).await?;
        Ok(())
    }
}

impl Place {
    fn of(state: Option<&Document>) -> Self {
        let number = |name: &str| state.and_then(|state| state.get_i64(name).ok()).unwrap_or_default();
        Self { validity: number("uid_validity"), last: number("last_uid"), since: number("since") }
    }
}

async fn note(
    app: &App,
    scope: &TenantScope,
    mailbox: ObjectId,
    place: &Place,
    failure: Option<&str>,
) -> AppResult<()> {
    let author = Author { user: None, company: scope.company() };
    let state = doc! { "uid_validity": place.validity, "last_uid": place.last, "since": place.since };
    transaction!(app.db(), author, |tx| {
        let patch = Patch::new()
            .set(Mailbox::imap_state(), state.clone())
            .set(Mailbox::last_error(), failure.map_or(Bson::Null, Bson::from))
            .set(Mailbox::last_checked_at(), tx.now());
        // No new version: whoever edits the mailbox is not disturbed.
        tx.within::<Mailbox>(scope).update_many(Filter::id(mailbox), patch, false).await.map(drop)
    })
}

async fn fetch(app: &App, scope: &TenantScope, mailbox: &Mailbox, place: &mut Place) -> Result<(), String> {
    let mut imap = connect(app, mailbox).await?;
    let folder = mailbox.imap.as_ref().and_then(|imap| imap.get_str("folder").ok()).unwrap_or("INBOX");
    let opened = timed(imap.select(folder)).await?.map_err(|error| said("folder", &error))?;
    let validity = i64::from(opened.uid_validity.unwrap_or_default());
    let criteria = if place.since == 0 {
        place.since = app.clock().now().timestamp_millis();
        "UNSEEN".to_owned()
    } else if validity != place.validity {
        // The numbers mean other mails now; those that are known are known by their bytes.
        place.last = 0;
        format!("OR UNSEEN SINCE {}", day(place.since))
    } else {
        format!("UID {}:*", place.last + 1)
    };
    place.validity = validity;
    let found = timed(imap.uid_search(&criteria)).await?.map_err(|error| said("search", &error))?;
    // A server answers `n:*` with the last mail also when its number is below n.
    let mut uids: Vec<i64> = found.into_iter().map(i64::from).filter(|uid| *uid > place.last).collect();
    uids.sort_unstable();
    for uid in uids.iter().take(BATCH) {
        take(app, scope, mailbox, &mut imap, *uid).await?;
        place.last = *uid;
    }
    if uids.len() <= BATCH {
        let above = i64::from(opened.uid_next.unwrap_or_default()) - 1;
        place.last = place.last.max(above);
    }
    // The server ends the connection itself when it is not told.
    timed(imap.logout()).await.ok();
    Ok(())
}

/// Keeps one mail and marks it as seen.
async fn take(
    app: &App,
    scope: &TenantScope,
    mailbox: &Mailbox,
    imap: &mut Imap,
    uid: i64,
) -> Result<(), String> {
    let Some((_, size)) = get(imap, uid, "RFC822.SIZE").await? else { return Ok(()) };
    let query = if size > MAX_MAIL { "BODY.PEEK[HEADER]" } else { "BODY.PEEK[]" };
    // Someone took it away meanwhile.
    let Some((raw, _)) = get(imap, uid, query).await? else { return Ok(()) };
    let incoming = Incoming { mailbox, source: "imap", raw: &raw, size: size.max(raw.len()) };
    let kept = store(app, scope, incoming).await;
    kept.map_err(|error| format!("The mail could not be kept ({}).", error.code().as_str()))?;
    let flagged = timed(async {
        let answers = imap.uid_store(uid.to_string(), "+FLAGS.SILENT (\\Seen)").await?;
        answers.try_collect::<Vec<_>>().await.map(drop)
    });
    flagged.await?.map_err(|error| said("flag", &error))
}

/// Bytes and size of a mail, as far as they were asked for; none when it is gone.
async fn get(imap: &mut Imap, uid: i64, query: &str) -> Result<Option<(Vec<u8>, usize)>, String> {
    let fetched = timed(async {
        let answers = imap.uid_fetch(uid.to_string(), format!("(UID {query})")).await?;
        answers.try_collect::<Vec<_>>().await
    });
    let fetched = fetched.await?.map_err(|error| said("fetch", &error))?;
    let ours = fetched.iter().find(|mail| mail.uid.map(i64::from) == Some(uid));
    Ok(ours.map(|mail| {
        let raw = mail.body().or_else(|| mail.header()).unwrap_or_default().to_vec();
        (raw, usize::try_from(mail.size.unwrap_or_default()).unwrap_or(usize::MAX))
    }))
}

/// The day before a time, as IMAP writes it: servers compare days of their own zone.
fn day(at_ms: i64) -> String {
    let at = bson::DateTime::from_millis(at_ms - 86_400_000).to_time_0_3();
    let month = MONTHS.get(usize::from(u8::from(at.month())) - 1).copied().unwrap_or("Jan");
    format!("{}-{month}-{}", at.day(), at.year())
}
