//! The job that sends one mail. It is tried until a server has it, a server refuses it for good, or six attempts failed.
//!
//! A mail is sent once as far as that can be known. A worker claims the mail before it connects, and nobody else sends it
//! while the claim holds; that a server took it is noted at once, before anything else. What remains is the moment between
//! the server's answer and that note: a program that dies there sends the mail again, with the same `Message-ID`, by which
//! most servers and programs of recipients know a repetition; the record says `uncertain`.

use super::compose;
use super::contents::{Contents, Made, contents};
use super::deliver::{Outcome, hand_over, way};
use crate::app::App;
use crate::db::{Author, Expr, Filter, Op, Patch};
use crate::errors::Result;
use crate::jobs::{Failure, Kind, Lease, Policy};
use crate::models::{OutboundEmail, OutboundState};
use crate::permissions::TenantScope;
use crate::services::outbound_emails;
use crate::support::later;
use crate::transaction;
use bson::{Bson, DateTime, Document, doc, oid::ObjectId};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Pauses between attempts; after the last one comes no further attempt.
const PAUSES: &[Duration] = &[
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(2 * 3600),
    Duration::from_secs(6 * 3600),
];
/// How long a worker has a mail for itself: longer than handing over can take.
const CLAIM: Duration = Duration::from_secs(10 * 60);

/// Sends a mail.
pub struct SendEmail;

/// Which mail.
#[derive(Debug, Deserialize, Serialize)]
pub struct EmailJob {
    /// The mail.
    pub email_id: ObjectId,
}

/// Key of the job that sends a mail for the `round`th time it is asked for.
pub fn retry_key(email: ObjectId, round: i64) -> String {
    format!("emails.send:{}:{round}", email.to_hex())
}

impl Kind for SendEmail {
    const NAME: &'static str = "emails.send";
    const OUTWARD: bool = true;
    // Attempts are counted in the mail; a claim that is still held costs some here.
    const POLICY: Policy = Policy {
        max_attempts: 20,
        first_pause: Duration::from_secs(60),
        longest_pause: Duration::from_secs(6 * 3600),
    };
    type Payload = EmailJob;

    async fn run(app: &App, lease: &Lease, payload: Self::Payload) -> std::result::Result<(), Failure> {
        let scope = &lease.scope;
        let emails = app.db().within::<OutboundEmail>(scope);
        let Some(email) = emails.find_one(Filter::id(payload.email_id)).await? else { return Ok(()) };
        if email.state != OutboundState::Queued {
            return Ok(());
        }
        if email.accepted_at.is_some() {
            return settle(app, lease, &email, End::sent(&email)).await;
        }
        let held = email.claimed_until;
        let Some(email) = claim(app, scope, &email).await? else {
            let now = app.clock().now().timestamp_millis();
            let left = held.map_or(0, |until| until.timestamp_millis() - now).max(1000);
            let pause = Duration::from_millis(u64::try_from(left).unwrap_or(1000));
            return Err(Failure::Retry("Another worker has the mail.".to_owned(), Some(pause)));
        };
        match contents(app, scope, &email).await {
            Ok(Made::Ready(contents)) => send(app, lease, &email, &contents).await,
            Ok(Made::Withheld) => settle(app, lease, &email, End::of(OutboundState::Dropped)).await,
            Ok(Made::Broken(fault)) => {
                give_up(app, lease, &email, format!("{}: {}", fault.part, fault.message)).await
            }
            Err(error) => try_later(app, lease, &email, error.code().as_str().to_owned(), false).await,
        }
    }
}

async fn send(
    app: &App,
    lease: &Lease,
    email: &OutboundEmail,
    contents: &Contents,
) -> std::result::Result<(), Failure> {
    let scope = &lease.scope;
    let transport = match way(app, &contents.sender).await {
        Ok(transport) => transport,
        Err(error) => {
            let why = format!("The mail server cannot be connected to ({}).", error.code().as_str());
            return try_later(app, lease, email, why, false).await;
        }
    };
    let Some(outgoing) = compose::compose(app, scope, email, contents).await? else {
        return give_up(app, lease, email, "The address cannot be used.".to_owned()).await;
    };
    let mailbox = contents.sender.mailbox.as_ref().filter(|_| contents.sender.own_server).map(|one| one.id);
    let told = doc! {
        "subject": { "$literal": &contents.rendered.subject }, "mailbox_id": mailbox,
        "internet_message_id": { "$literal": &outgoing.message_id },
    };
    let email = note(app, scope, email, told).await?;
    let Some(transport) = transport else {
        return settle(app, lease, &email, End::of(OutboundState::Kept)).await;
    };
    match hand_over(app, &transport, &outgoing).await {
        Outcome::Accepted => {
            let email = note(app, scope, &email, doc! { "accepted_at": app.clock().now() }).await?;
            metrics::counter!("stoa_emails_sent_total").increment(1);
            settle(app, lease, &email, End::sent(&email)).await
        }
        Outcome::Refused(why) => give_up(app, lease, &email, why).await,
        Outcome::Later { why, uncertain } => try_later(app, lease, &email, why, uncertain).await,
    }
}

