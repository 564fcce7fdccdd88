//! Decides what a mail means and does it, in one transaction.

use super::people::{Sender, participant};
use super::stamp::{Marks, Texts};
use super::{answer, bounced, file, join, note, people, thread};
use crate::app::App;
use crate::db::{Filter, Tx};
use crate::errors::Result;
use crate::mail::{Automatic, ParsedEmail, automatic, forwarded, verdict};
use crate::models::{InboundEmail, InboundState, Mailbox, MailboxAddress};
use crate::permissions::TenantScope;
use crate::services::mail_ids::is_loop_mark;
use bson::oid::ObjectId;

/// A mail with all that is needed to deal with it.
pub(super) struct Work<'a> {
    pub app: &'a App,
    pub scope: &'a TenantScope,
    pub mailbox: &'a Mailbox,
    pub inbound: &'a InboundEmail,
    pub mail: &'a ParsedEmail,
    pub raw: &'a [u8],
}

/// What became of a mail.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub state: InboundState,
    pub rule: &'static str,
    pub matched: Option<ObjectId>,
    pub ticket: Option<ObjectId>,
    pub message: Option<ObjectId>,
    pub reason: Option<&'static str>,
    pub filed_key: Option<String>,
}

impl Outcome {
    /// It is in a ticket.
    pub fn processed(rule: &'static str, ticket: ObjectId, message: Option<ObjectId>) -> Self {
        let state = InboundState::Processed;
        Self { state, rule, matched: None, ticket: Some(ticket), message, reason: None, filed_key: None }
    }

    /// It is in no ticket.
    pub fn ignored(reason: &'static str) -> Self {
        let state = InboundState::Ignored;
        let reason = Some(reason);
        Self { state, rule: "none", matched: None, ticket: None, message: None, reason, filed_key: None }
    }
}

/// Deals with a mail.
pub(super) async fn act(tx: &mut Tx, work: &Work<'_>) -> Result<Outcome> {
    if work.inbound.too_large {
        return answer::too_large(tx, work).await;
    }
    if let Some(bounce) = &work.mail.bounce {
        return bounced::note(tx, work, bounce).await;
    }
    let automatic = automatic(work.mail);
    if came_back(work) {
        return Ok(Outcome::ignored(Automatic::OwnMark.as_str()));
    }
    let verdict = verdict(work.mail, work.mailbox.authserv_id.as_deref());
    let Some(sender) = people::sender(tx, work.scope, work.mail, verdict).await? else {
        return Ok(Outcome::ignored("no_sender"));
    };
    let filed_key = format!("{}|{}", work.inbound.message_id, department(work.mailbox));
    if let Some(same) = same_mail(tx, work, &filed_key).await? {
        return Ok(same);
    }
    let found = thread::find(tx, work, &sender).await?;
    let mut outcome = match automatic.filter(|kind| kind.is_machine()) {
        Some(kind) => machine(tx, work, &sender, found, kind).await?,
        None => person(tx, work, &sender, found, automatic).await?,
    };
    if outcome.state == InboundState::Processed {
        outcome.filed_key = Some(filed_key);
    }
    Ok(outcome)
}

/// Whether the mail carries the company's own mark: it was sent from here.
fn came_back(work: &Work<'_>) -> bool {
    let (keys, company) = (work.app.data_keys(), work.scope.company());
    work.mail.headers.all("x-stoa-loop").any(|mark| is_loop_mark(keys, company, mark))
}

fn department(mailbox: &Mailbox) -> String {
    mailbox.department_id.map(ObjectId::to_hex).unwrap_or_default()
}

/// The same mail to two mailboxes of a company is one ticket, unless they belong to different departments.
async fn same_mail(tx: &mut Tx, work: &Work<'_>, filed_key: &str) -> Result<Option<Outcome>> {
    let same = Filter::eq(InboundEmail::filed_key(), filed_key);
    let other = tx.within::<InboundEmail>(work.scope).with_trash().find_one(same).await?;
    Ok(other.filter(|other| other.id != work.inbound.id).and_then(|other| {
        let ticket = other.ticket_id?;
        Some(Outcome { matched: Some(ticket), ..Outcome::processed("same_mail", ticket, other.message) })
    }))
}

