//! One look into a folder. The place moves past a mail only when it is kept, set aside, or the server said that it is not
//! there or not wanted.

use super::place::Place;
use super::take::Reading;
use crate::app::App;
use crate::models::Mailbox;
use crate::permissions::TenantScope;
use crate::services::mailboxes::{Fault, connect, folder, open, search, timed};
use std::time::{Duration, Instant};

/// Mails of one look; the rest comes in the next one.
const BATCH: usize = 100;
/// Numbers that one search spans: the line of the answer must not be longer than may be read of one.
const SPAN: i64 = 10_000;
/// No further mail is begun after this time.
const BEGIN: Duration = Duration::from_secs(30);
/// Numbers of mails that are told.
const TOLD: usize = 10;

/// Takes what is there to take. Tells what an administrator should know although it went well.
pub(super) async fn fetch(
    app: &App,
    scope: &TenantScope,
    mailbox: &Mailbox,
    place: &mut Place,
) -> Result<Option<String>, String> {
    let mut imap = connect(app, mailbox).await?;
    let opened = open(&mut imap, folder(mailbox), true).await?;
    place.open(opened, app.clock().now().timestamp_millis());
    let mut look = Look {
        reading: Reading { app, scope, mailbox, imap },
        left: BATCH,
        begun: Instant::now(),
        unmarked: None,
    };
    look.read(place, opened.top).await?;
    look.again(place).await;
    // The server ends the connection itself when it is not told.
    timed(look.reading.imap.logout()).await.ok();
    let told: Vec<String> = look.unmarked.into_iter().chain(aside(place)).collect();
    Ok((!told.is_empty()).then(|| told.join(" ")))
}

struct Look<'a> {
    reading: Reading<'a>,
    left: usize,
    begun: Instant,
    /// Why mails could not be marked as read.
    unmarked: Option<String>,
}

impl Look<'_> {
    /// Takes what is there to take, in order.
    async fn read(&mut self, place: &mut Place, top: i64) -> Result<(), String> {
        let (until, criteria, mut from) = (place.until, place.criteria(), place.last + 1);
        loop {
            let end = until.unwrap_or(i64::MAX);
            // The last search of new mail is open: some came since the folder was opened.
            let close = (from + SPAN - 1 < until.unwrap_or(top)).then(|| from + SPAN - 1).or(until);
            if close.is_none_or(|close| close >= from) {
                let to = close.map_or_else(|| "*".to_owned(), |close| close.to_string());
                let found = search(&mut self.reading.imap, &format!("UID {from}:{to}{criteria}")).await?;
                // A server answers `n:*` with the last mail also when its number is below n.
                let wanted =
                    found.into_iter().filter(|uid| *uid >= from && *uid <= close.unwrap_or(i64::MAX));
                for uid in wanted {
                    if self.is_over() {
                        return Ok(());
                    }
                    self.take(place, uid).await?;
                }
            }
            let Some(close) = close else { return Ok(()) };
            if until.is_some() {
                place.reached(close);
            }
            if close >= end {
                return Ok(());
            }
            from = close + 1;
        }
    }

    fn is_over(&self) -> bool {
        self.left == 0 || self.begun.elapsed() > BEGIN
    }

    async fn take(&mut self, place: &mut Place, uid: i64) -> Result<(), String> {
        if !place.begin(uid) {
            return Ok(());
        }
        let there = self.reading.keep(uid).await?;
        place.kept(uid);
        self.left -= 1;
        if there { self.mark(uid).await } else { Ok(()) }
    }

    /// Marks a mail that is kept. A folder in which nothing may be marked is read all the same.
    async fn mark(&mut self, uid: i64) -> Result<(), String> {
        match self.reading.mark(uid).await {
            Ok(()) => Ok(()),
            Err(Fault::Refused(why)) => {
                self.unmarked = Some(format!("Mail is fetched but not marked as read. {why}"));
                Ok(())
            }
            Err(Fault::Broken(why)) => Err(why),
        }
    }

    /// Tries one of the mails that were set aside again, after all others, as it may end the connection.
    async fn again(&mut self, place: &mut Place) {
        if self.is_over() || place.aside.is_empty() {
            return;
        }
        place.aside.rotate_left(1);
        let Some(uid) = place.aside.last().copied() else { return };
        if let Ok(there) = self.reading.keep(uid).await {
            place.aside.pop();
            if there {
                self.mark(uid).await.ok();
            }
        }
    }
}

/// Which mails are set aside.
fn aside(place: &Place) -> Option<String> {
    let names: Vec<String> = place.aside.iter().take(TOLD).map(i64::to_string).collect();
    let more = if place.aside.len() > TOLD { " and more" } else { "" };
    (!names.is_empty())
        .then(|| format!("Could not be fetched and are still in the folder: UID {}{more}.", names.join(", ")))
}
