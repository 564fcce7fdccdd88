//! Throttling of log-ins: the rules as pure functions and as update pipelines that take a place and tell the outcome
//! in one atomic `findOneAndUpdate`. A place is taken before the password is looked at, so parallel guesses cannot
//! slip through between a check and its count.

mod account;
mod backoff;
mod ceiling;
mod gcra;
mod login;
mod outcome;

pub use account::{code_ceiling, factor_bucket, request_buckets, resend_bucket, token_bucket};
pub use backoff::{Backoff, BackoffState};
pub use ceiling::Ceiling;
pub use gcra::Gcra;
pub use login::{
    ACCOUNT, Bucket, IDENTIFIER, KNOWN_FOR, NETWORK, PAIR, Rule, known_key, login_buckets, network_bucket,
    proof_buckets,
};
pub use outcome::Outcome;

use bson::{Bson, Document, doc};

/// The server's clock: instances need not agree about the time.
fn server_now() -> Bson {
    Bson::String("$$NOW".to_owned())
}

/// One stage of an update pipeline.
fn set(fields: Document) -> Document {
    doc! { "$set": fields }
}
