//! The stored side of links and codes: making them, finding them by what was sent, using them once.

use crate::app::App;
use crate::auth::email::EmailAddress;
use crate::auth::one_time;
use crate::auth::password::{StoredPassword, Verdict};
use crate::auth::throttle::{code_ceiling, token_bucket};
use crate::db::{Draft, Expr, Filter, Op, Patch, Tx, to_document};
use crate::errors::{AppError, Code, Result};
use crate::models::{AccountToken, AccountTokenKind};
use crate::permissions::Origin;
use crate::services::sessions::throttle;
use crate::support::later;
use bson::{DateTime, oid::ObjectId};
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

/// Codes that may be tried for one request.
const TRIES: i64 = 5;

/// How long the second factor may be given after the password.
const TICKET: Duration = Duration::from_secs(300);

/// What a person gives to show that a mail has reached them.
pub enum Proof {
    /// The token of the link.
    Link(SecretString),
    /// The code, with the id of the request that it answers.
    Code {
        /// Id of the request.
        request_id: String,
        /// Six digits.
        code: SecretString,
    },
}

/// The one answer for what is wrong, used, over or unknown.
pub(super) fn invalid() -> AppError {
    AppError::problem(Code::InvalidToken, "The code or link is wrong, was used already, or is over.")
}

/// A request whose proof was right, and what its use costs.
pub(super) struct Proven {
    /// The request as stored.
    pub token: AccountToken,
    by_code: bool,
}

/// Finds the request that a proof belongs to. Nothing is used up by it but a try of the code; [`Proven::take`] uses it.
///
/// # Errors
/// `invalid_token`; 429 after too many tries from one network.
pub(super) async fn prove(
    app: &App,
    origin: &Origin,
    kind: AccountTokenKind,
    proof: &Proof,
) -> Result<Proven> {
    throttle::take_all(app.db(), [token_bucket(&throttle::network_of(origin))]).await?;
    match proof {
        Proof::Link(token) => {
            let hash = one_time::hash(token).ok_or_else(invalid)?;
            let wanted = by_link(kind, hash, app.clock().now());
            let found = app.db().global::<AccountToken>().find_one(wanted).await?;
            Ok(Proven { token: found.ok_or_else(invalid)?, by_code: false })
        }
        Proof::Code { request_id, code } => {
            Ok(Proven { token: by_code(app, kind, request_id, code).await?, by_code: true })
        }
    }
}

fn by_link(kind: AccountTokenKind, hash: String, now: DateTime) -> Filter<AccountToken> {
    Filter::eq(AccountToken::link_hash(), hash).and(Filter::eq(AccountToken::kind(), kind)).and(Filter::cmp(
        AccountToken::link_expires_at(),
        Op::Gt,
        now,
    ))
}

/// A try is taken before the code is looked at, so parallel ones are counted too. Where no code was sent the work is the
/// same, and no code is right.
async fn by_code(
    app: &App,
    kind: AccountTokenKind,
    request_id: &str,
    code: &SecretString,
) -> Result<AccountToken> {
    let request = AccountToken::key(request_id).and(Filter::eq(AccountToken::kind(), kind));
    let open = request
        .and(Filter::cmp(AccountToken::expires_at(), Op::Gt, app.clock().now()))
        .and(Filter::cmp(AccountToken::attempts(), Op::Lt, TRIES));
    let tried = Patch::new().inc(AccountToken::attempts(), 1);
    let found = app.db().global::<AccountToken>().update(open, tried, false).await?.ok_or_else(invalid)?;
    let address = super::requests::address_of(app, &found)?;
    let address = EmailAddress::parse(&address).ok_or_else(invalid)?;
    let places = throttle::take_all(app.db(), [code_ceiling(&address)]).await?;
    let verdict = app.passwords().verify(code, found.code_hash.as_ref()).await?;
    let in_time = found.code_expires_at.is_some_and(|until| until > app.clock().now());
    match verdict {
        Verdict::Match { .. } if in_time && !places.exhausted => {
            places.succeed(app.db()).await?;
            Ok(found)
        }
        _ => Err(invalid()),
    }
}

