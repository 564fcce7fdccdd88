//! The job that fetches what is new in a mailbox. A mail is marked as seen only after its bytes are kept; how far the folder
//! was read is noted after that, so that whatever breaks in between costs a second look and no mail.

use super::fetch::fetch;
use super::place::Place;
use crate::app::App;
use crate::db::{Author, Expr, Filter, Patch};
use crate::errors::Result as AppResult;
use crate::jobs::{Failure, Kind, Lease, Policy};
use crate::models::Mailbox;
use crate::permissions::TenantScope;
use crate::transaction;
use bson::oid::ObjectId;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Longest time of one look. What was taken until then is noted.
const WHOLE: Duration = Duration::from_secs(60);

/// Fetches what is new in a mailbox.
pub struct PollMailbox;

/// Which mailbox.
#[derive(Debug, Serialize, Deserialize)]
pub struct Payload {
    pub(super) mailbox_id: ObjectId,
}

impl Kind for PollMailbox {
    const NAME: &'static str = "mailboxes.poll";
    const OUTWARD: bool = true;
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
        let fetched = tokio::time::timeout(WHOLE, fetch(app, scope, &mailbox, &mut place)).await;
        let told = match fetched {
            Ok(Ok(told)) => told,
            Ok(Err(why)) => Some(why),
            Err(_elapsed) => Some("The server took too long.".to_owned()),
        };
        // What is wrong is told on the mailbox; the next minute tries again.
        note(app, scope, &mailbox, &place, told.as_deref()).await?;
        Ok(())
    }
}

/// Notes how far the folder was read, unless someone named another server meanwhile or another look noted it first: then
/// the next look begins where they left it.
async fn note(
    app: &App,
    scope: &TenantScope,
    read: &Mailbox,
    place: &Place,
    told: Option<&str>,
) -> AppResult<()> {
    let author = Author { user: None, company: scope.company() };
    let told = told.map(|told| told.chars().take(500).collect::<String>());
    let same = || {
        let server = Expr::eq("imap", read.imap.clone()).and(Expr::eq("imap_state", read.imap_state.clone()));
        Filter::id(read.id).and(server)
    };
    transaction!(app.db(), author, |tx| {
        let patch = Patch::new()
            .set(Mailbox::imap_state(), place.to_document())
            .set(Mailbox::last_error(), told.as_deref())
            .set(Mailbox::last_checked_at(), tx.now());
        // No new version: whoever edits the mailbox is not disturbed.
        tx.within::<Mailbox>(scope).update_many(same(), patch, false).await.map(drop)
    })
}
