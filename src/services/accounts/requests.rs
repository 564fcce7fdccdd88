//! What people ask for without being known: it is written down the same way whether or not there is such an account, and
//! a job finds out. Neither the answer nor its time can tell.

use super::deliver::{Deliver, Delivery};
use crate::app::App;
use crate::auth::email::EmailAddress;
use crate::auth::random;
use crate::auth::throttle::{request_buckets, resend_bucket};
use crate::db::{Author, Draft, Filter, Op};
use crate::errors::{AppError, Result};
use crate::jobs::{When, enqueue};
use crate::models::{AccountToken, AccountTokenKind};
use crate::permissions::{CrossTenant, Origin, system};
use crate::services::sessions::throttle;
use crate::support::later;
use crate::transaction;
use crate::web::Reply;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration;

/// Bound into the seal, with the id of the request.
const PURPOSE: &str = "account request";

/// Who asked.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Asked {
    /// Address, normalised.
    pub address: String,
    /// Name of someone who registers.
    pub name: String,
    /// Short name of the company in which.
    pub company: String,
}

/// An id that nobody guesses: it is part of the proof by code.
pub(super) fn new_id() -> SecretString {
    random::base62(random::BASE62_LEN_256).into()
}

/// Seals who asked.
pub(super) fn seal(app: &App, id: &str, asked: &Asked) -> Result<String> {
    let plain = serde_json::to_vec(asked).map_err(AppError::internal)?;
    app.data_keys().seal(PURPOSE, id.as_bytes(), &plain)
}

/// Who asked for it.
pub(super) fn asked(app: &App, token: &AccountToken) -> Result<Asked> {
    let sealed = token.asked.as_deref().unwrap_or_default();
    let plain = app.data_keys().open(PURPOSE, token.id.as_bytes(), sealed)?;
    serde_json::from_slice(&plain).map_err(AppError::internal)
}

/// The address that asked for it.
pub(super) fn address_of(app: &App, token: &AccountToken) -> Result<String> {
    asked(app, token).map(|asked| asked.address)
}

/// Takes places in the buckets of a request. They are kept whatever comes of it.
pub(super) async fn throttle(app: &App, origin: &Origin, address: &EmailAddress) -> Result<()> {
    let buckets = request_buckets(&throttle::network_of(origin), address);
    throttle::take_all(app.db(), buckets).await.map(drop)
}

/// Writes a request down with the job that answers it, and tells its id: 202, whoever asks.
pub(super) async fn write_down(
    app: &App,
    origin: &Origin,
    kind: AccountTokenKind,
    who: &Asked,
    keep: Duration,
    complete: impl Fn(Draft<AccountToken>) -> Draft<AccountToken>,
) -> Result<Reply> {
    let id = new_id();
    let id = id.expose_secret();
    let sealed = seal(app, id, who)?;
    let all = system::across(CrossTenant::Authentication, origin.request_id.clone());
    let job = Delivery { request: id.to_owned() };
    transaction!(app.db(), Author::default(), |tx| {
        let draft = Draft::new()
            .set(AccountToken::kind(), kind)
            .set(AccountToken::asked(), sealed.as_str())
            .set(AccountToken::expires_at(), later(tx.now(), keep));
        tx.global::<AccountToken>().insert_keyed(id, complete(draft)).await?;
        enqueue::<Deliver>(&mut tx, &all, &job, When::default()).await
    })?;
    Ok(told(id))
}

/// Sends the mail of a registration again, with another link and code: the old ones are void.
///
/// # Errors
/// 429 after three in an hour.
pub async fn resend(app: &App, origin: &Origin, request_id: &str) -> Result<Reply> {
    let network = throttle::network_of(origin);
    let buckets = [crate::auth::throttle::token_bucket(&network), resend_bucket(request_id)];
    throttle::take_all(app.db(), buckets).await?;
    let all = system::across(CrossTenant::Authentication, origin.request_id.clone());
    let job = Delivery { request: request_id.to_owned() };
    transaction!(app.db(), Author::default(), |tx| {
        let waits = AccountToken::key(request_id)
            .and(Filter::eq(AccountToken::kind(), AccountTokenKind::Registration))
            .and(Filter::cmp(AccountToken::expires_at(), Op::Gt, tx.now()));
        if tx.global::<AccountToken>().find_one(waits).await?.is_some() {
            enqueue::<Deliver>(&mut tx, &all, &job, When::default()).await?;
        }
        Ok(())
    })?;
    Ok(told(request_id))
}

fn told(id: &str) -> Reply {
    Reply::ok(json!({ "request_id": id })).accepted().no_store()
}
