//! Claims addresses for a mailbox: an address or alias belongs to one mailbox of the platform.

use crate::auth::email::EmailAddress;
use crate::db::{Draft, Expr, Op, Tx};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::MailboxAddress;
use bson::{Bson, oid::ObjectId};

/// Brings a list of aliases into the form in which addresses are compared, without repeats and without the address itself.
pub(super) fn normalise(address: &str, aliases: &Bson) -> Result<Vec<String>> {
    let mut errors = FieldErrors::default();
    let mut sound: Vec<String> = Vec::new();
    for (at, alias) in aliases.as_array().into_iter().flatten().enumerate() {
        match EmailAddress::parse(alias.as_str().unwrap_or_default()) {
            Some(email) if email.as_str() == address || sound.iter().any(|known| known == email.as_str()) => {
            }
            Some(email) => sound.push(email.into()),
            None => {
                let message = "Must be an e-mail address such as name@example.com.";
                errors.add(format!("aliases.{at}"), Code::ValidationFailed, message);
            }
        }
    }
    errors.into_result()?;
    Ok(sound)
}

/// Takes an address for the mailbox. One of another company is refused as one of the own.
pub(super) async fn claim(tx: &mut Tx, mailbox: ObjectId, field: &str, address: &str) -> Result<()> {
    let mut addresses = tx.global::<MailboxAddress>();
    match addresses.find_one(MailboxAddress::key(address)).await? {
        Some(held) if held.mailbox_id == mailbox => Ok(()),
        Some(_) => Err(taken(field)),
        None => {
            let draft = Draft::new().set(MailboxAddress::mailbox_id(), mailbox);
            let stored = addresses.insert_keyed(address, draft).await;
            stored.map_err(|error| if error.code() == Code::UniqueViolation { taken(field) } else { error })
        }
    }
}

/// Gives up what the mailbox no longer lists.
pub(super) async fn release(tx: &mut Tx, mailbox: ObjectId, addresses: &[&String]) -> Result<()> {
    let keys: Vec<Bson> = addresses.iter().map(|address| Bson::from(address.as_str())).collect();
    let gone = Expr::cmp("_id", Op::In, keys).and(Expr::eq("mailbox_id", mailbox));
    tx.global::<MailboxAddress>().remove(gone.into()).await.map(drop)
}

fn taken(field: &str) -> AppError {
    FieldErrors::one(field, Code::UniqueViolation, "This address is taken.").into()
}
