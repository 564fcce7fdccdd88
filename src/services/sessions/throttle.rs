//! The places that one attempt to prove a password takes in the throttle's buckets, before the password is looked at.

use crate::auth::client_address::network_prefix;
use crate::auth::email::EmailAddress;
use crate::auth::throttle::{
    Bucket, KNOWN_FOR, Outcome, Rule, known_key, login_buckets, network_bucket, proof_buckets,
};
use crate::db::{Db, Patch, Tx};
use crate::errors::{AppError, Result};
use crate::models::ThrottleBucket;
use crate::permissions::Origin;
use crate::support::later;
use bson::oid::ObjectId;

/// Places that an attempt holds.
pub(crate) struct Places {
    buckets: Vec<Bucket>,
    /// The identifier has failed so often that no password is right any more until the account is unlocked.
    pub exhausted: bool,
    /// What says that the network is known for the account.
    known: Option<String>,
}

/// Takes a place in every bucket of a log-in; `email` is none when the name given cannot be an address. From a network
/// that is known for the account the limit of failures does not count: others may have reached it.
///
/// # Errors
/// 429 with `Retry-After` when one bucket asks to wait; the places taken until then are given back.
pub(super) async fn reserve(db: &Db, origin: &Origin, email: Option<&EmailAddress>) -> Result<Places> {
    let network = network_of(origin);
    let Some(email) = email else { return take_all(db, [network_bucket(&network)]).await };
    let mut places = take_all(db, login_buckets(&network, email)).await?;
    // Nobody is at home at an address that is not known.
    places.known = origin.ip.map(|_| known_key(&network, email));
    places.exhausted = places.exhausted && !places.is_known(db).await?;
    Ok(places)
}

/// Takes a place in every bucket of a proof of identity within a session.
///
/// # Errors
/// As [`reserve`].
pub(super) async fn reserve_proof(
    db: &Db,
    origin: &Origin,
    session: ObjectId,
    email: Option<&EmailAddress>,
) -> Result<Places> {
    let network = network_of(origin);
    match email {
        Some(email) => take_all(db, proof_buckets(&network, &session.to_hex(), email)).await,
        None => take_all(db, [network_bucket(&network)]).await,
    }
}

/// The network that an attempt is counted by.
pub(crate) fn network_of(origin: &Origin) -> String {
    origin.ip.map_or_else(|| "unknown".to_owned(), network_prefix)
}

/// Takes a place in each bucket.
///
/// # Errors
/// As [`reserve`].
pub(crate) async fn take_all(db: &Db, wanted: impl IntoIterator<Item = Bucket>) -> Result<Places> {
    let mut places = Places { buckets: Vec::new(), exhausted: false, known: None };
    for bucket in wanted {
        match take(db, &bucket).await? {
            Outcome::Reserved => places.buckets.push(bucket),
            Outcome::Exhausted => places.exhausted = true,
            Outcome::Wait(wait) => {
                places.refund(db).await?;
                return Err(Outcome::rate_limited(wait));
            }
        }
    }
    Ok(places)
}

impl Places {
    /// The attempt was never judged.
    pub async fn refund(self, db: &Db) -> Result<()> {
        for bucket in self.buckets {
            update(db, &bucket, bucket.refund()).await?;
        }
        Ok(())
    }

    /// The password was right. From now on the network of a log-in is known.
    pub async fn succeed(self, db: &Db) -> Result<()> {
        for bucket in self.buckets {
            update(db, &bucket, bucket.succeed()).await?;
        }
        if let Some(key) = self.known {
            let until = later(db.clock().now(), KNOWN_FOR);
            let patch = Patch::new().set(ThrottleBucket::expires_at(), until);
            db.global::<ThrottleBucket>().update(ThrottleBucket::key(key), patch, true).await?;
        }
        Ok(())
    }

    async fn is_known(&self, db: &Db) -> Result<bool> {
        let Some(key) = &self.known else { return Ok(false) };
        let found = db.global::<ThrottleBucket>().find_one(ThrottleBucket::key(key.as_str())).await?;
        let until = found.and_then(|found| found.expires_at);
        Ok(until.is_some_and(|until| until > db.clock().now()))
    }
}

/// Forgets the failures of an address, after which a locked account can be logged in to again. Tells whether it was
/// locked.
pub(crate) async fn unlock(tx: &mut Tx, email: &EmailAddress) -> Result<bool> {
    let mut unlocked = false;
    for bucket in login_buckets("", email) {
        if let Rule::Ceiling(rule) = bucket.rule {
            let key = ThrottleBucket::key(bucket.key.as_str());
            let pipeline = rule.unlock_pipeline();
            let after = tx.global::<ThrottleBucket>().update_pipeline(key, pipeline, false).await?;
            unlocked |= after.is_some_and(|after| after.get_bool("unlocked").unwrap_or_default());
        }
    }
    Ok(unlocked)
}

async fn take(db: &Db, bucket: &Bucket) -> Result<Outcome> {
    let key = ThrottleBucket::key(bucket.key.as_str());
    let after = db.global::<ThrottleBucket>().update_pipeline(key, bucket.reserve(), true).await?;
    Outcome::read(&after.ok_or_else(|| AppError::bug("a throttle bucket vanished"))?)
}

async fn update(db: &Db, bucket: &Bucket, pipeline: Vec<bson::Document>) -> Result<()> {
    let key = ThrottleBucket::key(bucket.key.as_str());
    db.global::<ThrottleBucket>().update_pipeline(key, pipeline, false).await?;
    Ok(())
}
