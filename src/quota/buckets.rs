//! Buckets by the generic cell rate algorithm (ITU-T I.371), weighted by cost: one number each, forgotten when empty.

use super::policy::{Partition, Policy};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Parts of the store; threads that meet in one wait for each other.
const SHARDS: usize = 16;
/// A shard with so many buckets forgets the empty ones.
const TRIM_AT: usize = 4096;
/// Most buckets of a shard, some 25 MB in all. Who comes when it is full shares one bucket with all others who do: a flood of
/// addresses slows newcomers down, and memory stays what it is.
const MOST: usize = 20_000;

const NANOS_A_MILLI: i64 = 1_000_000;
const NANOS_A_SECOND: i64 = 1_000_000_000;

/// What is left of a bucket, and whether the request may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Cost that may still come at once.
    pub remaining: u32,
    /// Seconds until the whole quota is there again.
    pub reset_s: u64,
    /// Refused: seconds until this cost may come.
    pub wait_s: Option<u64>,
}

type Key = (&'static str, Partition);

#[derive(Default)]
struct Shard {
    /// When each bucket will be empty again, in nanoseconds since 1970.
    empty_at: HashMap<Key, i64>,
    trim_at: usize,
    /// Not looked through again before, in nanoseconds since 1970.
    rests_until: i64,
}

/// The buckets of a process.
#[derive(Default)]
pub struct Buckets {
    hasher: RandomState,
    shards: [Mutex<Shard>; SHARDS],
}

impl Buckets {
    /// Takes `cost` at `now_ms`, or nothing when there is not enough. The cost counts as the whole quota at most: what is
    /// dear must be possible at all.
    pub fn take(&self, policy: Policy, partition: Partition, cost: u32, now_ms: i64) -> Verdict {
        let now = now_ms.saturating_mul(NANOS_A_MILLI);
        let mut shard = self.shard(&(policy.name, partition));
        let key = shard.admit((policy.name, partition), now);
        let bucket = shard.empty_at.get(&key).copied();
        // Kept after a refusal too: what was cut down because the clock had been wrong must not be cut down for ever.
        let (empty_at, verdict) = judge(policy, bucket, cost, now);
        shard.empty_at.insert(key, empty_at);
        verdict
    }

    /// How it stands for one more, without taking anything.
    pub fn peek(&self, policy: Policy, partition: Partition, now_ms: i64) -> Verdict {
        let key = (policy.name, partition);
        let bucket = self.shard(&key).empty_at.get(&key).copied();
        judge(policy, bucket, 1, now_ms.saturating_mul(NANOS_A_MILLI)).1
    }

    /// Gives `cost` back.
    pub fn give_back(&self, policy: Policy, partition: Partition, cost: u32) {
        let key = (policy.name, partition);
        if let Some(empty_at) = self.shard(&key).empty_at.get_mut(&key) {
            *empty_at -= price(policy, cost);
        }
    }

    /// Buckets that are held, for tests and metrics.
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| lock(shard).empty_at.len()).sum()
    }

    /// Whether nothing is held.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn shard(&self, key: &Key) -> MutexGuard<'_, Shard> {
        let at = usize::try_from(self.hasher.hash_one(key) % SHARDS as u64).unwrap_or_default();
        lock(&self.shards[at])
    }
}

