//! The secrets as typed values; finds all that are missing or malformed in one pass.

use super::source::{Found, Raw};
use super::*;
use crate::auth::key_ring::KeyRing;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Bound into the derivation, so that another purpose gives another key.
const REFRESH_PURPOSE: &str = "stoa refresh token key v1";
const DATA_PURPOSE: &str = "stoa data key v1";

/// All secrets of one reading.
pub(super) struct SecretSet {
    pub jwt: Arc<KeyRing>,
    pub refresh: Arc<KeyRing>,
    pub data: Arc<KeyRing>,
    pub pepper: Option<Arc<KeyRing>>,
    plain: BTreeMap<&'static str, SecretString>,
    origins: BTreeMap<&'static str, (SecretOrigin, Option<String>)>,
    /// Hash of all values: tells whether a reading changed anything, without comparing each.
    pub fingerprint: [u8; 32],
}

impl SecretSet {
    /// # Errors
    /// All faults, by name and without values.
    pub(super) fn parse(found: Found) -> Result<Self, SecretsError> {
        let mut faults = Vec::new();
        let fingerprint = fingerprint(&found);
        let mut ring_of = |name: &'static str| -> Option<KeyRing> {
            let raw = found.current.get(name)?;
            let older = found.previous.get(name).and_then(|text| {
                let unusable = |fault| tracing::warn!(name, fault, "the previous secret is not usable");
                key_set::parse(text).map_err(unusable).ok()
            });
            let ring = key_set::parse(&raw.value);
            match ring.and_then(|ring| older.map_or(Ok(ring.clone()), |older| key_set::keep(&ring, &older))) {
                Ok(ring) => Some(ring),
                Err(fault) => {
                    faults.push(format!("{name}: {fault}"));
                    None
                }
            }
        };
        let jwt = ring_of(JWT_SECRET);
        let refresh = ring_of(REFRESH_KEY);
        let data = ring_of(DATA_KEY);
        let pepper = ring_of(PASSWORD_PEPPER);
        if !found.current.contains_key(JWT_SECRET) {
            faults
                .push(format!("{JWT_SECRET}: is missing; it must be set when {MONGO_URI} or a secret id is"));
        }
        check_scheme(&found, MONGO_URI, &["mongodb://", "mongodb+srv://"], &mut faults);
        check_scheme(&found, SMTP_URL, &["smtp://", "smtps://"], &mut faults);
        let Some(jwt) = jwt.filter(|_| faults.is_empty()) else {
            return Err(SecretsError::Invalid(faults));
        };
        let mut origins = BTreeMap::new();
        let mut plain = BTreeMap::new();
        for (name, Raw { value, origin, version }) in found.current {
            origins.insert(name, (origin, version));
            if ![JWT_SECRET, REFRESH_KEY, DATA_KEY, PASSWORD_PEPPER].contains(&name) {
                plain.insert(name, value);
            }
        }
        let mut or_derived = |ring: Option<KeyRing>, name, purpose| match ring {
            Some(ring) => Ok(Arc::new(ring)),
            None => {
                origins.insert(name, (SecretOrigin::Derived, None));
                let derived = key_set::derive(&jwt, purpose);
                derived.map(Arc::new).map_err(|fault| SecretsError::Invalid(vec![fault]))
            }
        };
        let refresh = or_derived(refresh, REFRESH_KEY, REFRESH_PURPOSE)?;
        let data = or_derived(data, DATA_KEY, DATA_PURPOSE)?;
        let jwt = Arc::new(jwt);
        Ok(Self { jwt, refresh, data, pepper: pepper.map(Arc::new), plain, origins, fingerprint })
    }

    /// A secret that is a single text.
    pub(super) fn plain(&self, name: &str) -> Option<SecretString> {
        self.plain.get(name).cloned()
    }

    /// What may be told about each secret.
    pub(super) fn status(&self, age_s: u64) -> Vec<SecretStatus> {
        let keys = |name| match name {
            JWT_SECRET => Some(&self.jwt),
            REFRESH_KEY => Some(&self.refresh),
            DATA_KEY => Some(&self.data),
            PASSWORD_PEPPER => self.pepper.as_ref(),
            _ => None,
        };
        let status = |name: &&'static str| {
            let found = self.origins.get(name).cloned();
            let (origin, version) = found.unwrap_or((SecretOrigin::Absent, None));
            let ids = |ring: &Arc<KeyRing>| ring.iter().map(|(id, _)| id.to_owned()).collect();
            let mut key_ids: Vec<String> = keys(*name).map(ids).unwrap_or_default();
            key_ids.sort_by_key(|id| keys(*name).is_none_or(|ring| id != ring.active()));
            SecretStatus { name, origin, version, key_ids, age_s }
        };
        NAMES.iter().map(status).collect()
    }
}

fn check_scheme(found: &Found, name: &str, schemes: &[&str], faults: &mut Vec<String>) {
    if let Some(raw) = found.current.get(name)
        && !schemes.iter().any(|scheme| raw.value.expose_secret().starts_with(scheme))
    {
        faults.push(format!("{name}: does not begin with {}", schemes.join(" or ")));
    }
}

fn fingerprint(found: &Found) -> [u8; 32] {
    let mut hash = Sha256::new();
    let current = found.current.iter().map(|(name, raw)| (*name, &raw.value));
    let previous = found.previous.iter().map(|(name, value)| (name.as_str(), value));
    for (name, value) in current.chain(previous) {
        // The lengths keep neighbouring texts apart.
        for text in [name, value.expose_secret()] {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
    }
    hash.finalize().into()
}