impl Proven {
    /// Uses the request up: of two transactions with the same proof one finds it gone.
    ///
    /// # Errors
    /// `invalid_token` when it was used meanwhile, or replaced by a newer mail.
    pub async fn take(&self, tx: &mut Tx) -> Result<()> {
        let same = AccountToken::key(self.token.id.as_str())
            .and(Filter::eq(AccountToken::link_hash(), self.token.link_hash.as_deref()));
        let taken = tx.global::<AccountToken>().remove(same).await?;
        if taken == 1 { Ok(()) } else { Err(invalid()) }
    }

    /// Gives the try of a right code back: something else of the request has to be corrected.
    pub async fn give_back(&self, app: &App) -> Result<()> {
        if self.by_code {
            let patch = Patch::new().inc(AccountToken::attempts(), -1);
            let key = AccountToken::key(self.token.id.as_str());
            app.db().global::<AccountToken>().update(key, patch, false).await?;
        }
        Ok(())
    }
}

/// Forgets everything that waits for a person, in the transaction that makes it void.
pub(crate) async fn forget(tx: &mut Tx, user: ObjectId) -> Result<()> {
    tx.global::<AccountToken>().remove(Filter::eq(AccountToken::user_id(), user)).await.map(drop)
}

/// A token with which a log-in ends that still lacks the second factor.
pub(crate) async fn open_ticket(tx: &mut Tx, user: ObjectId) -> Result<SecretString> {
    let ticket = one_time::token();
    let until = later(tx.now(), TICKET);
    let draft = Draft::new()
        .set(AccountToken::kind(), AccountTokenKind::MfaLogin)
        .set(AccountToken::user_id(), user)
        .set(AccountToken::link_hash(), one_time::hash(&ticket))
        .set(AccountToken::link_expires_at(), until)
        .set(AccountToken::expires_at(), until);
    let id = super::requests::new_id();
    tx.global::<AccountToken>().insert_keyed(id.expose_secret(), draft).await?;
    Ok(ticket)
}

/// Takes one of the five tries of such a token. None when it is unknown, over or has none left.
pub(crate) async fn take_ticket(app: &App, ticket: &SecretString) -> Result<Option<AccountToken>> {
    let Some(hash) = one_time::hash(ticket) else { return Ok(None) };
    let open = by_link(AccountTokenKind::MfaLogin, hash, app.clock().now()).and(Filter::from(Expr::cmp(
        "attempts",
        Op::Lt,
        TRIES,
    )));
    let tried = Patch::new().inc(AccountToken::attempts(), 1);
    app.db().global::<AccountToken>().update(open, tried, false).await
}

/// A new link and code for a request.
pub(super) struct Fresh {
    link: SecretString,
    code: SecretString,
    code_hash: StoredPassword,
}

/// How long a code holds: a million possible ones are not many.
const CODE: Duration = Duration::from_secs(600);

impl Fresh {
    /// Makes them. The code costs a hash.
    pub async fn make(app: &App) -> Result<Self> {
        let code = one_time::code();
        let code_hash = app.passwords().hash(&code).await?;
        Ok(Self { link: one_time::token(), code, code_hash })
    }

    /// What is stored of them; the link holds for `link`.
    pub fn patch(&self, now: DateTime, link: Duration) -> Result<Patch<AccountToken>> {
        Ok(Patch::new()
            .set(AccountToken::code_hash(), to_document(&self.code_hash)?)
            .set(AccountToken::link_hash(), one_time::hash(&self.link))
            .set(AccountToken::attempts(), 0_i64)
            .set(AccountToken::code_expires_at(), later(now, CODE))
            .set(AccountToken::link_expires_at(), later(now, link)))
    }

    /// The code, for the mail.
    pub fn code(&self) -> &str {
        self.code.expose_secret()
    }

    /// The address of a page of the dashboard with the link's token.
    pub fn link(&self, app: &App, page: &str) -> String {
        link(app, page, &self.link)
    }
}

/// The address of a page of the dashboard that takes a token.
pub(super) fn link(app: &App, page: &str, token: &SecretString) -> String {
    format!("{}/{page}?token={}", app.limits().public_url, token.expose_secret())
}
