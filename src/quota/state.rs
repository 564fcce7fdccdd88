//! The counts of a process, and what is told when there is not enough.

use super::{Buckets, GUESSES, Partition, Place, Places, Policy, Standing};
use crate::db::Db;
use crate::errors::{AppError, Code, Problem};
use crate::support::Clock;
use bson::oid::ObjectId;
use std::net::IpAddr;
use std::time::Duration;

/// How much there is to share. Nought means without limit.
#[derive(Clone, Debug, Default)]
pub struct QuotaLimits {
    /// Cost a minute of all requests of a company.
    pub company: u32,
    /// Cost a minute of a person's requests.
    pub user: u32,
    /// Cost a minute of an API key's requests.
    pub key: u32,
    /// Requests a minute from one address (IPv6: one /64).
    pub address: u32,
    /// Instances that share the rates evenly; 1 when nought.
    pub instances: u32,
    /// Requests that run at the same time.
    pub in_flight: usize,
    /// New requests are refused for a moment after one waited so long for a connection to the database.
    pub pool_wait: Duration,
}

/// The counts of this process.
pub struct Quota {
    limits: QuotaLimits,
    clock: Clock,
    buckets: Buckets,
    places: Places,
}

impl Quota {
    /// Nothing counted yet.
    pub fn new(limits: QuotaLimits, clock: Clock) -> Self {
        let places = Places::new(limits.in_flight, "stoa_http_in_flight");
        Self { limits, clock, buckets: Buckets::default(), places }
    }

    /// What there is to share.
    pub fn limits(&self) -> &QuotaLimits {
        &self.limits
    }

    /// Takes `cost` from a policy's bucket; none when the policy is off.
    pub(super) fn take(&self, policy: Policy, partition: Partition, cost: u32) -> Option<Standing> {
        let policy = policy.share(self.limits.instances)?;
        let verdict = self.buckets.take(policy, partition, cost, self.clock.now().timestamp_millis());
        Some(Standing { policy, partition, verdict })
    }

    /// Gives back what was taken for a request that another bucket refused.
    pub(super) fn give_back(&self, standing: &Standing, cost: u32) {
        self.buckets.give_back(standing.policy, standing.partition, cost);
    }

    /// The places of requests that run now.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Refuses to look at an API key whose secret was guessed wrong too often from this network.
    ///
    /// # Errors
    /// 429 with `Retry-After`.
    pub fn refuse_guesser(&self, ip: Option<IpAddr>, key: &str) -> Result<(), AppError> {
        let now = self.clock.now().timestamp_millis();
        match self.buckets.peek(GUESSES, Partition::guess(ip, key), now).wait_s {
            None => Ok(()),
            Some(wait) => Err(guessed(wait)),
        }
    }

    /// Counts a wrong secret. Parallel guesses beyond the limit are not even told that they were wrong.
    ///
    /// # Errors
    /// 429 with `Retry-After`.
    pub fn count_guess(&self, ip: Option<IpAddr>, key: &str) -> Result<(), AppError> {
        let now = self.clock.now().timestamp_millis();
        match self.buckets.take(GUESSES, Partition::guess(ip, key), 1, now).wait_s {
            None => Ok(()),
            Some(wait) => Err(guessed(wait)),
        }
    }

    /// Whether requests wait too long for a connection to the database.
    pub(super) fn is_short_of_connections(&self, db: &Db) -> bool {
        !self.limits.pool_wait.is_zero() && db.waits().longest_of_late() > self.limits.pool_wait
    }

    /// A place for a request of a company among those that run now.
    pub(super) fn place_of(&self, company: Option<ObjectId>) -> Result<Option<Place>, AppError> {
        self.places.of_company(company).ok_or_else(overloaded)
    }
}

fn guessed(wait: u64) -> AppError {
    Problem::new(Code::RateLimited, "Too many wrong secrets for this key.").retry_after(wait).into()
}

/// What is told when there is more work than can be done now. The wait differs, so that those who were refused together
/// do not come back together.
pub(super) fn overloaded() -> AppError {
    metrics::counter!("stoa_requests_shed_total").increment(1);
    Problem::new(Code::Overloaded, "More requests are under way than can be served. Try again shortly.")
        .of_type("https://iana.org/assignments/http-problem-types#temporary-reduced-capacity")
        .retry_after(rand::random_range(1..=3))
        .into()
}
