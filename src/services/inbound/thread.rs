//! Finds the ticket that a mail belongs to, inside the company only. What is not signed by us or known to us counts for
//! nothing, and a subject counts only from the mouth of those who are on the ticket.

use super::act::Work;
use super::people::{Sender, participant};
use crate::db::{Expr, Filter, Tx};
use crate::errors::Result;
use crate::models::{OutboundEmail, Ticket, TicketMessage};
use crate::services::mail_ids::{verify_message_id, verify_reply_address};
use crate::services::tickets::Found;
use bson::oid::ObjectId;

/// Merges that are followed; each target is no merged ticket itself when it is chosen.
const MAX_MERGES: usize = 20;
/// Most characters of a tag in a subject.
const MAX_TAG: usize = 40;

/// A ticket with the rule that found it.
pub(super) struct Match {
    /// Name of the rule.
    pub rule: &'static str,
    /// The ticket, after merges were followed.
    pub found: Found,
}

/// The ticket that the mail belongs to, by the first rule that finds one.
pub(super) async fn find(tx: &mut Tx, work: &Work<'_>, sender: &Sender) -> Result<Option<Match>> {
    if let Some(id) = by_reply_address(work)
        && let Some(found) = ticket(tx, work, id).await?
    {
        return Ok(Some(Match { rule: "reply_address", found }));
    }
    if let Some(id) = by_references(tx, work).await?
        && let Some(found) = ticket(tx, work, id).await?
    {
        return Ok(Some(Match { rule: "references", found }));
    }
    if let Some(id) = by_message_id(tx, work).await?
        && let Some(found) = ticket(tx, work, id).await?
    {
        return Ok(Some(Match { rule: "message_id", found }));
    }
    for tag in tags(&work.mail.subject) {
        if let Some(found) = by_tag(tx, work, tag).await?
            && participant(&sender.users, work.scope, &found.document).is_some()
        {
            return Ok(Some(Match { rule: "subject_tag", found }));
        }
    }
    Ok(None)
}

fn by_reply_address(work: &Work<'_>) -> Option<ObjectId> {
    let company = work.scope.company()?;
    let keys = work.app.data_keys();
    work.mail.recipients().find_map(|to| verify_reply_address(keys, company, to.address.as_str()))
}

/// Mails that came to this mailbox, nearest first.
async fn by_references(tx: &mut Tx, work: &Work<'_>) -> Result<Option<ObjectId>> {
    let ids = work.mail.ancestors();
    if ids.is_empty() {
        return Ok(None);
    }
    let limit = i64::try_from(ids.len()).unwrap_or(i64::MAX) * 2;
    let known = Filter::eq(TicketMessage::mailbox_id(), work.mailbox.id)
        .and(Filter::is_in(TicketMessage::mail_id(), ids.iter().copied()));
    let known = tx.within::<TicketMessage>(work.scope).find(known, bson::doc! { "_id": -1 }, limit).await?;
    let of = |id: &&str| known.iter().find(|message| message.mail_id.as_deref() == Some(*id));
    Ok(ids.iter().find_map(of).map(|message| message.ticket_id))
}

/// Mails that we sent.
async fn by_message_id(tx: &mut Tx, work: &Work<'_>) -> Result<Option<ObjectId>> {
    for id in work.mail.ancestors() {
        if let Some(email) = sent(tx, work, id).await?
            && email.ticket_id.is_some()
        {
            return Ok(email.ticket_id);
        }
    }
    Ok(None)
}

/// The mail of ours that has this message id, if the signature in it is the company's.
pub(super) async fn sent(tx: &mut Tx, work: &Work<'_>, message_id: &str) -> Result<Option<OutboundEmail>> {
    let signed = verify_message_id(work.app.data_keys(), work.scope.company(), message_id);
    let Some(id) = signed else { return Ok(None) };
    tx.within::<OutboundEmail>(work.scope).with_trash().find_one(Filter::id(id)).await
}

/// References in square brackets, such as `ACME-123`, with their numbers.
fn tags(subject: &str) -> Vec<(&str, i64)> {
    let bracketed =
        subject.split('[').skip(1).filter_map(|rest| rest.split_once(']').map(|(tag, _)| tag.trim()));
    let tag = |text| -> Option<(&str, i64)> {
        let text: &str = text;
        let (prefix, number) = text.rsplit_once('-')?;
        let plain = number.bytes().all(|byte| byte.is_ascii_digit()) && !prefix.is_empty();
        (text.len() <= MAX_TAG && plain).then_some((text, number.parse().ok()?))
    };
    bracketed.filter_map(tag).take(3).collect()
}

/// A ticket whose reference was this when it was filed: prefixes of former times stay true.
async fn by_tag(tx: &mut Tx, work: &Work<'_>, (reference, number): (&str, i64)) -> Result<Option<Found>> {
    let same = Filter::eq(Ticket::number(), number)
        .and(Filter::eq(Ticket::reference(), reference.to_ascii_uppercase()));
    match tx.within::<Ticket>(work.scope).find_one(same).await? {
        Some(named) => ticket(tx, work, named.id).await,
        None => Ok(None),
    }
}

/// A ticket that is not in the trash, or the one that it was merged into.
async fn ticket(tx: &mut Tx, work: &Work<'_>, id: ObjectId) -> Result<Option<Found>> {
    let mut id = id;
    for _ in 0..MAX_MERGES {
        let stored = tx.within::<Ticket>(work.scope).document(&Expr::eq("_id", id)).await?;
        let Some(found) = stored.map(Found::read).transpose()? else { return Ok(None) };
        match found.ticket.merged_into {
            Some(target) => id = target,
            None => return Ok(Some(found)),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn tags_are_references_in_brackets() {
        assert_eq!(tags("Re: [ACME-12] [x] [B-3] c"), [("ACME-12", 12), ("B-3", 3)]);
        for none in
            ["ACME-12", "[ACME]", "[-1]", "[ACME-]", "[ACME-99999999999999999999]", "[ACME-12", "[A--]"]
        {
            assert!(tags(none).is_empty(), "{none}");
        }
    }
}
