//! What a request has taken of its caller's quotas, as its answer tells it, and the place that it holds.

use super::{Partition, Place, Policy, Verdict};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

const POLICIES: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMITS: HeaderName = HeaderName::from_static("ratelimit");

/// One bucket after the request.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// Which quota.
    pub policy: Policy,
    /// Whose.
    pub partition: Partition,
    /// What is left.
    pub verdict: Verdict,
}

#[derive(Default)]
struct Inner {
    standings: Vec<Standing>,
    place: Option<Place>,
}

/// Carried by the request from the outermost layer to the handler. Clones share it.
#[derive(Clone, Default)]
pub struct Ledger(Arc<Mutex<Inner>>);

impl Ledger {
    /// Notes how a bucket stands.
    pub fn note(&self, standing: Standing) {
        self.inner(|inner| inner.standings.push(standing));
    }

    /// Holds a place until [`Ledger::leave`].
    pub fn hold(&self, place: Option<Place>) {
        self.inner(|inner| inner.place = place);
    }

    /// Frees the place.
    pub fn leave(&self) {
        let place = self.inner(|inner| inner.place.take());
        drop(place);
    }

    /// Tells of the buckets in `RateLimit-Policy` and `RateLimit`
    /// (draft-ietf-httpapi-ratelimit-headers-10, sections 3 and 4).
    pub fn write(&self, headers: &mut HeaderMap) {
        let (mut policies, mut limits) = (String::new(), String::new());
        let standings = self.inner(|inner| inner.standings.clone());
        for Standing { policy, partition, verdict } in standings {
            let comma = if policies.is_empty() { "" } else { ", " };
            let (name, tag) = (policy.name, STANDARD.encode(partition.tag(policy.name)));
            // Writing into a String cannot fail.
            let _ = write!(policies, "{comma}\"{name}\";q={};w={};pk=:{tag}:", policy.quota, policy.window_s);
            let _ =
                write!(limits, "{comma}\"{name}\";r={};t={};pk=:{tag}:", verdict.remaining, verdict.reset_s);
        }
        if policies.is_empty() {
            return;
        }
        for (name, text) in [(POLICIES, policies), (LIMITS, limits)] {
            if let Ok(value) = HeaderValue::try_from(text) {
                headers.insert(name, value);
            }
        }
    }

    fn inner<R>(&self, work: impl FnOnce(&mut Inner) -> R) -> R {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
