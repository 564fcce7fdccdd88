//! What a reservation came to, as the pipelines leave it in the document.

use crate::errors::{AppError, Code, Problem, Result};
use bson::{Bson, Document};
use std::time::Duration;

/// The answer of a rule to one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The attempt may be made; it is counted.
    Reserved,
    /// Not before this time has passed; it is not counted.
    Wait(Duration),
    /// Not by waiting: the account's password must be reset first.
    Exhausted,
}

impl Outcome {
    /// Reads the document as it is *after* the reservation.
    ///
    /// # Errors
    /// When no reservation has left its mark there.
    pub fn read(document: &Document) -> Result<Self> {
        match (document.get("allowed"), document.get("wait_ms")) {
            (Some(Bson::Boolean(true)), _) => Ok(Self::Reserved),
            (Some(Bson::Boolean(false)), Some(Bson::Null)) => Ok(Self::Exhausted),
            (Some(Bson::Boolean(false)), Some(Bson::Int64(ms))) => Ok(Self::from_wait(*ms)),
            _ => Err(AppError::bug("a throttle document has no outcome")),
        }
    }

    /// The answer to the client that has to wait.
    pub fn rate_limited(wait: Duration) -> AppError {
        let seconds = wait.as_millis().div_ceil(1000).max(1);
        Problem::new(Code::RateLimited, "Too many attempts. Wait before the next one.")
            .retry_after(u64::try_from(seconds).unwrap_or(u64::MAX))
            .into()
    }

    pub(super) fn from_wait(ms: i64) -> Self {
        match u64::try_from(ms) {
            Ok(ms) if ms > 0 => Self::Wait(Duration::from_millis(ms)),
            _ => Self::Reserved,
        }
    }
}

/// Milliseconds for date arithmetic; far beyond any limit it stays at the greatest value.
pub(super) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::doc;

    #[test]
    fn documents_are_read_and_never_guessed() {
        let read = |document| Outcome::read(&document);
        assert_eq!(read(doc! {"allowed": true, "wait_ms": 0_i64}).unwrap(), Outcome::Reserved);
        let wait = Outcome::Wait(Duration::from_millis(1500));
        assert_eq!(read(doc! {"allowed": false, "wait_ms": 1500_i64}).unwrap(), wait);
        assert_eq!(read(doc! {"allowed": false, "wait_ms": null}).unwrap(), Outcome::Exhausted);
        for broken in [doc! {}, doc! {"allowed": false}, doc! {"allowed": 1, "wait_ms": 0_i64}] {
            assert!(read(broken).is_err());
        }
    }

    #[test]
    fn retry_after_is_in_whole_seconds_rounded_up() {
        for (ms, seconds) in [(1, 1), (1000, 1), (1001, 2), (900_000, 900)] {
            let AppError::Problem(problem) = Outcome::rate_limited(Duration::from_millis(ms)) else {
                panic!("a problem")
            };
            assert_eq!((problem.code, problem.retry_after), (Code::RateLimited, Some(seconds)));
        }
    }
}
