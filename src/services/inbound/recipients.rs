//! How much automatic mail an address gets: none after mail to it bounced, and never more than the caps allow.

use crate::db::{Draft, Filter, Patch, Tx};
use crate::errors::Result;
use crate::models::EmailRecipient;
use crate::permissions::TenantScope;
use bson::{Bson, DateTime, Document, doc, oid::ObjectId};

const MINUTE_MS: i64 = 60_000;
/// Minutes, and how many automatic mails an address may get in them. The ladders are those of Zammad.
const LADDER: &[(i64, usize)] = &[(10, 30), (30, 60), (60, 120), (180, 240), (600, 360)];
/// The same for one ticket.
const TICKET_LADDER: &[(i64, usize)] = &[(10, 10), (30, 15), (60, 25), (180, 50), (600, 100)];
/// How long nothing automatic goes to an address that does not exist.
const SUPPRESSED_MS: i64 = 60 * 24 * 60 * MINUTE_MS;
/// Administrators are told of a loop once in this time.
const TOLD_MS: i64 = 24 * 60 * MINUTE_MS;

/// Whether an automatic mail may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admitted {
    /// It may, and is counted.
    Yes,
    /// Mail to the address bounced.
    Suppressed,
    /// Too many went there; `first` when administrators are to be told.
    Capped { first: bool },
}

/// Counts an automatic mail to an address, if it may go.
pub(crate) async fn admit(
    tx: &mut Tx,
    scope: &TenantScope,
    address: &str,
    ticket: Option<ObjectId>,
) -> Result<Admitted> {
    let now = tx.now().timestamp_millis();
    let known = find(tx, scope, address).await?;
    let recent = known.as_ref().map(|known| known.recent.as_slice()).unwrap_or_default();
    if known
        .as_ref()
        .and_then(|known| known.suppressed_until)
        .is_some_and(|until| until.timestamp_millis() > now)
    {
        return Ok(Admitted::Suppressed);
    }
    let longest = LADDER.last().map_or(0, |(minutes, _)| *minutes);
    let mut kept: Vec<Document> = since(recent, now, longest).cloned().collect();
    let of_ticket = |sent: &&Document| ticket.is_some() && sent.get_object_id("ticket_id").ok() == ticket;
    let full = LADDER.iter().any(|(minutes, most)| since(&kept, now, *minutes).count() >= *most)
        || TICKET_LADDER
            .iter()
            .any(|(minutes, most)| since(&kept, now, *minutes).filter(of_ticket).count() >= *most);
    if full {
        let told = known.as_ref().and_then(|known| known.capped_at).map(|at| at.timestamp_millis());
        let first = told.is_none_or(|at| now - at >= TOLD_MS);
        if first {
            let patch = Patch::new()
                .set(EmailRecipient::capped_at(), DateTime::from_millis(now))
                .set(EmailRecipient::ticket_id(), ticket);
            put(tx, scope, address, known.as_ref(), patch).await?;
        }
        return Ok(Admitted::Capped { first });
    }
    kept.push(doc! { "at": DateTime::from_millis(now), "ticket_id": ticket });
    let kept: Vec<Bson> = kept.into_iter().map(Bson::from).collect();
    put(tx, scope, address, known.as_ref(), Patch::new().set(EmailRecipient::recent(), kept)).await?;
    Ok(Admitted::Yes)
}

/// Sends nothing automatic to an address that does not exist for 60 days.
pub(super) async fn suppress(
    tx: &mut Tx,
    scope: &TenantScope,
    address: &str,
    ticket: Option<ObjectId>,
    reason: &str,
) -> Result<()> {
    let known = find(tx, scope, address).await?;
    let until = DateTime::from_millis(tx.now().timestamp_millis() + SUPPRESSED_MS);
    let patch = Patch::new()
        .set(EmailRecipient::suppressed_until(), until)
        .set(EmailRecipient::suppressed_reason(), reason)
        .set(EmailRecipient::ticket_id(), ticket);
    put(tx, scope, address, known.as_ref(), patch).await
}

async fn find(tx: &mut Tx, scope: &TenantScope, address: &str) -> Result<Option<EmailRecipient>> {
    tx.within::<EmailRecipient>(scope).find_one(Filter::eq(EmailRecipient::address(), address)).await
}

async fn put(
    tx: &mut Tx,
    scope: &TenantScope,
    address: &str,
    known: Option<&EmailRecipient>,
    patch: Patch<EmailRecipient>,
) -> Result<()> {
    let id = match known {
        Some(known) => known.id,
        None => {
            let draft = Draft::new().set(EmailRecipient::address(), address);
            tx.within::<EmailRecipient>(scope).insert(draft).await?.id
        }
    };
    tx.within::<EmailRecipient>(scope).update(id, Filter::all(), patch).await.map(drop)
}

fn since(recent: &[Document], now: i64, minutes: i64) -> impl Iterator<Item = &Document> {
    recent.iter().filter(move |sent| {
        sent.get_datetime("at").is_ok_and(|at| now - at.timestamp_millis() < minutes * MINUTE_MS)
    })
}
