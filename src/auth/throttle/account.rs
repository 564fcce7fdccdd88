//! The buckets of what is done without a log-in or beside it: asking for mails, using what they brought, second factors.

use super::login::who;
use super::{Backoff, Bucket, Ceiling, Gcra, PAIR, Rule};
use crate::auth::email::EmailAddress;
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

/// Requests for mail from one network prefix, whoever they name.
const NETWORK: Gcra = Gcra::per(20, MINUTE);

/// Requests for mail to one address from one network prefix.
const PAIR_REQUESTS: Gcra = Gcra::per(5, HOUR);

/// Requests for mail to one address from anywhere: what a mailbox can bear.
const ADDRESS: Gcra = Gcra::per(20, HOUR);

/// Uses of tokens from one network prefix.
const TOKENS: Gcra = Gcra::per(60, MINUTE);

/// Repetitions of one mail.
const RESEND: Gcra = Gcra::per(3, HOUR);

/// Wrong codes for one address between two right ones: a hundred of a million possible ones. After them only links are
/// taken, so who guesses keeps nobody from a new password.
const CODES: Ceiling = Ceiling { limit: 100, memory: Duration::from_secs(365 * 24 * 3600) };

/// Wrong second factors of one person. Whoever gets there knows the password.
const FACTOR: Backoff = PAIR;

/// The buckets of a request that is answered by mail. They count requests, whether or not a mail goes out.
pub fn request_buckets(network: &str, address: &EmailAddress) -> [Bucket; 3] {
    let who = who(address);
    [
        rate(format!("account:network:{network}"), NETWORK),
        rate(format!("account:pair:{network}:{who}"), PAIR_REQUESTS),
        rate(format!("account:address:{who}"), ADDRESS),
    ]
}

/// The bucket of a request that uses a token or code.
pub fn token_bucket(network: &str) -> Bucket {
    rate(format!("account:tokens:{network}"), TOKENS)
}

/// The bucket of a mail that is asked for again.
pub fn resend_bucket(request: &str) -> Bucket {
    rate(format!("account:resend:{request}"), RESEND)
}

/// The bucket of the codes of one address.
pub fn code_ceiling(address: &EmailAddress) -> Bucket {
    Bucket { key: format!("account:codes:{}", who(address)), rule: Rule::Ceiling(CODES) }
}

/// The bucket of the second factors of one person.
pub fn factor_bucket(user: &str) -> Bucket {
    Bucket { key: format!("mfa:{user}"), rule: Rule::Backoff(FACTOR) }
}

fn rate(key: String, rule: Gcra) -> Bucket {
    Bucket { key, rule: Rule::Rate(rule) }
}