/// Mail that a program wrote: it is kept for staff on the ticket that it answers and has no effect; it opens a ticket when
/// it answers nothing, as alarms do. That of a program whose owner has no part in the ticket gets there only where strangers
/// do, and as theirs.
async fn machine(
    tx: &mut Tx,
    work: &Work<'_>,
    sender: &Sender,
    found: Option<thread::Match>,
    kind: Automatic,
) -> Result<Outcome> {
    let part = found.as_ref().map(|found| participant(&sender.users, work.scope, &found.found.document));
    let untrusted = part.is_some_and(|part| part.is_none());
    let marks = Marks { automatic: Some(kind.as_str()), untrusted, ..Marks::default() };
    let mut outcome = match found {
        Some(found) if !untrusted || admits_strangers(work, sender) => {
            note::add(tx, work, &found.found, sender, marks, &Texts::of(work, true)).await?.under(&found)
        }
        _ if answers(work.mail, kind) => Outcome::ignored(kind.as_str()),
        found => open(tx, work, sender, found.as_ref(), Some(kind)).await?,
    };
    outcome.reason = outcome.reason.or(Some(kind.as_str()));
    Ok(outcome)
}

/// Whether an automatic mail answers another one.
fn answers(mail: &ParsedEmail, kind: Automatic) -> bool {
    matches!(kind, Automatic::AutoReplied | Automatic::AutoReplyHeader | Automatic::Report)
        || !mail.ancestors().is_empty()
}

async fn person(
    tx: &mut Tx,
    work: &Work<'_>,
    sender: &Sender,
    found: Option<thread::Match>,
    automatic: Option<Automatic>,
) -> Result<Outcome> {
    let Some(found) = found else {
        if let Some(staff) = sender.staff()
            && let Some(original) = forwarded(work.mail, work.raw)
            && !is_mailbox(tx, original.sender.address.as_str()).await?
        {
            return file::passed_on(tx, work, sender, staff, &original).await;
        }
        return open(tx, work, sender, None, automatic).await;
    };
    if let Some(user) = participant(&sender.users, work.scope, &found.found.document) {
        return match join::join(tx, work, &found.found, user, sender).await? {
            Some(outcome) => Ok(outcome.under(&found)),
            // The ticket holds no further message.
            None => open(tx, work, sender, Some(&found), automatic).await,
        };
    }
    if admits_strangers(work, sender) || people::barred(&sender.users, &found.found.document) {
        let marks = Marks { untrusted: true, ..Marks::default() };
        let texts = Texts::of(work, true);
        return Ok(note::add(tx, work, &found.found, sender, marks, &texts).await?.under(&found));
    }
    open(tx, work, sender, Some(&found), automatic).await
}

/// Whether mail of those who have no part in a ticket is kept on it.
fn admits_strangers(work: &Work<'_>, sender: &Sender) -> bool {
    let known = work.mailbox.accepts_unknown || !sender.users.is_empty();
    work.mailbox.strangers == "untrusted_message" && known
}

impl Outcome {
    fn under(self, found: &thread::Match) -> Self {
        Self { rule: found.rule, matched: Some(found.found.ticket.id), ..self }
    }
}

/// Opens a ticket for the sender, related to one that the mail answers without right.
async fn open(
    tx: &mut Tx,
    work: &Work<'_>,
    sender: &Sender,
    related: Option<&thread::Match>,
    automatic: Option<Automatic>,
) -> Result<Outcome> {
    if sender.users.is_empty() && !work.mailbox.accepts_unknown {
        return Ok(Outcome::ignored("unknown_sender"));
    }
    let outcome = file::open(tx, work, sender, related.map(|found| found.found.ticket.id), automatic).await?;
    Ok(match related {
        Some(found) => outcome.under(found),
        None => outcome,
    })
}

/// Whether an address is that of a mailbox of the platform.
pub(super) async fn is_mailbox(tx: &mut Tx, address: &str) -> Result<bool> {
    let bare = crate::services::mail_ids::without_tag(address);
    for key in [address, bare.as_str()] {
        if tx.global::<MailboxAddress>().find_one(MailboxAddress::key(key)).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
