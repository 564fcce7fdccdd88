//! Finds who wrote a mail among the people of the company, or makes a client of them.

use crate::auth::email::EmailAddress;
use crate::db::{Draft, Expr, Filter, Tx};
use crate::engine::audit::{self, Act};
use crate::errors::Result;
use crate::mail::{ParsedEmail, Party, Verdict};
use crate::models::{Ticket, User, UserStatus};
use crate::permissions::{Permission, Permit, Role, TenantScope, TicketsRead, system};
use crate::services::accounts::names;
use bson::{Document, doc};

/// Accounts of one address in a company: one of the staff or of a client, and one that was made for mail of which nobody
/// vouched that it came from the former.
const MAX_ACCOUNTS: i64 = 10;

/// Who wrote a mail.
#[derive(Debug)]
pub(super) struct Sender {
    /// The address that it says it is from.
    pub party: Party,
    /// Accounts in the company that it may stand for, best first.
    pub users: Vec<User>,
    /// The own server vouches for the address.
    pub verified: bool,
}

impl Sender {
    /// The account of the staff, if the sender is proven to be that person.
    pub fn staff(&self) -> Option<&User> {
        self.users.iter().find(|user| user.role.is_staff())
    }

    /// The account of a client.
    pub fn client(&self) -> Option<&User> {
        self.users.iter().find(|user| !user.role.is_staff())
    }
}

/// Looks the sender of a mail up. Staff is found only where the own mail server vouches for the address: From is text.
pub(super) async fn sender(
    tx: &mut Tx,
    scope: &TenantScope,
    mail: &ParsedEmail,
    verdict: Verdict,
) -> Result<Option<Sender>> {
    let Some(party) = mail.sender().or_else(|| mail.from.first()).cloned() else { return Ok(None) };
    let verified = verdict.is_verified() && mail.sender().is_some();
    let mut users = accounts(tx, scope, &party.address).await?;
    users.retain(|user| match user.role {
        Role::Client => true,
        Role::Superadmin => false,
        _ => verified && user.status == UserStatus::Active,
    });
    users.sort_by_key(|user| (user.role == Role::Client, user.created_at));
    Ok(Some(Sender { party, users, verified }))
}

async fn accounts(tx: &mut Tx, scope: &TenantScope, address: &EmailAddress) -> Result<Vec<User>> {
    let same = Filter::eq(User::email(), address.as_str());
    tx.within::<User>(scope).find(same, doc! { "_id": 1 }, MAX_ACCOUNTS).await
}

/// The account of whom a ticket concerns, if it is one of these people: requester, copied, follower; or staff that sees it.
/// Whoever may not log in any more has no part in anything.
pub(super) fn participant<'a>(users: &'a [User], scope: &TenantScope, ticket: &Document) -> Option<&'a User> {
    let sees = |user: &User| permit::<TicketsRead>(user, scope).rows().matches(ticket);
    let may = |user: &&User| user.status != UserStatus::Disabled && sees(user);
    users.iter().filter(may).find(|user| user.role.is_staff() || is_named(user, ticket))
}

/// Whether one of these people had part in a ticket and may not log in any more.
pub(super) fn barred(users: &[User], ticket: &Document) -> bool {
    users.iter().any(|user| user.status == UserStatus::Disabled && is_named(user, ticket))
}

fn is_named(user: &User, ticket: &Document) -> bool {
    let among = |field: &str| Expr::eq(field.to_owned(), user.id).matches(ticket);
    among("requester_id") || among("cc_ids") || among("follower_ids")
}

/// What a person of the company may do.
pub(super) fn permit<P: Permission>(user: &User, scope: &TenantScope) -> Permit<P> {
    system::view_as::<P>(user, scope)
}

/// Whether a ticket belongs to the person's side.
pub(super) fn is_requester(user: &User, ticket: &Ticket) -> bool {
    user.id == ticket.requester_id
}

/// The client with this address, made if there is none. A new one has no password, and the address
/// for a log-in name only until somebody has a better claim: it may be that of a person of another company, or of staff for
/// whom nobody vouched, and neither gains or loses anything by a mail.
pub(super) async fn client(tx: &mut Tx, scope: &TenantScope, party: &Party) -> Result<User> {
    let known = accounts(tx, scope, &party.address).await?;
    if let Some(known) = known.into_iter().find(|user| user.role == Role::Client) {
        return Ok(known);
    }
    let name = if party.name.is_empty() { party.address.local_part() } else { &party.name };
    let draft = Draft::new()
        .set(User::email(), party.address.as_str())
        .set(User::name(), name)
        .set(User::role(), Role::Client);
    names::lend(tx, party.address.as_str(), draft.id()).await?;
    let user = tx.within::<User>(scope).insert(draft).await?;
    let act = Act {
        action: "users.create_by_mail",
        resource: "users",
        id: Some(user.id),
        changes: Vec::new(),
        version: Some(user.version),
    };
    audit::append(tx, scope, None, act).await?;
    Ok(user)
}
