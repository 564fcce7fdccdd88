//! Log-in names: who has an address, and who has it only until somebody with a better claim comes.

use crate::db::{Draft, Filter, Patch, Tx};
use crate::errors::{AppError, Code, FieldErrors, Result};
use crate::models::{User, UserEmail};
use crate::permissions::TenantScope;
use bson::{doc, oid::ObjectId};

/// Whether a person who is added to a company can have an address for a log-in name.
#[derive(Debug)]
pub(super) enum Claim {
    /// Nobody has it, or only the sender of a mail to another company.
    Free,
    /// The company itself made this user of the sender of a mail, and nobody has the address for good.
    Sender(Box<User>),
    /// Somebody has it for good, or the company has removed the sender to whom it was lent.
    Taken,
}

/// Whether nobody has shown yet that an address is theirs, and no company has added a person with it.
pub(super) fn is_open(name: Option<&UserEmail>) -> bool {
    name.is_none_or(|name| name.provisional == Some(true))
}

async fn find(tx: &mut Tx, address: &str) -> Result<Option<UserEmail>> {
    tx.global::<UserEmail>().find_one(UserEmail::key(address)).await
}

/// How an address stands for a company.
pub(super) async fn claim(tx: &mut Tx, scope: &TenantScope, address: &str) -> Result<Claim> {
    let name = find(tx, address).await?;
    if !is_open(name.as_ref()) {
        return Ok(Claim::Taken);
    }
    if scope.company().is_none() {
        return Ok(Claim::Free);
    }
    let same = Filter::eq(User::email(), address);
    let senders = tx.within::<User>(scope).find(same, doc! { "_id": 1 }, 1).await?;
    if let Some(sender) = senders.into_iter().next() {
        return Ok(Claim::Sender(Box::new(sender)));
    }
    let Some(name) = name else { return Ok(Claim::Free) };
    let removed = tx.within::<User>(scope).with_trash().exists(Filter::id(name.user_id)).await?;
    Ok(if removed { Claim::Taken } else { Claim::Free })
}

/// Refuses an address that a person of the company cannot have: whose it is, in whatever company, is not told.
///
/// # Errors
/// 409 naming `email`.
pub(crate) async fn refuse_taken(tx: &mut Tx, scope: &TenantScope, address: &str) -> Result<()> {
    if matches!(claim(tx, scope, address).await?, Claim::Free) { Ok(()) } else { Err(taken()) }
}

fn taken() -> AppError {
    FieldErrors::one("email", Code::UniqueViolation, "This address is taken.").into()
}

/// Takes an address for good for a person who is added: nobody else gets it, not even when the person is gone.
///
/// # Errors
/// 409 naming `email` when it is taken.
pub(crate) async fn take(tx: &mut Tx, scope: &TenantScope, address: &str, user: ObjectId) -> Result<()> {
    refuse_taken(tx, scope, address).await?;
    if settle(tx, address, user).await? { Ok(()) } else { Err(taken()) }
}

/// Makes an address the log-in name of a person who has shown that it is theirs, if nobody else has it for good.
pub(super) async fn prove(tx: &mut Tx, address: &str, user: ObjectId) -> Result<bool> {
    let name = find(tx, address).await?;
    if is_open(name.as_ref()) {
        return settle(tx, address, user).await;
    }
    Ok(name.is_some_and(|name| name.user_id == user))
}

/// Whether a person has the address, or could take it by showing that it is theirs.
pub(super) async fn can_prove(tx: &mut Tx, address: &str, user: ObjectId) -> Result<bool> {
    let name = find(tx, address).await?;
    Ok(is_open(name.as_ref()) || name.is_some_and(|name| name.user_id == user))
}

/// False when somebody was faster.
async fn settle(tx: &mut Tx, address: &str, user: ObjectId) -> Result<bool> {
    let provisional = UserEmail::key(address).and(Filter::eq(UserEmail::provisional(), true));
    let firm = Patch::new().set(UserEmail::user_id(), user).set(UserEmail::provisional(), false);
    if tx.global::<UserEmail>().update(provisional, firm, false).await?.is_some() {
        return Ok(true);
    }
    let row = Draft::new().set(UserEmail::user_id(), user);
    match tx.global::<UserEmail>().insert_keyed(address, row).await {
        Ok(()) => Ok(true),
        Err(error) if error.code() == Code::UniqueViolation => Ok(false),
        Err(error) => Err(error),
    }
}

/// Gives the sender of a mail, of whom a company makes a user, the address for a log-in name while nobody has it, and until
/// somebody has a better claim.
pub(crate) async fn lend(tx: &mut Tx, address: &str, user: ObjectId) -> Result<()> {
    if find(tx, address).await?.is_some() {
        return Ok(());
    }
    let row = Draft::new().set(UserEmail::user_id(), user).set(UserEmail::provisional(), true);
    tx.global::<UserEmail>().insert_keyed(address, row).await
}
