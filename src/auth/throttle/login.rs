//! The buckets that every log-in takes a place in, and their keys.

use super::{Backoff, Ceiling, Gcra};
use crate::auth::email::EmailAddress;
use bson::Document;
use sha2::{Digest, Sha256};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// Attempts from one network prefix, whoever they name.
pub const NETWORK: Gcra = Gcra::per(20, MINUTE);

/// Attempts from one network prefix for one identifier: the bucket that guessers meet first.
pub const PAIR: Backoff = Backoff { free: 5, max_pause: Duration::from_secs(15 * 60), memory: DAY };

/// Attempts for one identifier from anywhere: so many that nobody can lock a victim out by trying.
pub const IDENTIFIER: Gcra = Gcra::per(1800, HOUR);

/// Consecutive failures of one identifier from anywhere. Networks that are known pass it, and so do proofs within a
/// session: who guesses elsewhere locks nobody out of where they work.
pub const ACCOUNT: Ceiling = Ceiling { limit: 100, memory: Duration::from_secs(365 * 24 * 3600) };

/// So long after a log-in its network is known for the account.
pub const KNOWN_FOR: Duration = Duration::from_secs(30 * 24 * 3600);

/// How a bucket counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A steady rate.
    Rate(Gcra),
    /// Growing pauses.
    Backoff(Backoff),
    /// A last attempt.
    Ceiling(Ceiling),
}

/// One document of the throttle collection and the rule it follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// The `_id` of the document. It holds no address in clear, but a hash of it.
    pub key: String,
    /// The rule.
    pub rule: Rule,
}

impl Bucket {
    /// For a `findOneAndUpdate` of `{_id: key}` with upsert, returning the document after, which
    /// [`Outcome::read`](super::Outcome::read) reads.
    pub fn reserve(&self) -> Vec<Document> {
        match self.rule {
            Rule::Rate(rule) => rule.reserve_pipeline(),
            Rule::Backoff(rule) => rule.reserve_pipeline(),
            Rule::Ceiling(rule) => rule.reserve_pipeline(),
        }
    }

    /// For an update without upsert, when an attempt that took a place was never judged: another bucket refused it,
    /// or the server was overloaded.
    pub fn refund(&self) -> Vec<Document> {
        match self.rule {
            Rule::Rate(rule) => rule.refund_pipeline(),
            Rule::Backoff(rule) => rule.refund_pipeline(),
            Rule::Ceiling(rule) => rule.refund_pipeline(),
        }
    }

    /// For an update without upsert, when the password was right. Rates get this one place back; a guesser cannot
    /// empty the network's bucket with an account of their own. Counts of failures start anew.
    pub fn succeed(&self) -> Vec<Document> {
        match self.rule {
            Rule::Rate(rule) => rule.refund_pipeline(),
            Rule::Backoff(rule) => rule.clear_pipeline(),
            Rule::Ceiling(rule) => rule.clear_pipeline(),
        }
    }
}

/// The buckets of one log-in, in the order in which to take places; the first refusal ends it.
///
/// The pair comes before what concerns the identifier alone, so that attempts from a network that is paused do not
/// use up the owner's attempts. Whether the identifier exists makes no difference to any of them. `network` is a
/// [`network_prefix`](crate::auth::client_address::network_prefix).
pub fn login_buckets(network: &str, identifier: &EmailAddress) -> [Bucket; 4] {
    let account = Bucket { key: format!("login:failures:{}", who(identifier)), rule: Rule::Ceiling(ACCOUNT) };
    [network_bucket(network), pair_bucket(network, identifier), identifier_bucket(identifier), account]
}

/// The buckets of one proof of identity within a session. The session's own takes the place of the ceiling: who stole
/// the session does not guess faster by changing networks.
pub fn proof_buckets(network: &str, session: &str, identifier: &EmailAddress) -> [Bucket; 4] {
    let session = Bucket { key: format!("proof:session:{session}"), rule: Rule::Backoff(PAIR) };
    [network_bucket(network), session, pair_bucket(network, identifier), identifier_bucket(identifier)]
}

/// Key of the document which says that the network is known for the account.
pub fn known_key(network: &str, identifier: &EmailAddress) -> String {
    format!("login:known:{network}:{}", who(identifier))
}

fn pair_bucket(network: &str, identifier: &EmailAddress) -> Bucket {
    Bucket { key: format!("login:pair:{network}:{}", who(identifier)), rule: Rule::Backoff(PAIR) }
}

fn identifier_bucket(identifier: &EmailAddress) -> Bucket {
    Bucket { key: format!("login:identifier:{}", who(identifier)), rule: Rule::Rate(IDENTIFIER) }
}

/// Keys hold no address in clear.
pub(super) fn who(identifier: &EmailAddress) -> String {
    hex::encode(&Sha256::digest(identifier.as_str())[..16])
}

/// The only bucket of a log-in whose identifier cannot be an address.
pub fn network_bucket(network: &str) -> Bucket {
    Bucket { key: format!("login:network:{network}"), rule: Rule::Rate(NETWORK) }
}
