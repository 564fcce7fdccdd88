//! The job that answers requests of unknown people by mail: here it is found out who they are.

use super::{names, register, requests, reset};
use crate::app::App;
use crate::auth::email::EmailAddress;
use crate::db::Filter;
use crate::errors::Result;
use crate::jobs::{Failure, Kind, Lease, Policy};
use crate::models::{AccountToken, AccountTokenKind, User, UserEmail};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Answers one request.
pub struct Deliver;

/// Which one.
#[derive(Serialize, Deserialize)]
pub struct Delivery {
    /// Id of the request.
    pub request: String,
}

impl Kind for Deliver {
    const NAME: &'static str = "accounts.deliver";
    const POLICY: Policy = Policy {
        max_attempts: 5,
        first_pause: Duration::from_secs(1),
        longest_pause: Duration::from_secs(60),
    };
    type Payload = Delivery;

    async fn run(app: &App, lease: &Lease, payload: Delivery) -> std::result::Result<(), Failure> {
        answer(app, lease, &payload.request).await.map_err(Failure::from)
    }
}

/// Without a mail to send there is nothing to write: the job is done.
async fn answer(app: &App, lease: &Lease, request: &str) -> Result<()> {
    let found = app.db().global::<AccountToken>().find_one(AccountToken::key(request)).await?;
    let Some(token) = found.filter(|token| token.expires_at > app.clock().now()) else { return Ok(()) };
    let asked = requests::asked(app, &token)?;
    let Some(address) = EmailAddress::parse(&asked.address) else { return Ok(()) };
    let known = app.db().global::<UserEmail>().find_one(UserEmail::key(address.as_str())).await?;
    let user = match &known {
        Some(name) => app.db().within::<User>(&lease.scope).find_one(Filter::id(name.user_id)).await?,
        None => None,
    };
    match (token.kind, user) {
        (AccountTokenKind::PasswordReset, Some(user)) => reset::deliver(app, lease, &token, &user).await,
        // The sender of a mail has no account to log in to yet.
        (AccountTokenKind::Registration, _) if names::is_open(known.as_ref()) => {
            register::deliver(app, lease, &token, &asked).await
        }
        (AccountTokenKind::Registration, Some(user)) => register::tell_known(app, lease, &user).await,
        // The address of someone who was removed stays taken.
        _ => Ok(()),
    }
}
