//! Checks that people who are mentioned may read what they are mentioned in.

use super::super::find::Found;
use super::insert::NewMessage;
use crate::db::{Filter, Tx};
use crate::errors::{Code, FieldErrors, Result};
use crate::models::{User, Visibility};
use crate::permissions::{Caller, Role, TicketsRead, system};
use bson::doc;

/// Refuses to mention a client in a private note, or on a ticket that the client does not see.
pub async fn check_mentions(tx: &mut Tx, caller: &Caller, current: &Found, new: &NewMessage) -> Result<()> {
    if new.mention_ids.is_empty() {
        return Ok(());
    }
    let scope = caller.scope();
    let clients = Filter::ids(new.mention_ids.iter().copied()).and(Filter::eq(User::role(), Role::Client));
    let limit = i64::try_from(new.mention_ids.len()).unwrap_or(i64::MAX);
    let clients = tx.within::<User>(scope).find(clients, doc! { "_id": 1 }, limit).await?;
    let sees = |user: &User| system::view_as::<TicketsRead>(user, scope).rows().matches(&current.document);
    if clients.is_empty() || (new.visibility() == Visibility::Public && clients.iter().all(sees)) {
        return Ok(());
    }
    let message = "Names a client who may not read the message.";
    Err(FieldErrors::one("mention_ids", Code::ValidationFailed, message).into())
}