impl Shard {
    /// Makes room, and names the bucket to use.
    fn admit(&mut self, key: Key, now: i64) -> Key {
        if self.empty_at.contains_key(&key) {
            return key;
        }
        if self.empty_at.len() >= self.trim_at.max(TRIM_AT) && now >= self.rests_until {
            self.empty_at.retain(|_, empty_at| *empty_at > now);
            // Looked through again only when as many more have come, or when it is full a second later: a flood of
            // newcomers costs a constant number of steps each.
            self.trim_at = (self.empty_at.len() * 2).clamp(TRIM_AT, MOST);
            self.rests_until = if self.trim_at == MOST { now + NANOS_A_SECOND } else { 0 };
        }
        if self.empty_at.len() < MOST { key } else { (key.0, Partition::address(None)) }
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Nanoseconds by which a cost fills a bucket.
fn price(policy: Policy, cost: u32) -> i64 {
    let (quota, cost) = (i64::from(policy.quota.max(1)), i64::from(cost.min(policy.quota.max(1))));
    // Not rounded before it is multiplied, so that the whole quota is exactly the window.
    full(policy) * cost / quota
}

fn full(policy: Policy) -> i64 {
    i64::from(policy.window_s) * NANOS_A_SECOND
}

fn judge(policy: Policy, bucket: Option<i64>, cost: u32, now: i64) -> (i64, Verdict) {
    let full = full(policy);
    // Never further ahead than a full bucket: a clock that was wrong once locks no one out.
    let before = bucket.unwrap_or(now).clamp(now, now + full);
    let after = before + price(policy, cost);
    let over = after - now - full;
    let stands = if over > 0 { before } else { after };
    let left = i128::from(now + full - stands) * i128::from(policy.quota) / i128::from(full.max(1));
    let verdict = Verdict {
        remaining: u32::try_from(left).unwrap_or_default(),
        reset_s: seconds(stands - now),
        wait_s: (over > 0).then(|| seconds(over).max(1)),
    };
    (stands, verdict)
}

fn seconds(nanos: i64) -> u64 {
    u64::try_from(nanos).unwrap_or_default().div_ceil(NANOS_A_SECOND.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use bson::oid::ObjectId;

    const POLICY: Policy = Policy::a_minute("test", 60);

    #[test]
    fn a_burst_then_the_rate_by_cost() {
        let (buckets, one) = (Buckets::default(), Partition::id(ObjectId::new()));
        let take = |cost, at| buckets.take(POLICY, one, cost, at);
        assert_eq!(take(10, 0), Verdict { remaining: 50, reset_s: 10, wait_s: None });
        assert_eq!(take(50, 0), Verdict { remaining: 0, reset_s: 60, wait_s: None });
        assert_eq!(take(1, 0), Verdict { remaining: 0, reset_s: 60, wait_s: Some(1) });
        assert_eq!(take(5, 0).wait_s, Some(5));
        assert_eq!(take(5, 4_999).wait_s, Some(1));
        assert_eq!(take(5, 5_000).wait_s, None);
        assert_eq!(take(1000, 65_000).wait_s, None, "what is dearer than all takes all");
        assert_eq!(take(1, 65_000).wait_s, Some(1));
        buckets.give_back(POLICY, one, 60);
        assert_eq!(buckets.peek(POLICY, one, 65_000).remaining, 59);
        assert_eq!(buckets.peek(POLICY, Partition::id(ObjectId::new()), 0).remaining, 59);
        assert!(take(60, 65_000).wait_s.is_none() && take(1, 1_000).wait_s.is_some());
        assert_eq!(take(1, 2_000).wait_s, None, "a clock that steps back locks nobody out for longer");
    }

    #[test]
    fn quotas_that_do_not_divide_the_window_are_exact() {
        for quota in [1, 7, 999, 9973] {
            let (buckets, one) = (Buckets::default(), Partition::id(ObjectId::new()));
            let policy = Policy { quota, ..POLICY };
            let passed = (0..quota + 5).filter(|_| buckets.take(policy, one, 1, 7).wait_s.is_none()).count();
            assert_eq!(passed, quota as usize);
        }
    }

    #[test]
    fn empty_buckets_are_forgotten_and_full_shards_share() {
        let buckets = Buckets::default();
        for n in 0..150_000_u32 {
            let at = i64::from(n);
            buckets.take(POLICY, Partition::id(ObjectId::new()), 1, at);
        }
        // Each was full for a second, in which a thousand came.
        assert!(buckets.len() <= 2 * SHARDS * TRIM_AT, "{}", buckets.len());
        for _ in 0..SHARDS * MOST + 50_000 {
            buckets.take(POLICY, Partition::id(ObjectId::new()), 1, 1_000_000);
        }
        assert!(buckets.len() <= SHARDS * (MOST + 1), "{}", buckets.len());
    }
}