/// Takes the mail for this worker alone. One that was claimed before and not let go of was in the hands of a worker that
/// died: a server may have it.
async fn claim(app: &App, scope: &TenantScope, email: &OutboundEmail) -> Result<Option<OutboundEmail>> {
    let now = app.clock().now();
    let free = Expr::or([Expr::eq("claimed_until", Bson::Null), Expr::cmp("claimed_until", Op::Lte, now)]);
    let ours = Expr::eq("_id", email.id).and(Expr::eq("state", OutboundState::Queued)).and(free);
    let change = doc! {
        "uncertain": { "$or": ["$uncertain", { "$ne": ["$claimed_until", Bson::Null] }] },
        "claimed_until": later(now, CLAIM),
        "attempts": { "$add": ["$attempts", 1_i64] },
    };
    let pipeline = vec![doc! { "$set": change }];
    app.db().leases::<OutboundEmail>(scope).take(ours.into(), doc! { "_id": 1 }, pipeline).await
}

/// Notes something about the mail that this worker has, at once.
async fn note(
    app: &App,
    scope: &TenantScope,
    email: &OutboundEmail,
    what: Document,
) -> Result<OutboundEmail> {
    let ours = Expr::eq("_id", email.id).and(Expr::eq("attempts", email.attempts));
    let pipeline = vec![doc! { "$set": what }];
    let noted =
        app.db().leases::<OutboundEmail>(scope).take(ours.into(), doc! { "_id": 1 }, pipeline).await?;
    Ok(noted.unwrap_or_else(|| email.clone()))
}

/// How a mail ends.
struct End {
    state: OutboundState,
    sent_at: Option<DateTime>,
    why: Option<String>,
}

impl End {
    fn of(state: OutboundState) -> Self {
        Self { state, sent_at: None, why: None }
    }

    fn sent(email: &OutboundEmail) -> Self {
        Self { sent_at: email.accepted_at, ..Self::of(OutboundState::Sent) }
    }
}

/// Writes the end of a mail, with that of its job.
async fn settle(
    app: &App,
    lease: &Lease,
    email: &OutboundEmail,
    end: End,
) -> std::result::Result<(), Failure> {
    // What a mail with a credential was made of is worth nothing any more and would be a danger.
    let emptied = (email.sensitive && end.state == OutboundState::Sent)
        .then(|| outbound_emails::emptied(app, email))
        .transpose()?;
    let author = Author { user: None, company: email.company_id };
    let done = transaction!(app.db(), author, |tx| {
        let mut patch = Patch::new()
            .set(OutboundEmail::state(), end.state)
            .set(OutboundEmail::sent_at(), end.sent_at)
            .set(OutboundEmail::last_error(), end.why.as_deref())
            .set(OutboundEmail::claimed_until(), Bson::Null);
        if let Some(emptied) = &emptied {
            patch.put(OutboundEmail::variables(), emptied.as_str());
        }
        let open = Expr::eq("state", OutboundState::Queued);
        tx.within::<OutboundEmail>(&lease.scope).update(email.id, open.into(), patch).await?;
        if end.why.is_none() {
            lease.finish(&mut tx).await?;
        }
        Ok(())
    });
    done.map_err(Failure::from)
}

/// The mail will never be sent.
async fn give_up(
    app: &App,
    lease: &Lease,
    email: &OutboundEmail,
    why: String,
) -> std::result::Result<(), Failure> {
    metrics::counter!("stoa_emails_failed_total").increment(1);
    let end = End { why: Some(cut(&why)), ..End::of(OutboundState::Failed) };
    settle(app, lease, email, end).await?;
    Err(Failure::Final(cut(&why)))
}

/// The mail is tried again after the next pause, if there is one.
async fn try_later(
    app: &App,
    lease: &Lease,
    email: &OutboundEmail,
    why: String,
    uncertain: bool,
) -> std::result::Result<(), Failure> {
    let attempt = usize::try_from(email.attempts).unwrap_or(usize::MAX);
    let Some(pause) = PAUSES.get(attempt.saturating_sub(1)) else {
        return give_up(app, lease, email, why).await;
    };
    let told = doc! {
        "last_error": { "$literal": cut(&why) }, "claimed_until": Bson::Null,
        "uncertain": { "$or": ["$uncertain", uncertain] },
    };
    note(app, &lease.scope, email, told).await?;
    Err(Failure::Retry(cut(&why), Some(*pause)))
}

fn cut(text: &str) -> String {
    text.chars().take(300).collect()
}
